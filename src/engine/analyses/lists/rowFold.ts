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
import { createAllTimes, createRecentTimes, type RecentTimes } from './recentTimes.ts'

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
  let lastTarget = ''
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
  /** Most rows have none of them. */
  const times: Partial<Record<'every' | 'held' | 'gap' | 'ping', RecentTimes>> = {}

  function note(what: keyof typeof times, ms: number): void {
    times[what] ??= createRecentTimes()
    times[what].add(ms)
  }

  function usual(what: keyof typeof times): number | null {
    return times[what]?.usual() ?? null
  }

  function judge(purpose: Purpose): void {
    const found = sorts[purpose] ?? 'request'
    if (ranks.indexOf(found) > ranks.indexOf(sort)) sort = found
  }

  function noteNames(target: string): void {
    if (names.length === 0 || target === lastTarget) return
    lastTarget = target
    const at = target.indexOf('?')
    const asked = at < 0 ? [] : fieldNames(target.slice(at + 1))
    names = names.filter((name) => asked.includes(name))
  }

  function noteProgram(detail: RequestDetail): void {
    if (!detail.client || detail.client === client) return
    const { address, agent = '' } = detail.client
    const isSame = client?.address === address && client.agent === detail.client.agent
    client = detail.client
    if (isSame) return
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
    everyMs: () => usual('every'),
    asked(detail, everyMs, gapMs) {
      counts.requests++
      judge(detail.purpose)
      noteProgram(detail)
      if (methods.length < connectionLimits.names && !methods.includes(detail.method))
        methods.push(detail.method)
      noteNames(detail.target)
      if (everyMs !== null) note('every', everyMs)
      if (gapMs !== null) note('gap', gapMs)
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
        if (hold !== undefined) note('held', hold)
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
    pinged: (sinceMs) => note('ping', sinceMs),
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
      ...{ lastStatus, answerMs: answers.result(), everyMs: usual('every') },
      ...{ heldMs: usual('held'), gapMs: usual('gap'), pingMs: usual('ping') },
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
