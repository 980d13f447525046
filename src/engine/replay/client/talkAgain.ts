// Opens a recorded WebSocket again, sends on it what was sent, and leaves it when all has come that came.

import type { OutgoingMessage } from '../../../shared/endpoint/endpoint.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import { neutralCompression } from '../../../shared/profile/fields/compressionField.ts'
import { createWebSocketTransport } from '../../transports/websocket/websocket.ts'
import { checkedEmit, type ExchangeContext, patienceMs } from './context.ts'
import { offeredProtocols, type RequestAgain } from './requestAgain.ts'
import type { SentRequest } from './sends.ts'

export interface TalkAgain {
  /** Resolves when it is open, or will not be. */
  readonly opened: Promise<void>
  readonly over: Promise<void>
  /** `after`: not before so many messages came. Resolves when it has left, or cannot. */
  send(message: OutgoingMessage, after: number): Promise<void>
  /** Nothing more is sent: it closes by this code as soon as all has come. */
  done(code: number, reason: string): void
}

export function talkAgain(
  of: SentRequest,
  request: RequestAgain,
  context: ExchangeContext,
): TalkAgain {
  const { plan, io, check, connection, limits } = context
  const { timers } = io
  const transport = createWebSocketTransport({
    ...plan,
    resolved: endpointOf(of, request, context),
  })
  const own = new AbortController()
  const opened = Promise.withResolvers<void>()
  const waiting = new Set<() => void>()
  let closing: { readonly code: number; readonly reason: string } | null = null
  let isLate = false
  let isOver = false
  let queue = opened.promise
  let lateAt = 0
  /** So many messages fewer than in the recording came in time. */
  let missing = 0
  let cancel = () => {}

  const emit = checkedEmit(context, look)
  const abort = () => own.abort()

  function look(): void {
    for (const wake of waiting) wake()
    const isWhole = !of.isEnded && check.items >= of.itemCount
    if (closing === null || !(isWhole || isLate) || isOver) return
    const { code, reason } = closing
    closing = null
    transport.sender?.closeWith(code, reason).catch(() => own.abort())
  }

  /** Resolves at the latest when patience ends; what is missing then is not waited for again. */
  function heard(count: number): Promise<void> {
    const isHeard = () => isOver || check.items >= count - missing
    if (isHeard()) return Promise.resolve()
    return new Promise((resolve) => {
      const stop = timers.after(limits.patienceMs, () => {
        missing = count - check.items
        end()
      })
      function end(): void {
        stop()
        waiting.delete(wake)
        resolve()
      }
      function wake(): void {
        if (isHeard()) end()
      }
      waiting.add(wake)
    })
  }

  async function run(): Promise<void> {
    io.signal.addEventListener('abort', abort, { once: true })
    if (io.signal.aborted) abort()
    try {
      await transport.connect({
        ...{ connection, signal: own.signal, emit, wire: io.wire },
        opened() {
          lateAt = timers.now() + patienceMs(of, context)
          opened.resolve()
        },
        awaiting: () => {},
        unfinished: () => {},
      })
    } finally {
      isOver = true
      cancel()
      opened.resolve()
      look()
      io.signal.removeEventListener('abort', abort)
      await transport.close()
      check.over()
    }
  }

  return {
    opened: opened.promise,
    over: run(),
    send(message, after) {
      const sent = queue.then(async () => {
        await heard(after)
        // What can no longer leave needs no word of its own: the closing is drawn.
        if (!isOver) await transport.sender?.send(message).catch(() => {})
      })
      queue = sent
      return sent
    },
    done(code, reason) {
      void queue.then(() => {
        if (isOver) return
        closing = { code, reason }
        // What was sent last has its time to be answered, however late it went out.
        cancel = timers.after(Math.max(limits.patienceMs, lateAt - timers.now()), () => {
          isLate = true
          look()
        })
        look()
      })
    },
  }
}

function endpointOf(of: SentRequest, { url, headers }: RequestAgain, { plan }: ExchangeContext) {
  const { detail } = of.frame
  const offered = headerValue(detail.headers, 'sec-websocket-extensions') ?? ''
  return {
    ...plan.resolved,
    ...{
      method: 'websocket' as const,
      url: url.href.replace(/^http/, 'ws'),
      query: [],
      auth: null,
    },
    ...{ send: [], repeat: null, pingIntervalMs: null, autoPong: true },
    headers: headers.map(
      ([name, value]) => [name, Buffer.from(value, 'latin1').toString()] as const,
    ),
    subprotocols: offeredProtocols(detail, plan.secrets),
    compression: /permessage-deflate/i.test(offered) ? neutralCompression : null,
  }
}
