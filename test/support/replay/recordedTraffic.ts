// Traffic in a capture in memory, written call by call with times and payloads as a test names them.

import type { Capture } from '../../../src/engine/capture/capture.ts'
import { readScript, type ScriptFrame } from '../../../src/engine/replay/script/readScript.ts'
import type { Script } from '../../../src/engine/replay/script/script.ts'
import type { ScriptRange } from '../../../src/engine/replay/script/scriptRange.ts'
import type { FrameDetails, FrameKind, NewFrame } from '../../../src/shared/frame/frame.ts'
import type { RequestDetail, ResponseDetail } from '../../../src/shared/frame/httpDetail.ts'
import { startCapture } from '../captures/captures.ts'

export const trafficStart = 1_790_000_000_000

type More = Partial<Pick<NewFrame, 'direction' | 'code' | 'replyTo' | 'sizeBytes'>>

export interface RecordedTraffic {
  readonly capture: Capture
  /** Each answers the frame's number. `atMs`: since the start. */
  add<Kind extends FrameKind>(
    kind: Kind,
    connection: number,
    atMs: number,
    detail: FrameDetails[Kind],
    text?: string | Uint8Array | null,
    more?: More,
  ): number
  /** `asked`: `GET /path`. */
  ask(
    connection: number,
    atMs: number,
    asked: string,
    detail?: Partial<RequestDetail>,
    body?: string,
  ): number
  answer(
    connection: number,
    atMs: number,
    replyTo: number,
    detail?: Partial<ResponseDetail>,
    body?: string | Uint8Array,
  ): number
  /** A request and its answer, `holdMs` later. */
  exchange(
    atMs: number,
    asked: string,
    body: string,
    detail?: Partial<ResponseDetail> & { readonly holdMs?: number; readonly sent?: string },
  ): number
  /** A stream is open from `atMs` on. */
  stream(connection: number, atMs: number, asked: string, detail?: Partial<ResponseDetail>): number
  event(connection: number, atMs: number, data: string, id?: string, type?: string): number
  /** A WebSocket is open from `atMs` on. */
  open(connection: number, atMs: number, target: string, detail?: Partial<ResponseDetail>): number
  message(
    connection: number,
    atMs: number,
    direction: 'in' | 'out',
    data: string | Uint8Array,
  ): number
  script(range?: ScriptRange, mostCues?: number): Script
}

const eventStream = [['Content-Type', 'text/event-stream']] as const

/** `path`: a file that is to be closed; null keeps it in memory. */
export function recordTraffic(path: string | null = null): RecordedTraffic {
  const capture = startCapture(path)
  let seq = 0
  let connections = 100

  const add: RecordedTraffic['add'] = (kind, connection, atMs, detail, text = null, more = {}) => {
    const payload = text === null ? null : Buffer.from(text)
    const sizeBytes = payload?.length ?? 0
    const head = { at: trafficStart + atMs, connection, direction: 'in', wireBytes: 10 }
    const made = { ...head, kind, detail, payload, sizeBytes, replyTo: null, code: null, ...more }
    capture.append(made as unknown as NewFrame)
    return ++seq
  }
  const traffic: RecordedTraffic = {
    capture,
    add,
    ask(connection, atMs, asked, detail = {}, body) {
      const [method = '', target = ''] = asked.split(' ')
      const url = `https://api.example.com${target}`
      const told = {
        purpose: 'request',
        method,
        target,
        url,
        httpVersion: '1.1',
        headers: [],
      } as const
      return add('request', connection, atMs, { ...told, ...detail }, body ?? null, {
        direction: 'out',
      })
    },
    answer(connection, atMs, replyTo, detail = {}, body) {
      const told = {
        purpose: 'request',
        status: 200,
        statusText: 'OK',
        httpVersion: '1.1',
      } as const
      const rest = { headers: [], timings: {}, reused: false }
      return add('response', connection, atMs, { ...told, ...rest, ...detail }, body ?? null, {
        replyTo,
      })
    },
    exchange(atMs, asked, body, { holdMs = 0, sent, ...detail } = {}) {
      const connection = ++connections
      const { purpose = 'request' } = detail
      const asks = traffic.ask(connection, atMs, asked, { purpose }, sent)
      return traffic.answer(connection, atMs + holdMs, asks, detail, body)
    },
    stream(connection, atMs, asked, detail = {}) {
      const asks = traffic.ask(connection, atMs, asked, { purpose: 'stream' })
      const told = { purpose: 'stream', headers: eventStream } as const
      return traffic.answer(connection, atMs, asks, { ...told, ...detail })
    },
    event: (connection, atMs, data, id = '', type = 'message') =>
      add('event', connection, atMs, { type, lastEventId: id }, data),
    open(connection, atMs, target, detail = {}) {
      const purpose = 'handshake'
      const asks = traffic.ask(connection, atMs, `GET ${target}`, { purpose })
      return traffic.answer(connection, atMs, asks, { purpose, status: 101, ...detail })
    },
    message(connection, atMs, direction, data) {
      const type = typeof data === 'string' ? 'text' : 'binary'
      const detail = { type, fragments: 1, compressed: false, masked: direction === 'out' } as const
      return add('message', connection, atMs, detail, data, { direction })
    },
    script: (range, mostCues) => readScript(framesOf(capture), range, mostCues),
  }
  return traffic
}

export function framesOf(capture: Capture): Iterable<ScriptFrame> {
  return capture.entries({ afterSeq: 0, text: '', wire: false })
}
