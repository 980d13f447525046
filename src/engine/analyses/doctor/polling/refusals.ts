// Rules about polls that the server refuses for now, and about connections that polls do not keep.

import { headerValue } from '../../../../shared/frame/headerFields.ts'
import { openedAfterMs } from '../../../../shared/frame/httpDetail.ts'
import { formatDelay } from '../../../../shared/text/units.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { rfc } from '../shapes/sources.ts'
import { pollThresholds } from '../shapes/thresholds.ts'
import { percent, plural, spanWords } from '../shapes/words.ts'
import { createIntervals } from './pollRhythm.ts'

const { unkept } = pollThresholds

const tooMany = rule({
  id: 'poll-429',
  title: 'The server asks for fewer requests.',
  speaks:
    'An answer was 429, or 503 with Retry-After: a risk where a request came sooner than the answer asked for, or the answer named no time; else a hint.',
  why: 'Refused polls bring nothing, and who does not wait is often refused for longer.',
  source: rfc(6585, '4'),
  advice: 'Wait for as long as Retry-After says, then poll less often than before.',
  kinds: ['request', 'response'],
  create() {
    const refused = createEvidence()
    const impatient = createEvidence()
    let unnamed = 0
    let until: { readonly at: number; readonly seq: number } | null = null
    return {
      add({ frame, seq }) {
        const { purpose } = frame.detail
        if (purpose !== 'poll' && purpose !== 'long-poll') return
        if (frame.kind === 'request') {
          if (until !== null && frame.at < until.at - earlyMs) impatient.add(until.seq, seq)
          until = null
          return
        }
        const { status, headers } = frame.detail
        const named = headerValue(headers, 'retry-after')
        if (status !== 429 && (status !== 503 || named === null)) return
        refused.add(seq)
        const waitMs = retryAfterMs(named, frame.at)
        if (waitMs === null) unnamed++
        else until = { at: frame.at + waitMs, seq }
      },
      finding() {
        if (refused.count === 0) return null
        const answers = plural(refused.count, 'answer', 'answers')
        const sooner =
          impatient.count > 0
            ? `, and ${plural(impatient.count, 'request', 'requests')} came sooner than that`
            : ''
        return {
          severity: impatient.count > 0 || unnamed > 0 ? 'risk' : 'hint',
          sentence: `${answers} asked to wait before the next request${sooner}.`,
          proof: (impatient.count > 0 ? impatient : refused).proof(),
          figure: occurrences(refused.count),
        }
      },
    }
  },
})

/** Clocks and timers are no more exact. */
const earlyMs = 50

/** Seconds or a date. [rfc9110] 10.2.3; null for anything else. */
function retryAfterMs(value: string | null, at: number): number | null {
  if (value === null) return null
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - at)
}

const noKeepAlive = rule({
  id: 'poll-no-keepalive',
  title: 'Each poll opens a connection of its own.',
  speaks: `At least ${percent(unkept.share)} of ${unkept.least} or more answers over HTTP/1.1 came over a new connection, though the answers said Connection: close, or polls were less than ${spanWords(unkept.withinMs)} apart: a hint.`,
  why: 'Each connection costs one to three round trips before the request, and memory at both ends for minutes after.',
  source: rfc(9112, '9.3'),
  advice:
    'Keep connections open at the server and at the proxy in front of it for longer than the interval.',
  kinds: ['request', 'response'],
  create() {
    const fresh = createEvidence()
    const intervals = createIntervals()
    let [answers, closes, openingMs] = [0, 0, 0]
    return {
      add(one) {
        intervals.add(one, 'poll')
        if (one.frame.kind !== 'response' || one.frame.detail.purpose !== 'poll') return
        const { reused, httpVersion, timings, headers } = one.frame.detail
        if (httpVersion !== '1.1') return
        answers++
        // The first one has none to go over.
        if (answers === 1 || reused) return
        fresh.add(one.seq)
        openingMs += openedAfterMs(timings)
        if (/\bclose\b/i.test(headerValue(headers, 'connection') ?? '')) closes++
      },
      finding() {
        const others = answers - 1
        const everyMs = intervals.median()
        if (others < unkept.least || fresh.count < unkept.share * others || everyMs === null)
          return null
        const isAsked = closes >= unkept.share * fresh.count
        if (!isAsked && everyMs >= unkept.withinMs) return null
        const why = isAsked ? ', as the answers ask for with Connection: close' : ''
        return {
          severity: 'hint',
          sentence: `${plural(fresh.count, 'poll', 'polls')} opened a connection each, which took ${formatDelay(openingMs / fresh.count)}${why}.`,
          proof: fresh.proof(),
          figure: { measured: fresh.count / others, threshold: unkept.share, unit: 'share' },
        }
      },
    }
  },
})

export const refusalRules: readonly Rule[] = [tooMany, noKeepAlive]
