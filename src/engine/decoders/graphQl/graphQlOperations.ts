// The operations of a connection by their ids: what they are called, and whether they are over.

import { decodeLimits } from '../../../shared/limits.ts'
import type { Asked } from '../shapes/decoder.ts'

export interface GraphQlOperations {
  start(id: string, name: string | null, asked: Asked): void
  isOpen(id: string): boolean
  /**
   * Also one that is over, for messages to it may be on their way. Null where it is not known; `asked` is null once it is
   * answered.
   */
  find(id: string): { readonly name: string | null; readonly asked: Asked | null } | null
  /** Takes the start of an operation for its first answer; null for every later one. */
  answer(id: string): Asked | null
  end(id: string): void
  /** Whether the oldest were forgotten to make room. */
  forgot(): boolean
}

interface Operation {
  readonly name: string | null
  asked: Asked | null
  isOver: boolean
}

export function createGraphQlOperations(
  most: number = decodeLimits.openRequests,
): GraphQlOperations {
  const operations = new Map<string, Operation>()
  let hasForgotten = false

  return {
    start(id, name, asked) {
      // An id longer than a word is nobody's count: it would only take room.
      if (id.length > decodeLimits.wordChars) {
        hasForgotten = true
        return
      }
      const named =
        name === null ? asked : { ...asked, name: name.slice(0, decodeLimits.wordChars) }
      operations.delete(id)
      operations.set(id, { name: named.name ?? null, asked: named, isOver: false })
      if (operations.size <= most) return
      hasForgotten = true
      const [oldest] = operations.keys()
      if (oldest !== undefined) operations.delete(oldest)
    },
    isOpen: (id) => operations.get(id)?.isOver === false,
    find: (id) => operations.get(id) ?? null,
    answer(id) {
      const operation = operations.get(id)
      const asked = operation?.asked ?? null
      if (operation) operation.asked = null
      return asked
    },
    end(id) {
      const operation = operations.get(id)
      if (operation) operation.isOver = true
    },
    forgot: () => hasForgotten,
  }
}
