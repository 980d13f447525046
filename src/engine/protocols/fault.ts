// A peer's, the network's or the user's fault in words: what an error frame tells.

export interface Fault {
  /** Stable, kebab-case. */
  readonly code: string
  readonly message: string
  /** What the user can change, where there is something. */
  readonly advice?: string
  /** The system's or library's own code. */
  readonly cause?: string
}
