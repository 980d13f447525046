// The rules by which a method is recommended: a table of what speaks for and against each, with its reason.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import { allMethods } from '../endpoint/methods.ts'
import { formatCount, formatDelay } from '../text/units.ts'
import { pollInterval } from './methodCosts.ts'
import type { Needs } from './needs.ts'

interface Rule {
  readonly id: string
  readonly when: (needs: Needs) => boolean
  /** What it adds to each method's points, or takes from them. */
  readonly points: Partial<Readonly<Record<ClientMethod, number>>>
  /** One sentence, without the method's name. */
  readonly reason: (needs: Needs) => string
  /** What would have to be so that it does not hold: `nothing is sent`. */
  readonly otherwise: string
}

/** So often a minute a request for each thing that is said costs more than a connection that is kept. */
export const oftenSent = 6
/** Milliseconds. What may be as old is asked for now and then. */
const oldEnoughMs = 5000

/** Polls for each change. */
function pollsPerChange(needs: Needs): number {
  return 60_000 / pollInterval(needs) / Math.max(needs.changesPerMinute, 1e-9)
}

export const rules: readonly Rule[] = [
  {
    id: 'plain-stream',
    when: () => true,
    points: { sse: 3, websocket: 2, 'long-polling': 1, polling: 0 },
    reason: () => 'a stream brings what is new at once, over plain HTTP, and comes back by itself',
    otherwise: '',
  },
  {
    id: 'both-speak',
    when: ({ sentPerMinute }) => sentPerMinute >= oftenSent,
    points: { websocket: 6 },
    reason: ({ sentPerMinute }) =>
      `the client speaks ${formatCount(sentPerMinute)} times a minute, and one connection carries both ways`,
    otherwise: `the client speaks less than ${oftenSent} times a minute`,
  },
  {
    id: 'binary',
    when: ({ binary }) => binary,
    points: { websocket: 4, sse: -2 },
    reason: () => 'what is said is no text, and an event stream would carry a third more as Base64',
    otherwise: 'what is said is text',
  },
  {
    id: 'may-be-old',
    when: (needs) => needs.maxAgeMs >= oldEnoughMs && pollsPerChange(needs) <= 2,
    points: { polling: 5 },
    reason: (needs) =>
      `data may be ${formatDelay(needs.maxAgeMs)} old, and a poll every ${formatDelay(pollInterval(needs))} seldom comes for nothing`,
    otherwise: `data must be younger than ${formatDelay(oldEnoughMs)}, or changes more seldom than it is asked for`,
  },
  {
    id: 'very-old',
    when: ({ maxAgeMs }) => maxAgeMs >= 60_000,
    points: { polling: 5 },
    reason: ({ maxAgeMs }) =>
      `data may be ${formatDelay(maxAgeMs)} old: a connection that is kept for it would stand idle`,
    otherwise: 'data must be younger than a minute',
  },
  {
    id: 'browsers-only',
    when: ({ browsersOnly }) => browsersOnly,
    points: { sse: 1 },
    reason: () =>
      'browsers have a client for it, which comes back and goes on behind the last event',
    otherwise: 'other programs than browsers are clients',
  },
  {
    id: 'no-upgrades',
    when: ({ proxies }) => proxies === 'no-upgrade',
    points: { websocket: -6 },
    reason: () => 'plain HTTP passes proxies that know no upgrade to another protocol',
    otherwise: 'every proxy on the way knows upgrades',
  },
  {
    id: 'old-proxies',
    when: ({ proxies }) => proxies === 'buffering',
    points: { 'long-polling': 6, sse: -6, websocket: -6 },
    reason: () => 'whole answers pass every proxy, and streams and upgrades do not',
    otherwise: 'no proxy holds answers back',
  },
]

export interface Recommendation {
  /** The best first. */
  readonly ranking: readonly ClientMethod[]
  /** What speaks for the best, the weightiest first. */
  readonly reasons: readonly string[]
  /** When the second would be better: what would have to be otherwise. */
  readonly unless: readonly string[]
}

export function whichMethod(needs: Needs): Recommendation {
  const holding = rules.filter(({ when }) => when(needs))
  const pointsOf = (method: ClientMethod) =>
    holding.reduce((sum, { points }) => sum + (points[method] ?? 0), 0)
  const ranking = allMethods.toSorted((a, b) => pointsOf(b) - pointsOf(a))
  const [best = 'sse', second = 'websocket'] = ranking
  const gain = ({ points }: Rule) => (points[best] ?? 0) - (points[second] ?? 0)
  const deciding = holding.filter((rule) => gain(rule) > 0).toSorted((a, b) => gain(b) - gain(a))
  return {
    ranking,
    reasons: deciding.map(({ reason }) => reason(needs)),
    unless: deciding.flatMap(({ otherwise }) => (otherwise === '' ? [] : [otherwise])),
  }
}
