// The limits on what is kept of the answers of language models: all of it is a peer's.

const MiB = 1024 * 1024

export const modelLimits = {
  /** A larger chunk is not read, nor a larger request. */
  chunkBytes: 1 * MiB,
  /** A connection whose first data, so many chunks of it, no API knows is left alone. */
  firstChunks: 5,
  /** One of these that is no longer is kept until the next tells what it was. */
  untoldBytes: 4096,
  /** Connections that are followed at the same time; the oldest are left. */
  connections: 64,
  /** Answers of a connection that are open at the same time. */
  openOfConnection: 16,
  /** Answers that are told, those begun last. */
  answers: 50,
  /** Spans of one answer, and of all: then the oldest answers lose theirs. */
  spans: 100_000,
  allSpans: 200_000,
  /** Characters of one answer's spans, and of all. */
  chars: 2 * MiB,
  allChars: 8 * MiB,
  /** Blocks and tool calls of an answer that are told apart; what comes for others goes to the last. */
  parts: 1000,
  /** Deltas of one chunk. */
  deltas: 200,
  /** Spans that one call tells. */
  piece: 4096,
  /** The beginning of what the user said; a model's name, a tool's, a reason, an error. */
  promptChars: 200,
  wordChars: 200,
  /** Answers in a report, and characters of one. */
  reported: 10,
  reportChars: 8000,
  /** Gaps above 1 s that are kept apart, and of them stalls that are told. */
  longGaps: 1000,
  stalls: 20,
  /** Chunks closer than this, in ms, came together: those of one read have the same time. */
  burstGapMs: 1,
}
