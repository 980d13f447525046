// Runs one connection to an endpoint from opening to end, and tells how it ended and whether it was up.

import { isComplaint, isPeerData } from '../../shared/frame/frame.ts'
import type { Unfinished } from '../../shared/session/unfinished.ts'
import type { ConnectionIo, Outcome, Transport } from '../transports/transport.ts'
import type { SourceIo } from './source.ts'

/** How long a stopped connection has to end before the session goes on without it. */
const closeLimitMs = 5000
/** A connection that was open for this long counts as up, even if nothing came on it. */
const steadyMs = 5000

export interface ConnectionOptions {
  readonly number: number
  /** The connection aborts it, and nobody else. */
  readonly own: AbortController
  readonly transport: Transport
  /** Also receives what the transport throws after the connection was left behind. */
  readonly io: Pick<SourceIo, 'timers' | 'emit' | 'wire' | 'fail'>
  /** It has told in this frame why it does not go on. */
  onError(seq: number): void
  /** Called again when it was open before. Neither this nor `onAwaiting` is called once it is closing. */
  onOpened(): void
  /** A request waits for its answer, or no longer does. */
  onAwaiting(answer: boolean): void
}

/** How a connection went. */
export interface Ended {
  readonly outcome: Outcome
  readonly opened: boolean
  /** Whether something came on it or it lasted. A connection that closes as soon as it opens has failed. */
  readonly steady: boolean
  /** An error frame has told what went wrong. */
  readonly failed: boolean
}

export interface Connection {
  /** Opens it; resolves at its end and never rejects. Called once. */
  open(): Promise<Ended>
  /** Closes it; `open` resolves within 5 s. */
  abort(): void
  /** What has come on it and completes nothing yet. */
  unfinished(): Unfinished | null
}

export function createConnection(options: ConnectionOptions): Connection {
  const { number: connection, own, transport } = options
  const { timers, emit, wire, fail } = options.io
  const { signal } = own
  const ended = Promise.withResolvers<Outcome>()
  let cancelLimit = (): void => undefined
  let openedAt: number | null = null
  let useful = false
  let failed = false
  /** An error was told and no data has come since. */
  let told = false
  let over = false
  let readUnfinished: (() => Unfinished | null) | null = null

  /** Whether the reports of the connection count: not once it is closing, left behind or over. */
  const counts = () => !signal.aborted && !over

  const io: ConnectionIo = {
    connection,
    signal,
    emit(frame) {
      useful ||= isPeerData(frame)
      const seq = emit(frame)
      if (frame.kind === 'error') {
        failed = true
        told = true
        options.onError(seq)
      } else if (isComplaint(frame)) options.onError(seq)
      else if (told && isPeerData(frame)) {
        // It goes on after all: an open stream that had brought an error.
        told = false
        if (openedAt !== null && counts()) options.onOpened()
      }
      return seq
    },
    opened() {
      openedAt ??= timers.now()
      if (counts()) options.onOpened()
    },
    wire,
    awaiting(answer) {
      if (counts()) options.onAwaiting(answer)
    },
    unfinished(read) {
      readUnfinished = read
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
      return { outcome, opened, steady, failed }
    },
    abort() {
      if (signal.aborted) return
      // Do not wait for a transport that ignores its signal.
      cancelLimit = timers.after(closeLimitMs, () => ended.resolve({ kind: 'stopped' }))
      own.abort()
    },
    unfinished: () => (over ? null : (readUnfinished?.() ?? null)),
  }
}
