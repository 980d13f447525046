// The reasons why connections ended, from the frames that tell of it.

import { isPeerData, type SeenFrame } from '../../../shared/frame/frame.ts'
import type { Counted, EndCause } from '../../../shared/session/numbers.ts'
import { createCounts } from './counts.ts'

export interface ConnectionEndsFold {
  add(frame: SeenFrame, seq: number): void
  result(): readonly Counted<EndCause>[]
}

/** A connection has ended when a wait or the session's end follows, or a frame of a later one comes. */
export function createConnectionEnds(): ConnectionEndsFold {
  const counts = createCounts<EndCause>()
  /** The newest connection, unless its end has been counted. */
  let open = 0
  let newest = 0
  /** What may have ended it: its first close, or its last error without data behind. */
  let cause: EndCause | null = null
  let causeSeq = 0

  function end(otherwise: EndCause, seq: number): void {
    if (open === 0) return
    open = 0
    const what = cause ?? otherwise
    counts.add(keyOf(what), what, cause === null ? seq : causeSeq)
    cause = null
  }

  function suspect(what: EndCause, seq: number): void {
    cause = what
    causeSeq = seq
  }

  return {
    add(frame, seq) {
      const { kind, connection } = frame
      if (connection > newest) {
        end(followed, seq)
        newest = connection
        open = connection
        cause = null
      }
      if (kind === 'end') return end({ kind: 'end', by: frame.detail.by }, seq)
      if (connection !== newest) return
      if (kind === 'wait') end(followed, seq)
      else if (kind === 'close') {
        const { code, by } = frame.detail
        // After an error ours only says to the server what happened.
        const isNews = cause === null || (cause.kind === 'error' && by === 'server')
        if (isNews) suspect({ kind: 'close', code, by }, seq)
      } else if (kind === 'error') {
        if (cause?.kind !== 'close') suspect({ kind: 'error', code: frame.code ?? '' }, seq)
      } else if (cause?.kind === 'error' && isPeerData(frame)) cause = null
    },
    result: () => counts.result(),
  }
}

const followed: EndCause = { kind: 'next' }

function keyOf(what: EndCause): string {
  return Object.values(what).join(' ')
}
