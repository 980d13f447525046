// The limits of a script, since somebody else may have made the capture.

export const scriptLimits = {
  /** Answers, items and messages; what a capture has beyond them is left out, which is told. */
  cues: 1_000_000,
  routes: 10_000,
  /** Requests that wait for their answers; of the oldest none is expected any more. */
  waiting: 10_000,
  /** Streams and conversations of which more may come; the oldest is taken as it is. */
  open: 10_000,
  /** Bodies of requests up to this size tell which answer is meant. */
  bodyBytes: 1024 * 1024,
} as const
