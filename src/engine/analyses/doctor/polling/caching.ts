// Rules about validators and caches of polled answers.

import { headerValue } from '../../../../shared/frame/headerFields.ts'
import { formatDelay, formatSize } from '../../../../shared/text/units.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { rfc } from '../shapes/sources.ts'
import { pollThresholds } from '../shapes/thresholds.ts'
import { plural, spanWords } from '../shapes/words.ts'
import { askedFor, createIntervals, pollAnswer } from './pollRhythm.ts'

const { ignored, unvalidated, staleMs } = pollThresholds

const etagIgnored = rule({
  id: 'poll-etag-ignored',
  title: 'The server ignores that nothing has changed.',
  speaks: `${ignored} or more answers were 200 with the body that was known, though the request had named it by If-None-Match or If-Modified-Since: a risk where the answer has the same entity tag as the request, else a hint.`,
  why: 'The whole body crosses the wire again each time, where 304 without a body would have said the same.',
  source: rfc(9110, '13.1'),
  advice: 'Compare If-None-Match with the current entity tag, and answer 304 where it is the same.',
  kinds: ['response'],
  create() {
    const seen = createEvidence()
    let bytes = 0
    let same = 0
    return {
      add(one) {
        const answer = pollAnswer(one, 'poll')
        if (answer?.status !== 200 || answer.changed !== false) return
        const asked = askedFor(one)?.headers ?? []
        const tag = headerValue(asked, 'if-none-match')
        if (tag === null && headerValue(asked, 'if-modified-since') === null) return
        seen.add(one.seq)
        bytes += one.frame.wireBytes
        if (tag !== null && headerValue(answer.headers, 'etag') === tag) same++
      },
      finding() {
        if (seen.count < ignored) return null
        return {
          severity: same >= ignored ? 'risk' : 'hint',
          sentence: `${plural(seen.count, 'answer', 'answers')} brought the body that the request had named as known, ${formatSize(bytes)} in all.`,
          proof: seen.proof(),
          figure: occurrences(seen.count, ignored),
        }
      },
    }
  },
})

const noValidator = rule({
  id: 'poll-no-validator',
  title: 'Nothing lets the client ask whether something has changed.',
  speaks: `${unvalidated.least} or more answers of more than ${formatSize(unvalidated.bytes)} were the same as before and had neither ETag nor Last-Modified: a hint.`,
  why: 'Without a validator each answer has to be whole, also when it is the same.',
  source: rfc(9110, '8.8'),
  advice: 'Send an ETag, and answer 304 to a request that names it in If-None-Match.',
  kinds: ['response'],
  create() {
    const seen = createEvidence()
    let bytes = 0
    return {
      add(one) {
        const answer = pollAnswer(one, 'poll')
        const { sizeBytes, wireBytes } = one.frame
        if (answer?.status !== 200 || answer.changed !== false || sizeBytes <= unvalidated.bytes)
          return
        const isNamed = ['etag', 'last-modified'].some(
          (name) => headerValue(answer.headers, name) !== null,
        )
        if (isNamed) return
        seen.add(one.seq)
        bytes += wireBytes
      },
      finding() {
        if (seen.count < unvalidated.least) return null
        return {
          severity: 'hint',
          sentence: `${plural(seen.count, 'answer', 'answers')} without a validator brought nothing new, ${formatSize(bytes)} in all.`,
          proof: seen.proof(),
          figure: occurrences(seen.count, unvalidated.least),
        }
      },
    }
  },
})

const cached = rule({
  id: 'poll-cached',
  title: 'Answers come out of a cache.',
  speaks: `An answer was ${spanWords(staleMs)} old or older by its Age, or may be kept for longer than the time from one poll to the next: a hint.`,
  why: 'What is polled can’t be newer than the cache on the way, however often is asked.',
  source: rfc(9111, '5'),
  advice: 'Send Cache-Control: no-cache or a shorter max-age for what is polled.',
  kinds: ['request', 'response'],
  create() {
    const old = createEvidence()
    const kept = createEvidence()
    const intervals = createIntervals()
    let oldestMs = 0
    let maxAgeMs = 0
    return {
      add(one) {
        intervals.add(one, 'poll')
        const freshness = pollAnswer(one, 'poll')?.freshness
        if (!freshness || freshness.uncached) return
        if ((freshness.ageMs ?? 0) >= staleMs) {
          old.add(one.seq)
          oldestMs = Math.max(oldestMs, freshness.ageMs ?? 0)
        }
        const everyMs = intervals.median()
        if (everyMs === null || (freshness.maxAgeMs ?? 0) <= everyMs) return
        kept.add(one.seq)
        maxAgeMs = Math.max(maxAgeMs, freshness.maxAgeMs ?? 0)
      },
      finding() {
        const isOld = old.count > 0
        const seen = isOld ? old : kept
        if (seen.count === 0) return null
        const answers = plural(seen.count, 'answer', 'answers')
        return {
          severity: 'hint',
          sentence: isOld
            ? `${answers} came out of a cache, up to ${formatDelay(oldestMs)} old.`
            : `${answers} may be kept for ${formatDelay(maxAgeMs)}, longer than the time between two polls.`,
          proof: seen.proof(),
          figure: isOld
            ? { measured: oldestMs, threshold: staleMs, unit: 'ms' }
            : { measured: maxAgeMs, threshold: intervals.median() ?? 0, unit: 'ms' },
        }
      },
    }
  },
})

export const cachingRules: readonly Rule[] = [etagIgnored, noValidator, cached]
