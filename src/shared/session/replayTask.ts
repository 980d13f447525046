// Messages between VS Code's main thread and the thread of a replay. Plain data.

import type { ClientMethod } from '../endpoint/endpoint.ts'

/** Where a replay listens, unless another program does. */
export const usualReplayPort = 7412

/** The thread's order; any message after it ends it. */
export interface ReplayTask {
  /** The capture's file. */
  readonly path: string
  /** It is asked only for what the capture sent, and ends. */
  readonly asks?: 'sends'
}

/** What a replay to a server would send. */
export interface ToSend {
  /** Of the session that was recorded. */
  readonly name: string
  /** Of the server to which it went. */
  readonly origin: string
  readonly method: ClientMethod
  /** `38 requests, 14 messages`. */
  readonly words: string
  /** How many of them may change something there. */
  readonly effects: number
  /** The names of the secrets for which the capture holds references. */
  readonly secrets: readonly string[]
}

export type ReplayNews =
  | {
      readonly kind: 'listening'
      readonly port: number
      /** Of the session that was recorded. */
      readonly name: string
      /** A line for each path, then sentences about what is served otherwise than it came. */
      readonly served: readonly string[]
    }
  | ({ readonly kind: 'sends' } & ToSend)
  /** A sentence about the capture. The thread ends. */
  | { readonly kind: 'refused'; readonly message: string }
