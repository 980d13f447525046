// The words of a row in the list of connections.

import { protocolName } from '../frame/protocolName.ts'
import { formatCount, formatDelay } from '../text/units.ts'
import type { ConnectionRow, ConnectionSort, ConnectionState } from './connections.ts'

const sortNames: Readonly<Record<ConnectionSort, string>> = {
  request: 'request',
  polling: 'short polling',
  'long-polling': 'long polling',
  sse: 'Server-Sent Events',
  stream: 'stream',
  websocket: 'WebSocket',
}

const formatNames = {
  ndjson: 'NDJSON',
  'json-seq': 'JSON sequence',
  'json-array': 'JSON array',
  text: 'text',
  multipart: 'multipart',
} as const

/** `WebSocket · Socket.IO`, `NDJSON stream`. */
export function sortWords({
  sort,
  format,
  subprotocol,
  protocol,
}: Pick<ConnectionRow, 'sort' | 'format' | 'subprotocol' | 'protocol'>): string {
  const name = sort === 'stream' && format ? `${formatNames[format]} stream` : sortNames[sort]
  const spoken =
    protocol === null ? (sort === 'websocket' ? subprotocol : null) : protocolName(protocol)
  return spoken === null || spoken === '' ? name : `${name} · ${spoken}`
}

/** Fields of a query that are told by their names. */
const fewFields = 3

/** `GET /api/updates?since=`; of a WebSocket the path alone. */
export function targetWords({
  sort,
  methods,
  path,
  query,
}: Pick<ConnectionRow, 'sort' | 'methods' | 'path' | 'query'>): string {
  const fields = query.slice(0, fewFields).map((name) => `${name}=`)
  const asked =
    fields.length === 0 ? '' : `?${fields.join('&')}${query.length > fewFields ? '&…' : ''}`
  const place = `${path === '' ? '(no request)' : path}${asked}`
  return sort === 'websocket' || methods.length === 0 ? place : `${methods.join(', ')} ${place}`
}

/** The figures that say how it goes, in order of weight. */
export function figureWords(row: ConnectionRow): readonly string[] {
  const { sort, state, opened, connections } = row
  const isWatched = sort !== 'sse' && sort !== 'stream' && sort !== 'websocket'
  const told = isWatched || opened > 0 || state !== 'failed' ? figures[sort](row) : []
  const several = sort === 'websocket' && connections > 1 ? counted(connections, 'connection') : ''
  const failed = state === 'failed' ? failureWords(row) : ''
  return [failed, ...told, several].filter((part) => part !== '')
}

const figures: Readonly<Record<ConnectionSort, (row: ConnectionRow) => readonly string[]>> = {
  request: ({ requests, answers, lastStatus, answerMs, state }) => {
    const status = lastStatus === null || state === 'failed' ? '' : String(lastStatus)
    if (answers === 0) return [requests > 1 ? counted(requests, 'request') : 'no answer yet']
    if (requests === 1) return [status, answerMs === null ? '' : formatDelay(answerMs.p50)]
    const slowest = answerMs === null ? '' : `p95 ${formatDelay(answerMs.p95)}`
    return [counted(requests, 'request'), status, slowest]
  },
  polling: ({ requests, answers, unchanged, everyMs }) => [
    everyMs === null ? '' : `every ${formatDelay(everyMs)}`,
    counted(requests, 'poll'),
    answers === 0 ? '' : `${Math.floor((100 * unchanged) / answers)} % unchanged`,
  ],
  'long-polling': ({ answers, heldMs, gapMs }) => [
    heldMs === null ? '' : `held ${formatDelay(heldMs)}`,
    counted(answers, 'answer'),
    gapMs === null ? '' : `gap ${formatDelay(gapMs)}`,
  ],
  sse: (row) => [counted(row.events, 'event'), ...reconnections(row)],
  stream: (row) => [counted(row.events, 'record'), ...reconnections(row)],
  websocket: ({ messagesIn, messagesOut, pingMs }) => [
    `${formatCount(messagesIn)} in`,
    `${formatCount(messagesOut)} out`,
    pingMs === null ? '' : `ping ${formatDelay(pingMs)}`,
  ],
}

function reconnections({ opened, resumed, clients }: ConnectionRow): readonly string[] {
  // Several programs are no one that comes back.
  const again = clients > 1 ? 0 : opened - 1
  const parts = again > 0 ? [counted(again, 'reconnect')] : []
  return resumed > 0 ? [...parts, 'resumed'] : parts
}

/** `502`, `1011 broken`, `tcp-refused`. */
function failureWords({ failure }: ConnectionRow): string {
  if (failure === null) return 'failed'
  const { status, code, message } = failure
  if (status !== null) return String(status)
  if (code !== null && /^\d+$/.test(code)) return message === null ? code : `${code} ${message}`
  return message ?? code ?? 'failed'
}

const stateNames: Readonly<Record<ConnectionState, string>> = {
  open: 'open',
  ended: 'ended',
  failed: 'failed',
  done: '',
}

/** Of several: `2 open`. */
export function stateWords({ state, open, connections }: ConnectionRow): string {
  return state === 'open' && connections > 1 && open > 1
    ? `${formatCount(open)} open`
    : stateNames[state]
}

/** `1 poll`, `1,200 polls`. */
function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`
}
