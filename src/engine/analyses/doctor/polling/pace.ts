// Rules about how often is polled: for nothing, too seldom, or so often that it is a burden.

import { bringsNothing } from '../../../../shared/frame/httpDetail.ts'
import { formatCount, formatDelay, formatRate } from '../../../../shared/text/units.ts'
import { createDistribution } from '../../numbers/distribution.ts'
import { createEvidence } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { ours } from '../shapes/sources.ts'
import { pollThresholds } from '../shapes/thresholds.ts'
import { percent, spanWords } from '../shapes/words.ts'
import { createIntervals, pollAnswer } from './pollRhythm.ts'

const { least, unchangedShare, changedShare, seldomMs, rate } = pollThresholds
/** Between two polls at that rate. */
const gapMs = 1000 / rate.perSecond

const tooFast = rule({
  id: 'poll-too-fast',
  title: 'Most polls bring nothing new.',
  speaks: `At least ${percent(unchangedShare)} of ${least} or more polls brought nothing new, with less than ${spanWords(seldomMs)} between two: a hint.`,
  why: 'Each of them is a request and an answer for nothing, at the server, on the way and in the battery of a phone.',
  source: ours,
  advice:
    'Poll at half the time in which data changes, or have it pushed: Which Method? weighs the methods.',
  kinds: ['request', 'response'],
  create() {
    const nothing = createEvidence()
    const intervals = createIntervals()
    const changes = createDistribution()
    let polls = 0
    let changedAt: number | null = null
    return {
      add(seen) {
        intervals.add(seen, 'poll')
        const answer = pollAnswer(seen, 'poll')
        if (answer === null) return
        polls++
        if (bringsNothing(answer)) nothing.add(seen.seq)
        else if (answer.changed === true) {
          if (changedAt !== null) changes.add(seen.frame.at - changedAt, seen.seq)
          changedAt = seen.frame.at
        }
      },
      finding() {
        const everyMs = intervals.median()
        if (polls < least || nothing.count < unchangedShare * polls) return null
        if (everyMs === null || everyMs >= seldomMs) return null
        const betweenMs = changes.result()?.p50 ?? null
        const enough =
          betweenMs === null
            ? ''
            : `; data changed every ${formatDelay(betweenMs)}, for which a poll every ${formatDelay(betweenMs / 2)} is enough`
        return {
          severity: 'hint',
          sentence: `${percent(nothing.count / polls)} of ${formatCount(polls)} polls, one every ${formatDelay(everyMs)}, brought nothing new${enough}.`,
          proof: nothing.proof(),
          figure: { measured: nothing.count / polls, threshold: unchangedShare, unit: 'share' },
        }
      },
    }
  },
})

const tooSlow = rule({
  id: 'poll-too-slow',
  title: 'Nearly every poll brings a change.',
  speaks: `At least ${percent(changedShare)} of ${least} or more polls brought something new: a hint.`,
  why: 'Where each answer is another, states between two of them are never seen, and each is as old as the interval.',
  source: ours,
  advice:
    'Have it pushed by Server-Sent Events or a WebSocket, or poll more often; leave it if only the newest value counts.',
  kinds: ['response', 'request'],
  create() {
    const changed = createEvidence()
    const intervals = createIntervals()
    let polls = 0
    return {
      add(seen) {
        intervals.add(seen, 'poll')
        // The first answer has none before it.
        const answer = pollAnswer(seen, 'poll')
        if (answer?.changed === undefined) return
        polls++
        if (answer.changed) changed.add(seen.seq)
      },
      finding() {
        const everyMs = intervals.median()
        if (polls < least || changed.count < changedShare * polls || everyMs === null) return null
        return {
          severity: 'hint',
          sentence: `${percent(changed.count / polls)} of ${formatCount(polls)} polls, one every ${formatDelay(everyMs)}, brought something new.`,
          proof: changed.proof(),
          figure: { measured: changed.count / polls, threshold: changedShare, unit: 'share' },
        }
      },
    }
  },
})

const burden = rule({
  id: 'poll-rate',
  title: 'Polls come at a rate near a denial of service.',
  speaks: `${rate.perSecond} or more polls a second for ${spanWords(rate.forMs)}: a risk.`,
  why: 'A few clients that do so are as heavy as an attack, and rate limits, if there are any, take them for one.',
  source: ours,
  advice: 'Poll less often, or have the data pushed.',
  kinds: ['request'],
  create() {
    const seen = createEvidence()
    let from = { at: 0, count: 0 }
    let worst = 0
    return {
      add({ frame, seq }) {
        if (frame.detail.purpose !== 'poll') return
        seen.add(seq)
        // A pause ends what was counted.
        if (from.count === 0 || frame.at - from.at > rate.forMs) from = { at: frame.at, count: 0 }
        from.count++
        // Before the time is over nobody knows whether they go on so.
        if (frame.at - from.at > rate.forMs - gapMs) worst = Math.max(worst, from.count)
      },
      finding() {
        const perSecond = worst / (rate.forMs / 1000)
        if (perSecond < rate.perSecond) return null
        return {
          severity: 'risk',
          sentence: `${formatRate(perSecond)} of polls for ${formatDelay(rate.forMs)}.`,
          proof: seen.proof(),
          figure: { measured: perSecond, threshold: rate.perSecond, unit: 'count' },
        }
      },
    }
  },
})

export const paceRules: readonly Rule[] = [tooFast, tooSlow, burden]
