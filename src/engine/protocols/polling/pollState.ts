// Compares the answers of short polling, makes the next request conditional, and times it.

import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { validatorsIn } from './validators.ts'

/** What is remembered from one answer to the next. */
export interface PollState {
  readonly etag: string | null
  readonly lastModified: string | null
  /** A key of the last good answer's body; null before the first. */
  readonly bodyKey: string | null
  /** A key of the last answer of any status; null before the first. */
  readonly answerKey: string | null
  /** Unchanged answers in a row. */
  readonly unchanged: number
}

export interface PollAnswer {
  readonly status: number
  readonly headers: NamedValues
  /** Equal exactly for equal bytes. */
  readonly bodyKey: string
}

export const firstPoll: PollState = {
  etag: null,
  lastModified: null,
  bodyKey: null,
  answerKey: null,
  unchanged: 0,
}

/**
 * The state after an answer, and whether it brought something new; undefined on the first answer. A
 * good answer is held against the last good one, an error against the answer before it.
 */
export function judgePoll(
  state: PollState,
  answer: PollAnswer,
): { readonly state: PollState; readonly changed: boolean | undefined } {
  const { next, changed } = judge(state, answer)
  return { state: { ...next, unchanged: changed === false ? state.unchanged + 1 : 0 }, changed }
}

function judge(
  state: PollState,
  answer: PollAnswer,
): { readonly next: PollState; readonly changed: boolean | undefined } {
  const { status, headers, bodyKey } = answer
  const first = state.answerKey === null
  const answerKey = `${status} ${bodyKey}`
  if (status >= 400) {
    return {
      next: { ...state, answerKey },
      changed: first ? undefined : answerKey !== state.answerKey,
    }
  }
  const { etag, lastModified } = validatorsIn(headers)
  // [rfc9110] 15.4.5: a 304 has no body; the validators it carries are the current ones.
  if (status === 304) {
    return {
      next: {
        ...state,
        answerKey,
        etag: etag ?? state.etag,
        lastModified: lastModified ?? state.lastModified,
      },
      changed: first ? undefined : false,
    }
  }
  return {
    next: { ...state, etag, lastModified, bodyKey, answerKey },
    changed: first ? undefined : bodyKey !== state.bodyKey,
  }
}

/**
 * The user's headers, and the conditions that let the server answer 304, where the user set none.
 * [rfc9110] 13.1.2: a weak entity tag goes back as it came. Only GET and HEAD are made conditional.
 */
export function conditionalHeaders(
  state: PollState,
  method: string,
  given: NamedValues,
): NamedValues {
  if (method !== 'GET' && method !== 'HEAD') return given
  if (state.etag === null && state.lastModified === null) return given
  const own = /^if-(?:none-match|modified-since|match|unmodified-since|range)$/i
  if (given.some(([name]) => own.test(name))) return given
  const headers = [...given]
  if (state.etag !== null) headers.push(['If-None-Match', state.etag])
  if (state.lastModified !== null) headers.push(['If-Modified-Since', state.lastModified])
  return headers
}

/** The interval, longer or shorter by up to the share `jitter` of it. `random` is from 0 to 1. */
export function jittered(intervalMs: number, jitter: number, random: number): number {
  return jitter === 0 ? intervalMs : intervalMs * (1 + jitter * (2 * random - 1))
}

/**
 * Whole milliseconds until the next request: requests start `intervalMs` after each other, and at
 * once when the last one took longer.
 */
export function nextPollDelay(startedAt: number, nowMs: number, intervalMs: number): number {
  // A timer drops fractions, and would start a little early.
  return Math.max(0, Math.ceil(startedAt + intervalMs - nowMs))
}
