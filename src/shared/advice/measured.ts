// The needs and the assumptions of the model as far as a session's traffic tells them, and what the session itself cost.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import type { Summed, Usage } from '../session/usage.ts'
import type { CostAssumptions } from './methodCosts.ts'
import type { Needs } from './needs.ts'

export type MeasuredNeeds = Partial<
  Pick<
    Needs,
    'changesPerMinute' | 'itemBytes' | 'maxAgeMs' | 'sentPerMinute' | 'sentBytes' | 'binary'
  >
>

/** `lengthMs`: how long the session was watched. Without any, nothing is measured. */
export function measuredNeeds(usage: Usage, lengthMs: number): MeasuredNeeds {
  const { news, spoken, binary, rounds } = usage
  if (lengthMs <= 0) return {}
  const minutes = lengthMs / 60_000
  const itemBytes = mean(news)
  const sentBytes = mean(spoken)
  // Whoever asks at an interval has chosen how old data may be; the timer's own lateness is no part of it.
  const maxAgeMs = mean(rounds)
  return {
    changesPerMinute: news.count / minutes,
    sentPerMinute: spoken.count / minutes,
    binary: 2 * binary > news.count + spoken.count,
    ...(itemBytes !== null && { itemBytes }),
    ...(sentBytes !== null && { sentBytes }),
    ...(maxAgeMs !== null && { maxAgeMs: Number(maxAgeMs.toPrecision(2)) }),
  }
}

/** Of polls: where more than this share find something new, two may come between two of them. */
const mostlyNew = 0.5

/** Whether most polls found something new, so that there may be more between two of them. */
export function changesUnseen({ rounds, news, emptyAnswers }: Usage): boolean {
  return rounds.count > 0 && news.count > mostlyNew * (news.count + emptyAnswers.count)
}

/** Only what was seen. */
export function measuredAssumptions(usage: Usage): Partial<CostAssumptions> {
  const { rounds, emptyAnswers } = usage
  const seen: Readonly<Partial<Record<keyof CostAssumptions, number | null>>> = {
    requestBytes: mean(usage.requestHeads),
    responseBytes: mean(usage.responseHeads),
    emptyBytes: rounds.count === 0 ? null : mean(emptyAnswers),
    eventBytes: mean(usage.eventFraming),
    frameBytes: mean(usage.frameHeads),
    holdMs: mean(usage.holds),
    turnMs: mean(usage.turns),
    keepAliveMs: positive(mean(usage.keepAlives)),
  }
  return Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== null))
}

/** What a method takes for one client, over the length of a session. */
export interface SessionCost {
  readonly requests: number
  /** Both ways. */
  readonly bytes: number
  /** From a change to its arrival, on average, in ms; null where nobody knows. */
  readonly delayMs: number | null
  /** Those that were opened. */
  readonly connections: number
}

/** Delays are known of methods that ask: so long no answer could have brought what was new. */
export function measuredCost(usage: Usage, method: ClientMethod, lengthMs: number): SessionCost {
  const { requests, wireBytes, connections, rounds, turns } = usage
  const closed = { polling: rounds, 'long-polling': turns, sse: null, websocket: null }[method]
  // Half of the span is left on average where one comes at any time, and the long spans are met more often.
  const delayMs = closed === null || lengthMs <= 0 ? null : closed.squares / 2 / lengthMs
  return { requests, bytes: wireBytes, connections, delayMs: closed?.count === 0 ? null : delayMs }
}

function mean({ count, sum }: Summed): number | null {
  return count === 0 ? null : sum / count
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null
}
