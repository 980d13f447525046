// Rows of requests that may yet be answered: they are read again now and then while they are looked at.

import { waits } from '../../shared/frame/packet.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { createWait } from './decodingWait.ts'

/** They are read again after so long. */
const answersMs = 1000

export interface AnswerWatch {
  /** Other rows were read, or are wanted: waits where one of those that are wanted waits. */
  look(): void
  /** The first wanted row that is to be read again now; null where none is. Asked for once. */
  due(): number | null
}

export interface AnswerWatchOptions {
  /** Those that are read, by their numbers. */
  readonly rows: ReadonlyMap<number, Row>
  wanted(): { readonly first: number; readonly end: number }
  /** Some are due. */
  over(): void
}

export function createAnswerWatch({ rows, wanted, over }: AnswerWatchOptions): AnswerWatch {
  let isDue = false
  const wait = createWait(answersMs, () => {
    isDue = true
    over()
  })

  function find(): number | null {
    const { first, end } = wanted()
    for (let index = first; index < end; index++) if (mayBeAnswered(rows.get(index))) return index
    return null
  }

  return {
    look() {
      if (find() !== null) wait()
    },
    due() {
      const found = isDue ? find() : null
      isDue = false
      return found
    },
  }
}

function mayBeAnswered(row: Row | undefined): boolean {
  return row?.decoded?.some((packet) => waits(packet) && !packet.unanswered?.over) ?? false
}
