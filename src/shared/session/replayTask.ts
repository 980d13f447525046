// Messages between VS Code's main thread and the thread of a replay. Plain data.

/** Where a replay listens, unless another program does. */
export const usualReplayPort = 7412

/** The thread's order; any message after it ends it. */
export interface ReplayTask {
  /** The capture's file. */
  readonly path: string
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
  /** A sentence about the capture. The thread ends. */
  | { readonly kind: 'refused'; readonly message: string }
