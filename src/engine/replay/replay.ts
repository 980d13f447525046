// The options of a replay, and the means that the parts of its server share.

import type { Timers } from '../session/timers.ts'
import type { Resumption } from './resumption.ts'
import type { Route } from './script/script.ts'
import type { TurnChoice } from './turnChoice.ts'

export interface ReplayOptions {
  /** 2: twice as fast as it was recorded; 0: at once. */
  readonly speed: number
  /** Behind the last turn the first one follows, and a stream that was open begins anew. */
  readonly loop: boolean
  /** The origin of pages that may read what is served, beside those of this machine. */
  readonly cors: string | null
}

/** A request that was answered, or a WebSocket that was opened. */
export interface Served {
  /** Epoch ms. */
  readonly at: number
  /** `GET`, `WebSocket`. */
  readonly method: string
  /** As the client wrote it. */
  readonly target: string
  readonly status: number
  /** What was served, or why nothing was. */
  readonly words: string
}

export interface Replay {
  readonly options: ReplayOptions
  readonly timers: Pick<Timers, 'now' | 'after'>
  payload(seq: number): Uint8Array
  tell(served: Served): void
  /** Has `stop` called when the server stops; the answer takes that back. */
  whileOpen(stop: () => void): () => void
}

/** A route with how far it is. */
export interface PlayedRoute {
  readonly route: Route
  readonly choice: TurnChoice
  readonly resume: Resumption
}

/** Whoever waits for an answer. */
interface Client {
  on(event: 'close', left: () => void): unknown
  off(event: 'close', left: () => void): unknown
}

/** What a timer of Node's can hold. */
const longestMs = 2 ** 31 - 1

/** Calls `run` when the client has waited for as long as it once did; never, where it leaves before. */
export function afterHold(
  replay: Replay,
  recordedMs: number,
  client: Client,
  run: () => void,
): void {
  const { options, timers, whileOpen } = replay
  const holdMs = options.speed === 0 ? 0 : recordedMs / options.speed
  // What would be waited for less than a timer can tell is served with the request's own turn.
  if (holdMs < 1) {
    run()
    return
  }
  const cancel = timers.after(Math.min(holdMs, longestMs), () => {
    forget()
    client.off('close', leave)
    run()
  })
  const forget = whileOpen(cancel)
  function leave(): void {
    cancel()
    forget()
  }
  client.on('close', leave)
}
