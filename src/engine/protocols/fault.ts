// A peer's, the network's or the user's fault in words: what an error frame tells.

import type { ErrorCode } from '../../shared/frame/errorCodes.ts'

export interface Fault {
  readonly code: ErrorCode
  readonly message: string
  /** What the user can change, where there is something. */
  readonly advice?: string
  /** The system's or library's own code. */
  readonly cause?: string
}

/** Answer of a step at which the user, the peer or the network can be at fault. */
export type OrFault<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault }
