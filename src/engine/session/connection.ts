// Runs one connection to an endpoint from opening to end, and tells how it ended and whether it was up.

import { isPeerData } from '../../shared/frame/frame.ts'
import type { ConnectionIo, Outcome, Transport } from '../transports/transport.ts'
import type { SourceIo } from './source.ts'

/** A stopped connection that has not ended by then is left behind. */
const closeLimitMs = 5000
/** A connection that was open for so long was up, though nothing came on it. */
const steadyMs = 5000

export interface ConnectionOptions {
  readonly number: number
  /** Its own to abort. */
  readonly own: AbortController
  readonly transport: Transport
  /** Is told of what the transport throws, too, also after the connection was left behind. */
  readonly io: Pick<SourceIo, 'timers' | 'emit' | 'wire' | 'fail'>
  /** Also when it was open before. Neither this nor `onAwaiting` once it is being closed. */
  onOpened(): void
  /** A request waits for its answer, or no longer does. */
  onAwaiting(answer: boolean): void
}

/** How a connection went. */
export interface Ended {
  readonly outcome: Outcome
  readonly opened: boolean
  /** It was of use: something came on it, or it lasted. One that opens only to close is a failure. */
  readonly steady: boolean
}

export interface Connection {
  /** Opens it; resolves at its end and never rejects. Called once. */
  open(): Promise<Ended>
  /** Closes it; `open` resolves within 5 s. */
  abort(): void
}

export function createConnection(options: ConnectionOptions): Connection {
  const { number: connection, own, transport } = options
  const { timers, emit, wire, fail } = options.io
  const { signal } = own
  const ended = Promise.withResolvers<Outcome>()
  let cancelLimit = (): void => undefined
  let openedAt: number | null = null
  let useful = false
  let over = false

  /** What a connection that is being closed, was left behind or is over still tells of itself counts no more. */
  const counts = () => !signal.aborted && !over

  const io: ConnectionIo = {
    connection,
    signal,
    emit(frame) {
      useful ||= isPeerData(frame)
      return emit(frame)
    },
    opened() {
      openedAt ??= timers.now()
      if (counts()) options.onOpened()
    },
    wire,
    awaiting(answer) {
      if (counts()) options.onAwaiting(answer)
    },
  }

  async function connect(): Promise<void> {
    try {
      ended.resolve(await transport.connect(io))
    } catch (error) {
      fail(error)
      ended.resolve({ kind: 'stopped' })
    }
  }

  return {
    async open() {
      connect()
      const outcome = await ended.promise
      over = true
      cancelLimit()
      const opened = openedAt !== null
      const steady = openedAt !== null && (useful || timers.now() - openedAt >= steadyMs)
      return { outcome, opened, steady }
    },
    abort() {
      if (signal.aborted) return
      // A transport that does not answer to its signal is not waited for.
      cancelLimit = timers.after(closeLimitMs, () => ended.resolve({ kind: 'stopped' }))
      own.abort()
    },
  }
}
