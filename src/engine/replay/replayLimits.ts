// The limits of a replay, which a hostile client could otherwise make it pass.

const MiB = 1024 * 1024

export const replayLimits = {
  /** Open connections of clients; others are not accepted. */
  connections: 512,
  /** The head of a request. */
  headBytes: 64 * 1024,
  /** How long a request may take to come, in ms. */
  requestMs: 60_000,
  /** A message of a client; a longer one closes its WebSocket with 1009. */
  messageBytes: 16 * MiB,
  /** What a WebSocket's client may leave unread before the next message waits for it. */
  unreadBytes: 1 * MiB,
  /** Cues in a row without a turn of the event loop. */
  burst: 256,
  /** Between two rounds of a loop at the least, in ms. */
  roundMs: 100,
} as const
