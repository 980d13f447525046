// The traffic of a program that a tap would record, frame by frame, with numbers and times as a test names them.

import type { FrameDetails, FrameKind, SeenFrame } from '../../../src/shared/frame/frame.ts'
import type {
  ClientDetail,
  Purpose,
  RequestDetail,
  ResponseDetail,
} from '../../../src/shared/frame/httpDetail.ts'
import type { NamedValues } from '../../../src/shared/text/namedValues.ts'

export const tapStart = 1_790_000_000_000

export const chrome: ClientDetail = { address: '127.0.0.1:51234', agent: 'Chrome/131.0' }

export interface TapTraffic {
  readonly frames: readonly SeenFrame[]
  /** Each answers the frame's number. `atMs`: since the start. */
  add<Kind extends FrameKind>(
    kind: Kind,
    connection: number,
    atMs: number,
    detail: Partial<FrameDetails[Kind]>,
    more?: Partial<Pick<SeenFrame, 'direction' | 'code' | 'replyTo' | 'sizeBytes'>>,
  ): number
  ask(
    connection: number,
    atMs: number,
    asked: string,
    purpose?: Purpose,
    detail?: Partial<RequestDetail>,
  ): number
  answer(
    connection: number,
    atMs: number,
    replyTo: number,
    status: number,
    purpose?: Purpose,
    detail?: Partial<ResponseDetail>,
  ): number
}

const noHeaders: NamedValues = []

export function createTapTraffic(): TapTraffic {
  const frames: SeenFrame[] = []
  const add: TapTraffic['add'] = (kind, connection, atMs, detail, more = {}) => {
    const head = { direction: 'in', sizeBytes: 0, wireBytes: 10, replyTo: null, code: null }
    const made = { ...head, kind, connection, at: tapStart + atMs, detail, ...more }
    frames.push(made as unknown as SeenFrame)
    return frames.length
  }
  return {
    frames,
    add,
    /** `asked`: `GET /path`. */
    ask(connection, atMs, asked, purpose = 'request', detail = {}) {
      const [method = '', target = ''] = asked.split(' ')
      const url = `https://api.example.com${target}`
      const told = { purpose, method, target, url, httpVersion: '1.1', headers: noHeaders }
      const whole = { ...told, client: chrome, ...detail }
      return add('request', connection, atMs, whole, { direction: 'out' })
    },
    answer(connection, atMs, replyTo, status, purpose = 'request', detail = {}) {
      const asked = frames[replyTo - 1]?.at ?? tapStart
      const firstByteMs = tapStart + atMs - asked
      const told = { purpose, status, statusText: '', httpVersion: '1.1', headers: noHeaders }
      const times = { timings: { sentMs: 0, firstByteMs, totalMs: firstByteMs }, reused: true }
      return add('response', connection, atMs, { ...told, ...times, ...detail }, { replyTo })
    },
  }
}
