// Judges the answers of long polling: data or none, who ended the wait, and when to hold back.

const noData: ReadonlySet<number> = new Set([204, 304, 408, 504])

/** Whether an answer says that there was nothing to say: by its status, or a good one by its empty body. */
export function isEmptyAnswer(status: number, sizeBytes: number): boolean {
  return noData.has(status) || (status >= 200 && status < 400 && sizeBytes === 0)
}

/**
 * Whether the server ended the wait: by a status that says so, or with nothing after it had held the
 * request.
 */
export function isServerTimeout(status: number, empty: boolean, holdMs: number): boolean {
  return empty && (status === 408 || status === 504 || holdMs >= heldMs)
}

/** A summary of the answers before this one. */
export interface Pace {
  /** Answers in a row that were not held and moved no cursor. */
  readonly quick: number
  /** How many of those brought nothing new. */
  readonly idle: number
}

export const firstPace: Pace = { quick: 0, idle: 0 }

/** A server that waits for data holds a request at least this long. */
const heldMs = 50
const freeAnswers = 3
const firstBackOffMs = 250
const longestBackOffMs = 10_000

export interface PacedAnswer {
  readonly holdMs: number
  readonly empty: boolean
  /** The body equals that of the last data. */
  readonly repeated: boolean
  /** The cursor moved on: the server is handing out what had piled up. */
  readonly advanced: boolean
  /** The endpoint names a cursor. */
  readonly hasCursor: boolean
}

/**
 * The pace after an answer and the time to hold back. `reason` is there when the server answers at
 * once with nothing new, again and again; new data at once is only kept to `minIntervalMs`.
 */
export function nextPace(
  pace: Pace,
  answer: PacedAnswer,
  minIntervalMs: number,
): { readonly pace: Pace; readonly delayMs: number; readonly reason: string | null } {
  if (answer.holdMs >= heldMs || (answer.advanced && !answer.empty)) {
    return { pace: firstPace, delayMs: 0, reason: null }
  }
  const quick = pace.quick + 1
  const idle = answer.empty || answer.repeated ? pace.idle + 1 : 0
  if (idle >= freeAnswers) {
    return {
      pace: { quick, idle },
      delayMs: Math.min(firstBackOffMs * 2 ** (idle - freeAnswers), longestBackOffMs),
      reason: backOffReason(answer),
    }
  }
  return { pace: { quick, idle }, delayMs: quick >= freeAnswers ? minIntervalMs : 0, reason: null }
}

function backOffReason({ empty, hasCursor }: PacedAnswer): string {
  if (empty) return 'the server answers at once without data'
  // Asked without one, most servers hand out all they have.
  const advice = hasCursor ? '' : ': a "cursor" in the profile may tell it what has come'
  return `the server answers at once with the same data${advice}`
}
