// The traffic of a session, frame by frame in the order in which it would be recorded, for the doctor's rules.

import { createFindings } from '../../../src/engine/analyses/findings.ts'
import type {
  Direction,
  FrameDetails,
  FrameKind,
  SeenFrame,
} from '../../../src/shared/frame/frame.ts'
import type {
  Purpose,
  RequestDetail,
  ResponseDetail,
} from '../../../src/shared/frame/httpDetail.ts'
import type { Packet } from '../../../src/shared/frame/packet.ts'
import type { Finding, Findings } from '../../../src/shared/session/findings.ts'
import type { NamedValues } from '../../../src/shared/text/namedValues.ts'

/** What a frame has beside its kind and detail. */
export interface Extra {
  readonly text?: string
  readonly direction?: Direction
  readonly connection?: number
  readonly code?: string
  readonly replyTo?: number
  readonly sizeBytes?: number
  readonly wireBytes?: number
  readonly packets?: readonly Packet[]
}

export interface Recorded {
  readonly frame: SeenFrame
  readonly payload: Uint8Array | null
  readonly packets: readonly Packet[]
}

const url = 'http://example.com/stream'

export function createTraffic() {
  const recorded: Recorded[] = []
  let at = 1_790_000_000_000
  let connection = 0

  /** Answers the frame's sequence number. */
  function frame<Kind extends FrameKind>(
    kind: Kind,
    detail: Partial<FrameDetails[Kind]>,
    { text, direction = 'in', packets = [], ...extra }: Extra = {},
  ): number {
    const payload = text === undefined ? null : Buffer.from(text)
    const sizeBytes = payload?.length ?? 0
    const wireBytes = direction === 'local' ? 0 : sizeBytes + 8
    const head = { at, connection, direction, sizeBytes, wireBytes, replyTo: null, code: null }
    const made = { ...head, ...extra, kind, detail } as unknown as SeenFrame
    recorded.push({ frame: made, payload, packets })
    return recorded.length
  }

  const traffic = {
    recorded,
    frame,
    get at() {
      return at
    },
    wait(ms: number) {
      at += ms
      return traffic
    },
    /** A new connection's first request; a poll's is on the same one. */
    request(purpose: Purpose, detail: Partial<RequestDetail> = {}, extra: Extra = {}): number {
      const isNext = recorded.findLast((one) => one.frame.connection === connection) !== undefined
      const isPoll = purpose === 'poll' || purpose === 'long-poll'
      if (!isPoll || !isNext) connection++
      const head = { purpose, method: 'GET', url, target: '/stream', httpVersion: '1.1' }
      return frame('request', { ...head, headers: [], ...detail }, { direction: 'out', ...extra })
    },
    response(detail: Partial<ResponseDetail> = {}, extra: Extra = {}): number {
      const asked = recorded.findLastIndex(
        (one) => one.frame.kind === 'request' && one.frame.connection === connection,
      )
      const request = recorded[asked]?.frame as Extract<SeenFrame, { kind: 'request' }>
      const firstByteMs = at - request.at
      const usual = { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [] }
      const timings = { sentMs: 0, firstByteMs, totalMs: firstByteMs }
      const { purpose } = request.detail
      return frame(
        'response',
        { purpose, ...usual, timings, reused: false, ...detail },
        { replyTo: asked + 1, ...extra },
      )
    },
    /** An event stream opens. */
    stream(headers: NamedValues = [], asked: NamedValues = []): number {
      traffic.request('stream', { headers: [['Accept', 'text/event-stream'], ...asked] })
      traffic.wait(20)
      return traffic.response({ headers: [['Content-Type', 'text/event-stream'], ...headers] })
    },
    /** `lastEventId`: an ID of its own. */
    event(text: string, lastEventId = '', type = 'message', extra: Extra = {}): number {
      const before = recorded.findLast((one) => one.frame.kind === 'event')?.frame.detail
      const isSame = lastEventId !== '' && before !== undefined && 'lastEventId' in before
      const sameId = isSame && before.lastEventId === lastEventId
      const detail = { type, lastEventId, ...(sameId && { sameId }) }
      return frame('event', detail, { text, ...extra })
    },
    /** A WebSocket opens. */
    webSocket(headers: NamedValues = [], asked: NamedValues = []): number {
      traffic.request('handshake', { url: 'ws://example.com/ws', headers: asked })
      traffic.wait(20)
      return traffic.response({ status: 101, headers })
    },
    message(text: string, extra: Extra = {}, detail: Partial<FrameDetails['message']> = {}) {
      const usual = { type: 'text', fragments: 1, compressed: false, masked: false } as const
      return frame('message', { ...usual, ...detail }, { text, ...extra })
    },
    ping: (extra: Extra = {}) => frame('ping', { masked: false }, extra),
    pong: (rttMs: number | null, extra: Extra = {}) =>
      frame('pong', { masked: false, ...(rttMs !== null && { rttMs }) }, extra),
    close(code: number, by: 'client' | 'server' = 'server', reason = ''): number {
      return frame('close', { code, reason, by }, { direction: by === 'server' ? 'in' : 'out' })
    },
    error(code: string, detail: Partial<FrameDetails['error']> = {}): number {
      return frame('error', { message: code, ...detail }, { code, direction: 'in', wireBytes: 0 })
    },
    /** Another connection is waited for. */
    reconnect(delayMs = 2000): number {
      const seq = frame(
        'wait',
        { reason: 'retry', delayMs, attempt: 1, attempts: 10 },
        { direction: 'local' },
      )
      traffic.wait(delayMs)
      return seq
    },
    end: (by: FrameDetails['end']['by'] = 'user') =>
      frame('end', { by, message: 'Over.' }, { direction: 'local' }),
    /** What the doctor finds; `now`: so many ms after the last frame. */
    findings(now = 0, streamsBeside = 0): Findings {
      const fold = createFindings()
      for (const [index, one] of recorded.entries())
        fold.add(one.frame, index + 1, one.payload, one.packets)
      const last = recorded.at(-1)?.frame.at ?? 0
      return fold.piece?.({ afterSeq: 0, now: last + now, streamsBeside }) ?? fold.result()
    },
    /** Of one rule. */
    finding: (id: string, now = 0): Finding | undefined =>
      traffic.findings(now).findings.find((one) => one.id === id),
  }
  return traffic
}

export type Traffic = ReturnType<typeof createTraffic>
