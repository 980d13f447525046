// Rules about long polls: what is lost between two of them, and how long they are held.

import { headerValue } from '../../../../shared/frame/headerFields.ts'
import { formatDelay } from '../../../../shared/text/units.ts'
import { createDistribution } from '../../numbers/distribution.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { whoseIdleLimit } from '../shapes/knownLimits.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { rfc } from '../shapes/sources.ts'
import { pollThresholds } from '../shapes/thresholds.ts'
import { percent, plural, spanWords } from '../shapes/words.ts'
import { askedFor, pollAnswer } from './pollRhythm.ts'

const { unheld, shortHold } = pollThresholds

const gapLoss = rule({
  id: 'lp-gap-loss',
  title: 'What happens between two long polls may be lost.',
  speaks: `${unheld} or more answers brought data, and the requests after them said nothing of what had come: the same URL, no cursor and no validator: a risk.`,
  why: 'Between an answer and the next request nobody listens. Only a server that knows what the client has can make up for it.',
  source: rfc(6202, '2.2'),
  advice:
    'Give each answer a cursor, and take it along with the next request: "cursor" in the profile does it.',
  kinds: ['request', 'response'],
  create() {
    const gaps = createEvidence()
    let longestMs = 0
    let url: string | null = null
    let tells = false
    let hadData = false
    return {
      add(one) {
        const { frame, seq } = one
        if (frame.kind === 'request') {
          const { purpose, gapMs = 0, headers } = frame.detail
          if (purpose !== 'long-poll') return
          tells ||= url !== null && url !== frame.detail.url
          tells ||= headerValue(headers, 'if-none-match') !== null
          // A body may have it.
          tells ||= frame.sizeBytes > 0
          url = frame.detail.url
          if (!hadData || gapMs <= 0) return
          gaps.add(seq)
          longestMs = Math.max(longestMs, gapMs)
          return
        }
        const answer = pollAnswer(one, 'long-poll')
        if (answer === null) return
        tells ||= answer.cursor !== undefined
        hadData = answer.empty !== true && answer.status === 200
      },
      finding() {
        if (tells || gaps.count < unheld) return null
        return {
          severity: 'risk',
          sentence: `After ${plural(gaps.count, 'answer', 'answers')} with data nobody listened for up to ${formatDelay(longestMs)}, and no request said what had come before.`,
          proof: gaps.proof(),
          figure: occurrences(gaps.count, unheld),
        }
      },
    }
  },
})

const heldShort = rule({
  id: 'lp-held-short',
  title: 'Long polls are hardly held.',
  speaks: `At least ${percent(shortHold.share)} of ${shortHold.least} or more answers without data came within ${spanWords(shortHold.withinMs)}: a hint.`,
  why: 'It is short polling with the load of an empty answer after each request.',
  source: rfc(6202, '5.5'),
  advice: 'Hold each request for 20 to 30 seconds, or until there is data.',
  kinds: ['response'],
  create() {
    const short = createEvidence()
    const holds = createDistribution()
    let empty = 0
    return {
      add(one) {
        const answer = pollAnswer(one, 'long-poll')
        if (answer?.empty !== true || answer.holdMs === undefined || answer.status >= 400) return
        empty++
        if (answer.holdMs >= shortHold.withinMs) return
        short.add(one.seq)
        holds.add(answer.holdMs, one.seq)
      },
      finding() {
        if (empty < shortHold.least || short.count < shortHold.share * empty) return null
        return {
          severity: 'hint',
          sentence: `${plural(short.count, 'answer', 'answers')} without data came after ${formatDelay(holds.result()?.p50 ?? 0)}, in half of all cases at the most.`,
          proof: short.proof(),
          figure: { measured: short.count / empty, threshold: shortHold.share, unit: 'share' },
        }
      },
    }
  },
})

const gatewayTimeout = rule({
  id: 'lp-server-timeout',
  title: 'A gateway gives up before the server answers.',
  speaks: 'A long poll was answered with 408, 504 or 524: a risk.',
  why: 'What the server answers after that is lost on its way, and clients that take it for an error back off.',
  source: rfc(6202, '5.5'),
  advice:
    'Let the server answer empty before the limit of whatever stands in front of it, or raise that.',
  kinds: ['response'],
  create() {
    const seen = createEvidence()
    let longestMs = 0
    let status = 0
    return {
      add(one) {
        const answer = pollAnswer(one, 'long-poll')
        if (answer === null || !gaveUp.has(answer.status) || !askedFor(one)) return
        seen.add(one.seq)
        status = answer.status
        longestMs = Math.max(longestMs, answer.holdMs ?? 0)
      },
      finding() {
        if (seen.count === 0) return null
        const whose = whoseIdleLimit(longestMs)
        const could = whose === null ? '' : `, which could be a limit such as that of ${whose}`
        return {
          severity: 'risk',
          sentence: `${plural(seen.count, 'answer was', 'answers were')} ${status}, after up to ${formatDelay(longestMs)}${could}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

/** Of those in between: [rfc9110] 15.5.9, 15.6.5, and Cloudflare's own. */
const gaveUp: ReadonlySet<number> = new Set([408, 504, 524])

export const heldRules: readonly Rule[] = [gapLoss, heldShort, gatewayTimeout]
