// Decides by the server's close code how a connection ended: in peace, lost, or refused.

import { closedWords } from '../../../shared/frame/closeCodes.ts'

// Reasons that may pass. [rfc6455] 7.4.1 and the IANA registry
const passing: ReadonlySet<number> = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015])

/** The kind of `Outcome` that a connection closed by the server with `code` has. */
export function closeOutcome(code: number): 'done' | 'lost' | 'refused' {
  if (code === 1000) return 'done'
  return passing.has(code) ? 'lost' : 'refused'
}

/** The outcome of a connection that the server's close frame ended. */
export function closedByServer(close: { readonly code: number; readonly reason: string }): {
  readonly kind: ReturnType<typeof closeOutcome>
  readonly message: string
} {
  return { kind: closeOutcome(close.code), message: closedWords(close) }
}
