// The table of methods: what each is called, which URLs it takes, and what it can.

import type { Method } from './endpoint.ts'

/** Whoever wants to know something of a method asks here, and not for its name. */
export interface MethodRow {
  readonly label: string
  /** What it does, without the full stop. */
  readonly line: string
  /** A codicon. */
  readonly icon: string
  /** The command that connects with it, without `lifeline.`. */
  readonly command: string
  /** Of its URLs, without the s of TLS. */
  readonly scheme: 'http' | 'ws'
  readonly defaultTimeoutMs: number
  /** It asks again and again. */
  readonly polls: boolean
  /** It asks at the endpoint's interval. */
  readonly hasInterval: boolean
  /** The server holds a request until it has data. */
  readonly holds: boolean
  /** Runs of unchanged answers fold into one row each. */
  readonly folds: boolean
  /** There are frames below those that count: see `RowFilter.wire`. */
  readonly hasWireLayer: boolean
  /** The user can send messages on its open connection. */
  readonly sends: boolean
}

/** What a method is unless its row says otherwise. */
const common = {
  scheme: 'http',
  defaultTimeoutMs: 30_000,
  polls: false,
  hasInterval: false,
  holds: false,
  folds: false,
  hasWireLayer: false,
  sends: false,
} as const

export const methods: Readonly<Record<Method, MethodRow>> = {
  polling: {
    ...common,
    label: 'Polling',
    line: 'Asks at an interval, and tells changed answers from unchanged ones',
    icon: 'refresh',
    command: 'connectPolling',
    polls: true,
    hasInterval: true,
    folds: true,
  },
  'long-polling': {
    ...common,
    label: 'Long polling',
    line: 'Asks again at once after each answer; the server holds it until there is data',
    icon: 'history',
    command: 'connectLongPolling',
    defaultTimeoutMs: 90_000,
    polls: true,
    holds: true,
  },
  sse: {
    ...common,
    label: 'Server-Sent Events',
    line: 'One long answer; the server writes events into it as they happen',
    icon: 'rss',
    command: 'connectSse',
    hasWireLayer: true,
  },
  websocket: {
    ...common,
    label: 'WebSocket',
    line: 'Both sides send messages over one connection',
    icon: 'arrow-swap',
    command: 'connectWebSocket',
    scheme: 'ws',
    hasWireLayer: true,
    sends: true,
  },
}

export const allMethods = Object.keys(methods) as readonly Method[]

export function isMethod(value: unknown): value is Method {
  return typeof value === 'string' && Object.hasOwn(methods, value)
}

/** An `http:` or `https:` URL in the scheme of the method; others stay as they are. */
export function urlFor(method: Method, url: string): string {
  const { scheme } = methods[method]
  return scheme === 'http' ? url : url.replace(/^http/i, scheme)
}
