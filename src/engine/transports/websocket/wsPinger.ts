// Pings of ours: by hand or by interval, each joined with its pong; tells when no pong comes.

import type { WebSocket } from 'ws'
import { RpcError } from '../../../shared/calls/rpc.ts'
import { maxControlBytes } from '../../../shared/frame/webSocketDetail.ts'
import type { Silence } from '../../protocols/websocket/wsError.ts'
import { notOpen } from '../notOpen.ts'
import { createOpenPings } from './openPings.ts'
import type { AnsweredPing } from './wsEmitter.ts'

export interface PingerOptions {
  readonly ws: Pick<WebSocket, 'OPEN' | 'readyState' | 'ping'>
  /** Null sends none by itself. */
  readonly intervalMs: number | null
  /** Calls once after this time; the answer cancels it. `afterReading`, but for tests. */
  after(delayMs: number, run: () => void): () => void
  /** Bytes read so far: a peer that sends something else is not gone. */
  bytesRead(): number
  /** A ping by interval has no pong: called once, and no more pings are sent. */
  onSilence(silence: Silence): void
}

export interface Pinger {
  /** Resolves when it has been handed to the socket. Rejects with `not-open` or `ping-too-long`. */
  ping(data: Uint8Array): Promise<void>
  /** A ping has been written and recorded as `seq`. */
  sent(seq: number, data: Uint8Array, at: number): void
  /** What a pong answers: the oldest ping of the same bytes. Those before it count as answered. */
  answered(data: Uint8Array, at: number): AnsweredPing
  stop(): void
}

export function createPinger({ ws, intervalMs, ...options }: PingerOptions): Pinger {
  const open = createOpenPings()
  let count = 0
  /** The ping by interval that has no pong yet. */
  let awaited: { readonly data: Buffer; readonly readBefore: number; waitedMs: number } | null =
    null
  let cancel = () => {}
  if (intervalMs !== null) cancel = options.after(intervalMs, tick)

  function tick(): void {
    if (intervalMs === null || ws.readyState !== ws.OPEN) return
    if (awaited === null) pingByInterval()
    else {
      const talking = options.bytesRead() !== awaited.readBefore
      awaited.waitedMs += intervalMs
      // A pong may stand behind much else that is on its way: one more interval for that.
      if (!talking || awaited.waitedMs > intervalMs) {
        options.onSilence({ waitedMs: awaited.waitedMs, talking })
        return
      }
    }
    cancel = options.after(intervalMs, tick)
  }

  function pingByInterval(): void {
    count++
    const data = Buffer.from(`lifeline ${count}`)
    awaited = { data, readBefore: options.bytesRead(), waitedMs: 0 }
    ws.ping(data)
  }

  return {
    stop: () => cancel(),
    ping(data) {
      if (data.length > maxControlBytes) {
        const message = `A ping carries ${maxControlBytes} bytes at the most; this has ${data.length}.`
        return Promise.reject(new RpcError('ping-too-long', message))
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      if (ws.readyState !== ws.OPEN) return Promise.reject(notOpen())
      ws.ping(data, undefined, (error) => (error ? reject(notOpen()) : resolve()))
      return promise
    },
    sent: open.sent,
    answered(data, at) {
      const { pings, ...answer } = open.answered(data, at)
      const { data: awaitedData } = awaited ?? {}
      if (awaitedData && pings.some((one) => one.equals(awaitedData))) awaited = null
      return answer
    },
  }
}

/** As `setTimeout`, but what the socket holds by then is read first: this thread may have been busy. */
export function afterReading(delayMs: number, run: () => void): () => void {
  let turn: NodeJS.Immediate | undefined
  const timer = setTimeout(() => {
    turn = setImmediate(run)
  }, delayMs)
  return () => {
    clearTimeout(timer)
    clearImmediate(turn)
  }
}
