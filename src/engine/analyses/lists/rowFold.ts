// The figures of a row in the list of connections, as exchanges, events and messages come.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import {
  answeredAfterMs,
  bringsNothing,
  type ClientDetail,
  type Purpose,
  type RequestDetail,
  type ResponseDetail,
} from '../../../shared/frame/httpDetail.ts'
import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import {
  type ConnectionFailure,
  type ConnectionFrame,
  type ConnectionRow,
  type ConnectionSort,
  connectionLimits,
} from '../../../shared/session/connections.ts'
import { createAllTimes, createRecentTimes } from './recentTimes.ts'

/** Of a row that some purpose shows to be of another sort, the later one counts. */
const sorts: Readonly<Record<Purpose, ConnectionSort>> = {
  companion: 'request',
  request: 'request',
  poll: 'polling',
  'long-poll': 'long-polling',
  stream: 'sse',
  handshake: 'websocket',
}
const ranks: readonly ConnectionSort[] = [
  'request',
  'polling',
  'long-polling',
  'sse',
  'stream',
  'websocket',
]

export type RowFigures = Omit<
  ConnectionRow,
  'key' | 'state' | 'failure' | 'numbers' | 'connections' | 'open'
>

export interface RowFold {
  readonly sort: ConnectionSort
  readonly firstSeq: number
  readonly lastAt: number
  /** Of the newest polls, the usual time from one request to the next; null before the second. */
  everyMs(): number | null
  /** `everyMs`: since the connection's request before with this method. `gapMs`: since no request was open. */
  asked(detail: RequestDetail, everyMs: number | null, gapMs: number | null): void
  answered(detail: ResponseDetail): void
  /** Any other frame of it. */
  seen(frame: SeenFrame): void
  pinged(sinceMs: number): void
  decodedAs(protocol: string): void
  /** Every frame of it. */
  touch(seq: number, at: number): void
  figures(): RowFigures
}

export function createRowFold(path: string, query: string): RowFold {
  let sort: ConnectionSort = 'request'
  let format: RecordDetail['format'] | null = null
  let subprotocol: string | null = null
  let protocol: string | null = null
  let client: ClientDetail | null = null
  let names = fieldNames(query)
  let lastStatus: number | null = null
  let first: ConnectionFrame | null = null
  let last: ConnectionFrame = { seq: 0, at: 0 }
  const methods: string[] = []
  const clients = new Set<string>()
  const counts = {
    ...{ requests: 0, answers: 0, unchanged: 0, empty: 0, opened: 0, resumed: 0 },
    ...{ events: 0, messagesIn: 0, messagesOut: 0 },
  }
  const answers = createAllTimes()
  const [every, held, gaps, pings] = [
    createRecentTimes(),
    createRecentTimes(),
    createRecentTimes(),
    createRecentTimes(),
  ]

  function judge(purpose: Purpose): void {
    const found = sorts[purpose] ?? 'request'
    if (ranks.indexOf(found) > ranks.indexOf(sort)) sort = found
  }

  function noteProgram(detail: RequestDetail): void {
    if (!detail.client) return
    client = detail.client
    const { address, agent = '' } = client
    if (clients.size < connectionLimits.clients) clients.add(`${hostOf(address)} ${agent}`)
  }

  return {
    get sort() {
      return sort
    },
    get firstSeq() {
      return (first ?? last).seq
    },
    get lastAt() {
      return last.at
    },
    everyMs: every.usual,
    asked(detail, everyMs, gapMs) {
      counts.requests++
      judge(detail.purpose)
      noteProgram(detail)
      if (methods.length < connectionLimits.names && !methods.includes(detail.method))
        methods.push(detail.method)
      if (names.length > 0) {
        const asked = fieldNames(detail.target.split('?', 2)[1] ?? '')
        names = names.filter((name) => asked.includes(name))
      }
      if (everyMs !== null) every.add(everyMs)
      if (gapMs !== null) gaps.add(gapMs)
      if (detail.purpose === 'stream' && hasField(detail.headers, 'last-event-id')) counts.resumed++
    },
    answered(detail) {
      const { purpose, status, timings } = detail
      counts.answers++
      lastStatus = status
      judge(purpose)
      const after = answeredAfterMs(timings)
      if (purpose === 'long-poll') {
        const hold = detail.holdMs ?? after
        if (hold !== undefined) held.add(hold)
      } else if (after !== undefined) answers.add(after)
      if (bringsNothing(detail) || status === 304) counts.unchanged++
      if (detail.empty) counts.empty++
      if (opens(detail)) counts.opened++
      if (opens(detail) && detail.stream !== undefined && detail.stream !== 'sse') {
        sort = 'stream'
        format = detail.stream
      }
      if (purpose === 'handshake')
        subprotocol = fieldOf(detail.headers, 'sec-websocket-protocol') ?? subprotocol
    },
    seen({ kind, direction }) {
      if (kind === 'event' || kind === 'record') counts.events++
      else if (kind === 'message' && direction === 'in') counts.messagesIn++
      else if (kind === 'message') counts.messagesOut++
    },
    pinged: (sinceMs) => pings.add(sinceMs),
    decodedAs(name) {
      protocol ??= name
    },
    touch(seq, at) {
      last = { seq, at }
      first ??= last
    },
    figures: () => ({
      ...{ sort, format, subprotocol, protocol, methods: [...methods], path, query: names },
      ...counts,
      ...{ lastStatus, answerMs: answers.result(), everyMs: every.usual() },
      ...{ heldMs: held.usual(), gapMs: gaps.usual(), pingMs: pings.usual() },
      ...{ clients: clients.size, client, first: first ?? last, last },
    }),
  }
}

/** What goes on after it: a stream, or a WebSocket. [rfc6455] 4.2.2 */
export function opens({ purpose, status, refused }: ResponseDetail): boolean {
  if (purpose === 'handshake') return status === 101 && !refused
  return purpose === 'stream' && status >= 200 && status < 300
}

/** Why an answer is no good one; null where it is. */
export function failureOf({ status, refused }: ResponseDetail): ConnectionFailure | null {
  return status >= 400 || refused ? { status, code: null, message: null } : null
}

function fieldNames(query: string): readonly string[] {
  const names = query
    .split('&', connectionLimits.names)
    .map((field) => field.split('=', 1)[0] ?? '')
  return [...new Set(names)].filter((name) => name !== '')
}

function fieldOf(headers: RequestDetail['headers'], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1]
}

function hasField(headers: RequestDetail['headers'], name: string): boolean {
  return fieldOf(headers, name) !== undefined
}

/** A program has another port for each of its sockets. */
function hostOf(address: string): string {
  const colon = address.lastIndexOf(':')
  return colon < 0 ? address : address.slice(0, colon)
}
