// Rules about the heads of streams.

import { headerValue, isEventStream } from '../../../../shared/frame/headerFields.ts'
import { answeredAfterMs } from '../../../../shared/frame/httpDetail.ts'
import type { NamedValues } from '../../../../shared/text/namedValues.ts'
import { formatDelay } from '../../../../shared/text/units.ts'
import { createEvidence, occurrences, proofOf } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { html, manual, ours } from '../shapes/sources.ts'
import { streamThresholds } from '../shapes/thresholds.ts'
import { plural, quoted, spanWords } from '../shapes/words.ts'

const { heldHead, slowFirstByteMs } = streamThresholds

const contentType = rule({
  id: 'sse-content-type',
  title: 'The stream does not say that it is an event stream.',
  speaks:
    'An answer to an event source has status 200 and another Content-Type than text/event-stream: a fault where it was refused for that, a risk where the profile has it read as events all the same.',
  why: 'A browser’s EventSource fails for good, without coming back.',
  source: html('9.2.3'),
  advice: 'Send Content-Type: text/event-stream, with no other parameter than charset=utf-8.',
  kinds: ['response', 'error'],
  create() {
    const refused = createEvidence()
    const read = createEvidence()
    let type: string | null = null
    return {
      add({ frame, seq, connection }) {
        if (frame.kind === 'response') {
          if (frame.detail.stream !== 'sse' || isEventStream(frame.detail)) return
          read.add(seq)
          type = headerValue(frame.detail.headers, 'content-type')
        } else if (frame.code === 'sse-wrong-content-type') {
          refused.add(...(connection.response ? [connection.response.seq] : []), seq)
          type = headerValue(connection.response?.detail.headers ?? [], 'content-type')
        }
      },
      finding() {
        const isFault = refused.count > 0
        const seen = isFault ? refused : read
        if (seen.count === 0) return null
        return {
          severity: isFault ? 'fault' : 'risk',
          sentence: `The answer has ${type === null ? 'no Content-Type' : `Content-Type ${quoted(type)}`}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

const noContent = rule({
  id: 'sse-status-204',
  title: 'The server tells clients to stay away.',
  speaks: 'The first answer to an event source is 204, before any event has come: a hint.',
  why: 'A browser’s EventSource stops at a 204 and does not come back. After a stream that is complete that is its purpose.',
  source: html('9.2.3'),
  advice:
    'Answer with 200 and an open stream if events are still to come; keep 204 for “there is nothing more”.',
  kinds: ['response'],
  create() {
    let data = false
    let seq204 = 0
    return {
      add({ frame, seq, connection }) {
        data ||= connection.data > 0
        const { purpose, status } = frame.detail
        if (purpose === 'stream' && status === 204 && !data) seq204 = seq
      },
      ended(connection) {
        data ||= connection.data > 0
      },
      finding: () =>
        seq204 === 0
          ? null
          : {
              severity: 'hint',
              sentence: 'The answer was 204 before any event had come.',
              proof: proofOf(seq204),
            },
    }
  },
})

const cors = rule({
  id: 'sse-cors',
  title: 'A browser on another origin may not read this.',
  speaks:
    'A request named its Origin, and the answer has no Access-Control-Allow-Origin that fits, or * though the request had credentials: a risk.',
  why: 'Lifeline reads it, but a page of that origin gets an error and no data.',
  source: manual('Fetch, CORS protocol', 'https://fetch.spec.whatwg.org/#http-cors-protocol'),
  advice:
    'Answer with Access-Control-Allow-Origin and the origin itself, with credentials also with Access-Control-Allow-Credentials: true.',
  kinds: ['response'],
  create() {
    const seen = createEvidence()
    let why = ''
    return {
      add({ frame, seq, connection }) {
        const { purpose, headers, status } = frame.detail
        if (purpose === 'handshake' || status >= 400 || connection.request === null) return
        const asked = connection.request.detail
        const flaw = corsFlaw(asked.headers, headers)
        if (flaw === null) return
        why = flaw
        seen.add(seq)
      },
      finding() {
        if (seen.count === 0) return null
        return {
          severity: 'risk',
          sentence: why,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

/** What keeps a page of another origin from reading an answer; null where nothing does, or nobody asked. */
function corsFlaw(asked: NamedValues, answered: NamedValues): string | null {
  const origin = headerValue(asked, 'origin')
  if (origin === null) return null
  const allowed = headerValue(answered, 'access-control-allow-origin')
  if (allowed === null)
    return `The request named ${quoted(origin)} as its origin, and the answer allows none.`
  if (allowed !== '*')
    return allowed === origin
      ? null
      : `The request named ${quoted(origin)} as its origin, and the answer allows ${quoted(allowed)}.`
  const hasCredentials = ['cookie', 'authorization'].some(
    (name) => headerValue(asked, name) !== null,
  )
  return hasCredentials
    ? 'The request had credentials, and the answer allows * as origin, which is not for them.'
    : null
}

const held = rule({
  id: 'ttfb-held',
  title: 'The head of the answer is held until there is data.',
  speaks: `The head of a stream that was asked for by GET came later than ${spanWords(heldHead.lateMs)} after the request, and the first data within ${heldHead.withinMs} ms of it: a hint.`,
  why: 'Until the head is there a client does not know whether it is connected, and proxies that wait for an answer may give up.',
  source: ours,
  advice: 'Flush the head at once, and send a comment line behind it.',
  kinds: ['event', 'record'],
  create() {
    let worst = { ms: 0, seqs: [] as readonly number[] }
    return {
      add({ frame, seq, connection: { request, response, data } }) {
        if (data > 0 || response === null || request?.detail.method !== 'GET') return
        const ms = answeredAfterMs(response.detail.timings) ?? 0
        if (frame.at - response.at > heldHead.withinMs || ms <= Math.max(worst.ms, heldHead.lateMs))
          return
        worst = { ms, seqs: [request.seq, response.seq, seq] }
      },
      finding: () =>
        worst.ms === 0
          ? null
          : {
              severity: 'hint',
              sentence: `The head came ${formatDelay(worst.ms)} after the request, together with the first data.`,
              proof: proofOf(...worst.seqs),
              figure: { measured: worst.ms, threshold: heldHead.lateMs, unit: 'ms' },
            },
    }
  },
})

const slow = rule({
  id: 'ttfb-slow',
  title: 'The first byte of the answer is late.',
  speaks: `The head of an answer to GET, a long poll's aside, came later than ${spanWords(slowFirstByteMs)} after the request: a hint.`,
  why: 'Users wait, and proxies that give an answer some seconds only may cut it off.',
  source: ours,
  advice:
    'Look at what the server does before it answers; a stream’s head needs nothing but to be flushed.',
  kinds: ['response'],
  create() {
    const seen = createEvidence()
    let worst = 0
    return {
      add({ frame, seq, connection: { request } }) {
        const { purpose, timings } = frame.detail
        if (purpose === 'long-poll' || request?.detail.method !== 'GET') return
        const ms = answeredAfterMs(timings) ?? 0
        if (ms <= slowFirstByteMs) return
        worst = Math.max(worst, ms)
        seen.add(request.seq, seq)
      },
      finding() {
        if (seen.count === 0) return null
        return {
          severity: 'hint',
          sentence: `${plural(seen.count, 'answer', 'answers')} began later than ${spanWords(slowFirstByteMs)} after the request, the latest after ${formatDelay(worst)}.`,
          proof: seen.proof(),
          figure: { measured: worst, threshold: slowFirstByteMs, unit: 'ms' },
        }
      },
    }
  },
})

export const headRules: readonly Rule[] = [contentType, noContent, cors, held, slow]
