// The table of methods: what each is called, which URLs it takes, and what it can.

import type { ClientMethod, Method } from './endpoint.ts'

/** Whoever wants to know something of a method asks here, and not for its name. */
export interface MethodRow {
  readonly label: string
  /** Its label in the middle of a sentence, shorter where that is usual. */
  readonly word: string
  /** What it does, without the full stop. */
  readonly line: string
  /** A codicon. */
  readonly icon: string
  /** The command that starts it, without `lifeline.`. */
  readonly command: string
  /** Of its URLs, without the s of TLS. */
  readonly scheme: 'http' | 'ws'
  /** It takes URLs of the other scheme as well. */
  readonly anyScheme: boolean
  /** How long an answer may take; of a stream and a WebSocket, its head. */
  readonly defaultTimeoutMs: number
  /** It asks again and again. */
  readonly polls: boolean
  /** It asks at the endpoint's interval. */
  readonly hasInterval: boolean
  /** The server holds a request until it has data. */
  readonly holds: boolean
  /** Browsers have a client of their own for it, which connects again in its own way. */
  readonly hasBrowserClient: boolean
  /** There are frames below those that count: see `RowFilter.wire`. */
  readonly hasWireLayer: boolean
  /** The user can send messages on its open connection. */
  readonly sends: boolean
}

/** What a method is unless its row says otherwise. */
const common = {
  scheme: 'http',
  anyScheme: false,
  defaultTimeoutMs: 30_000,
  polls: false,
  hasInterval: false,
  holds: false,
  hasBrowserClient: false,
  hasWireLayer: false,
  sends: false,
} as const

export const methods: Readonly<Record<Method, MethodRow>> = {
  polling: {
    ...common,
    label: 'Polling',
    word: 'polling',
    line: 'Asks at an interval, and tells changed answers from unchanged ones',
    icon: 'refresh',
    command: 'connectPolling',
    polls: true,
    hasInterval: true,
  },
  'long-polling': {
    ...common,
    label: 'Long polling',
    word: 'long polling',
    line: 'Asks again at once after each answer; the server holds it until there is data',
    icon: 'history',
    command: 'connectLongPolling',
    // Servers and proxies commonly hold a request for up to 60 s: waiting longer shows their limit and not ours.
    defaultTimeoutMs: 90_000,
    polls: true,
    holds: true,
    hasWireLayer: true,
  },
  sse: {
    ...common,
    label: 'Server-Sent Events',
    word: 'SSE',
    line: 'One long answer; the server writes events into it as they happen',
    icon: 'rss',
    command: 'connectSse',
    hasBrowserClient: true,
    hasWireLayer: true,
  },
  websocket: {
    ...common,
    label: 'WebSocket',
    word: 'WebSocket',
    line: 'Both sides send messages over one connection',
    icon: 'arrow-swap',
    command: 'connectWebSocket',
    scheme: 'ws',
    hasWireLayer: true,
    sends: true,
  },
  tap: {
    ...common,
    label: 'Tap',
    word: 'tap',
    line: 'Listens on this machine, passes all to the server, and records what a program and the server say',
    icon: 'radio-tower',
    command: 'tapServer',
    anyScheme: true,
    hasWireLayer: true,
  },
}

/** All that a session may have. */
export const sessionMethods = Object.keys(methods) as readonly Method[]

/** Those by which Lifeline itself connects. */
export const allMethods: readonly ClientMethod[] = sessionMethods.filter(isClientMethod)

/** Stands where the method is not known yet, or does not matter: it makes plain HTTP requests. */
export const plainMethod: ClientMethod = 'polling'

export const httpMethods = allMethods.filter((method) => methods[method].scheme === 'http')

/** `polling, long-polling, sse or websocket`. */
export const methodChoices = `${allMethods.slice(0, -1).join(', ')} or ${allMethods.at(-1)}`

export function isMethod(value: unknown): value is Method {
  return typeof value === 'string' && Object.hasOwn(methods, value)
}

export function isClientMethod(value: unknown): value is ClientMethod {
  return isMethod(value) && value !== 'tap'
}

/** An `http:` or `https:` URL in the scheme of the method; others stay as they are. */
export function urlFor(method: Method, url: string): string {
  const { scheme } = methods[method]
  return scheme === 'http' ? url : url.replace(/^http/i, scheme)
}
