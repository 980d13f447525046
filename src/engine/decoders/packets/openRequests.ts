// Requests that are still open on a connection, by who asked and with which id.

import { decodeLimits } from '../../../shared/limits.ts'
import type { Asked, DataFrame } from '../shapes/decoder.ts'

export interface OpenRequests {
  /** The id is the asker's: both sides may use the same. One that is too long to be kept is forgotten at once. */
  ask(direction: DataFrame['direction'], id: string, asked: Asked): void
  /**
   * Takes the request of the other side that this frame answers: the one in the request of the same exchange, else the
   * latest. Null where none is open.
   */
  answer(frame: DataFrame, id: string): Asked | null
  /** The latest request of this side, which stays open: of an item of a stream, or of what is called off. */
  peek(direction: DataFrame['direction'], id: string): Asked | null
  /** Whether requests of this direction were forgotten to make room. */
  forgot(direction: DataFrame['direction']): boolean
}

export function createOpenRequests(most: number = decodeLimits.openRequests): OpenRequests {
  const open = new Map<string, Asked[]>()
  let count = 0
  const forgotten = new Set<DataFrame['direction']>()

  /** A tenth at once: to look for the oldest takes as long as what was forgotten before it. */
  function forgetOldest(): void {
    for (const [key, asked] of open) {
      if (count <= most * 0.9) break
      open.delete(key)
      count -= asked.length
      forgotten.add(key.startsWith('in ') ? 'in' : 'out')
    }
  }

  return {
    ask(direction, id, asked) {
      if (id.length > decodeLimits.pairingChars) {
        forgotten.add(direction)
        return
      }
      const key = `${direction} ${id}`
      const known = open.get(key)
      if (known) known.push(asked)
      else open.set(key, [asked])
      count++
      if (count > most) forgetOldest()
    },
    answer(frame, id) {
      const key = `${frame.direction === 'in' ? 'out' : 'in'} ${id}`
      const asked = open.get(key)
      if (!asked) return null
      const inExchange = asked.findLastIndex(({ seq }) => seq === frame.replyTo)
      // Where it is none of them, -1 takes the last.
      const [found] = asked.splice(inExchange, 1)
      if (asked.length === 0) open.delete(key)
      if (found) count--
      return found ?? null
    },
    peek: (direction, id) => open.get(`${direction} ${id}`)?.at(-1) ?? null,
    forgot: (direction) => forgotten.has(direction),
  }
}
