// The recommendation for one feed in sentences: the method, what the feed is like, why, and when another is better.

import { methods } from '../endpoint/methods.ts'
import { formatSize } from '../text/units.ts'
import { pollInterval } from './methodCosts.ts'
import type { Needs } from './needs.ts'
import { otherwise } from './otherwise.ts'
import { whichMethod } from './whichMethod.ts'
import { ageWords, timesWords } from './words.ts'

export interface AdviceText {
  /** `For this feed: Server-Sent Events`. */
  readonly headline: string
  /** `Something is new 54 times a minute, 156 B each; the client says nothing; data may be 1 s old.` */
  readonly about: string
  /** Sentences, the weightiest first. */
  readonly reasons: readonly string[]
  /** The methods that one thing could make the better one, the next best first; each clause by itself would do. */
  readonly others: readonly { readonly name: string; readonly when: string }[]
  /** Of polling, with which nothing is seen too late. */
  readonly interval: string
}

export function adviceText(needs: Needs): AdviceText {
  const { ranking, reasons } = whichMethod(needs)
  const [best = 'sse'] = ranking
  return {
    headline: `For this feed: ${methods[best].label}`,
    about: feedWords(needs),
    reasons: reasons.map(sentence),
    others: otherwise(needs).map(({ method, when }) => ({
      name: methods[method].label,
      when: `${when.join(', or ')}.`,
    })),
    interval: intervalWords(needs),
  }
}

function feedWords({ changesPerMinute, itemBytes, sentPerMinute, maxAgeMs }: Needs): string {
  const changes =
    changesPerMinute <= 0
      ? 'Nothing new has come'
      : `Something is new ${timesWords(changesPerMinute)}, ${formatSize(itemBytes)} each`
  const said =
    sentPerMinute <= 0
      ? 'the client says nothing'
      : `the client speaks ${timesWords(sentPerMinute)}`
  return `${changes}; ${said}; data may be ${ageWords(maxAgeMs)} old.`
}

function intervalWords(needs: Needs): string {
  const interval = pollInterval(needs)
  const polls = 60_000 / interval
  const empty = Math.max(0, 1 - needs.changesPerMinute / polls)
  const idle =
    empty < 0.005 ? '' : `, of which at least ${Math.round(100 * empty)} % come for nothing`
  return `For polling, every ${ageWords(interval)} is enough: ${timesWords(polls)}${idle}.`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
