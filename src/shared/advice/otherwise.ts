// The cases in which another method would be the better one: found by trying what else could be needed.

import type { Method } from '../endpoint/endpoint.ts'
import { pollInterval } from './methodCosts.ts'
import type { Needs } from './needs.ts'
import { oftenSent, whichMethod } from './whichMethod.ts'
import { ageWords, timesWords } from './words.ts'

/** One thing that is needed otherwise, and that as a clause: `nothing is sent`. */
interface Other {
  readonly needs: Needs
  readonly when: string
}

const ages = [1000, 5000, 10_000, 30_000, 60_000, 300_000, 1_800_000, 3_600_000]
/** Clauses about a method are no more than these. */
const mostClauses = 2

export interface Otherwise {
  readonly method: Method
  /** Each by itself would do. */
  readonly when: readonly string[]
}

/** Of the methods that are not recommended those that one thing could make the best, the next best first. */
export function otherwise(needs: Needs): readonly Otherwise[] {
  const [, ...others] = whichMethod(needs).ranking
  const tried = [...olderOrYounger(needs), ...othersOf(needs)].map((other) => ({
    when: other.when,
    best: whichMethod(other.needs).ranking[0],
  }))
  return others
    .map((method) => {
      const clauses = tried.filter(({ best }) => best === method).map(({ when }) => when)
      return { method, when: clauses.slice(0, mostClauses) }
    })
    .filter(({ when }) => when.length > 0)
}

/** The nearest age first with which another method is the best. */
function olderOrYounger(needs: Needs): readonly Other[] {
  const best = whichMethod(needs).ranking[0]
  const withAge = (maxAgeMs: number) => ({ ...needs, maxAgeMs })
  const turns = (maxAgeMs: number) => whichMethod(withAge(maxAgeMs)).ranking[0] !== best
  const older = ages.filter((age) => age > needs.maxAgeMs).find(turns)
  const younger = ages.filter((age) => age < needs.maxAgeMs).findLast(turns)
  return [
    ...(older === undefined
      ? []
      : [
          {
            needs: withAge(older),
            when: `${ageWords(older)} old is fresh enough: ${polls(older)}`,
          },
        ]),
    ...(younger === undefined
      ? []
      : [{ needs: withAge(younger), when: `data may be no older than ${ageWords(younger)}` }]),
  ]
}

function polls(maxAgeMs: number): string {
  return `asking ${timesWords(60_000 / pollInterval({ maxAgeMs }))} is enough then`
}

function othersOf(needs: Needs): readonly Other[] {
  const { sentPerMinute, binary, proxies, browsersOnly } = needs
  const speaks = sentPerMinute >= oftenSent
  const others: readonly (readonly [part: Partial<Needs>, when: string, applies: boolean])[] = [
    [
      { sentPerMinute: oftenSent },
      `the client speaks ${oftenSent} times a minute or more often`,
      !speaks,
    ],
    [{ sentPerMinute: 0 }, `the client speaks less than ${oftenSent} times a minute`, speaks],
    [{ binary: true }, 'what is said is no text', !binary],
    [{ binary: false }, 'what is said is text', binary],
    [
      { proxies: 'open' },
      'every proxy on the way lets streams and upgrades through',
      proxies !== 'open',
    ],
    [{ proxies: 'no-upgrade' }, 'a proxy on the way knows no upgrade', proxies === 'open'],
    [
      { proxies: 'buffering' },
      'a proxy on the way holds answers back until they are whole',
      proxies === 'open',
    ],
    [{ browsersOnly: true }, 'browsers are the only clients', !browsersOnly],
  ]
  return others
    .filter(([, , applies]) => applies)
    .map(([part, when]) => ({ needs: { ...needs, ...part }, when }))
}
