// The fault of a peer, of the network or of the user: the code and the words of an error frame.

import type { ErrorCode } from '../../shared/frame/errorCodes.ts'
import type { ErrorDetail } from '../../shared/frame/frame.ts'

export interface Fault
  extends Pick<
    ErrorDetail,
    'fields' | 'fits' | 'certificate' | 'speaksTls' | 'target' | 'instead'
  > {
  readonly code: ErrorCode
  readonly message: string
  /** Advice to the user; absent where there is nothing to change. */
  readonly advice?: string
  /** The system's or library's own code. */
  readonly cause?: string
}

/** Answer of a step at which the user, the peer or the network can be at fault. */
export type OrFault<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault }
