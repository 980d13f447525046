// What a WebSocket close code from the server means for connecting again.

// Reasons that may pass. [rfc6455] 7.4.1 and the IANA registry
const passing: ReadonlySet<number> = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015])

/** The kind of `Outcome` that a connection closed by the server with `code` has. */
export function closeOutcome(code: number): 'done' | 'lost' | 'refused' {
  if (code === 1000) return 'done'
  return passing.has(code) ? 'lost' : 'refused'
}
