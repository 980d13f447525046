// The reasons why connections ended, from the frames that tell of it.

import { isPeerData, type SeenFrame } from '../../../shared/frame/frame.ts'
import type { ResponseDetail } from '../../../shared/frame/httpDetail.ts'
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
  const tapped = createTappedEnds(({ what, seq }) => counts.add(keyOf(what), what, seq))

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
      if (tapped.add(frame, seq)) return
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

interface Ended {
  readonly what: EndCause
  readonly seq: number
}

/** Streams and WebSockets of a tap that are open; more are not looked at. */
const mostTapped = 1024

/**
 * Connections of a tap are open side by side: what ends a stream or a WebSocket is told by itself. Its exchanges end
 * nothing. `add` answers whether the frame is one of a tap's connection.
 */
function createTappedEnds(onEnd: (ended: Ended) => void) {
  /** Whether it is open. */
  const connections = new Map<number, boolean>()

  function endOf(frame: SeenFrame): EndCause | null {
    if (frame.kind === 'close')
      return { kind: 'close', code: frame.detail.code, by: frame.detail.by }
    if (frame.kind === 'error') return { kind: 'error', code: frame.code ?? '' }
    return null
  }

  return {
    add(frame: SeenFrame, seq: number): boolean {
      const { connection } = frame
      if (frame.kind === 'request' && frame.detail.client) {
        if (!connections.has(connection)) connections.set(connection, false)
        const [oldest] = connections.keys()
        if (connections.size > mostTapped && oldest !== undefined) connections.delete(oldest)
      }
      const isOpen = connections.get(connection)
      if (isOpen === undefined) return false
      const opens = frame.kind === 'response' && isOpening(frame.detail)
      if (opens) connections.set(connection, true)
      const what = isOpen ? endOf(frame) : null
      if (what !== null) {
        connections.set(connection, false)
        onEnd({ what, seq })
      }
      return true
    },
  }
}

function isOpening({ purpose, status }: ResponseDetail): boolean {
  return purpose === 'handshake' ? status === 101 : purpose === 'stream' && status < 300
}

const followed: EndCause = { kind: 'next' }

function keyOf(what: EndCause): string {
  return Object.values(what).join(' ')
}
