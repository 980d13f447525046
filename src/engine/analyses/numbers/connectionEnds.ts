// The reasons why connections ended, from the frames that tell of it.

import { isPeerData, type SeenFrame } from '../../../shared/frame/frame.ts'
import type { Counted, EndCause } from '../../../shared/session/numbers.ts'
import { createCounts } from './counts.ts'

export interface ConnectionEndsFold {
  add(frame: SeenFrame, seq: number): void
  result(): readonly Counted<EndCause>[]
}

/** A connection has ended when an attempt is waited for, the session ends, or a frame of a later one comes. */
export function createConnectionEnds(): ConnectionEndsFold {
  const counts = createCounts<EndCause>()
  /** The newest connection, unless its end has been counted. */
  let open = 0
  let newest = 0
  /** What may have ended it: its first close, its last error or bad answer without data behind. */
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

  /** Looks whether a frame of the newest connection may have ended it, or shows that it goes on. */
  function judge(frame: SeenFrame, seq: number): void {
    switch (frame.kind) {
      case 'close': {
        const { code, by } = frame.detail
        // Ours only tells the server about an error. What answers a close is no news.
        if (cause?.kind !== 'close' && (cause === null || by === 'server'))
          suspect({ kind: 'close', code, by }, seq)
        return
      }
      case 'error':
        if (cause?.kind !== 'close') suspect({ kind: 'error', code: frame.code ?? '' }, seq)
        return
      case 'response':
        if (frame.detail.purpose === 'companion') return
        if (frame.detail.status >= 400)
          suspect({ kind: 'status', status: frame.detail.status }, seq)
        else cause = null
        return
      default:
        if (cause?.kind === 'error' && isPeerData(frame)) cause = null
    }
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
      if (kind === 'wait' && frame.detail.attempt !== undefined) end(followed, seq)
      else judge(frame, seq)
    },
    result: () => counts.result(),
  }
}

const followed: EndCause = { kind: 'next' }

function keyOf(what: EndCause): string {
  return Object.values(what).join(' ')
}
