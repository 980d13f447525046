// The limits of a replay to a server: somebody else may have made the capture, and anybody the server.

export const sendLimits = {
  /** Requests and messages that go out again; what a capture has beyond them is left out, which is told. */
  cues: 100_000,
  /** Answers, events and messages that are compared; of more only the number counts. */
  items: 1_000_000,
  /** Exchanges at the same time; others wait, so that no server is flooded. */
  open: 256,
  /** Beyond what it lasted in the recording: for so long a stream or a conversation is waited for. */
  patienceMs: 5000,
  /** After so many exchanges in a row without an answer it ends. */
  failures: 20,
  /** Paths and places that a difference names. */
  places: 5,
  /** Longer bodies are compared as bytes. */
  jsonBytes: 1024 * 1024,
} as const

export type SendLimits = { readonly [Name in keyof typeof sendLimits]: number }
