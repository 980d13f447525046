// Rules about what event streams are not made for: binary data, and talk both ways.

import { formatCount } from '../../../../shared/text/units.ts'
import { createEvidence } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { ours } from '../shapes/sources.ts'
import { streamThresholds } from '../shapes/thresholds.ts'
import { percent, plural } from '../shapes/words.ts'

const { base64, oneWay } = streamThresholds

const binaryAsText = rule({
  id: 'sse-base64',
  title: 'The stream carries binary data as text.',
  speaks: `${base64.events} or more events, and at least ${percent(base64.share)} of all, hold ${base64.chars} or more characters of base64 in a row: a hint.`,
  why: 'Event streams are text, so binary data takes a third more bytes and is coded and decoded on the way.',
  source: ours,
  advice:
    'Send binary messages over a WebSocket, or send a URL from which the data can be fetched.',
  kinds: ['event'],
  create() {
    const seen = createEvidence()
    let events = 0
    return {
      add({ seq, start }) {
        events++
        if (start !== null && holdsBase64(start)) seen.add(seq)
      },
      finding() {
        if (seen.count < base64.events || seen.count < base64.share * events) return null
        return {
          severity: 'hint',
          sentence: `${formatCount(seen.count)} of ${plural(events, 'event', 'events')} hold ${base64.chars} or more characters of base64 in a row.`,
          proof: seen.proof(),
          figure: { measured: seen.count / events, threshold: base64.share, unit: 'share' },
        }
      },
    }
  },
})

/** Bytes of an event in which base64 is looked for. */
const lookedAt = 2048

/** Letters of both cases and digits in one run: a long word or a number has not all of them. */
function holdsBase64(bytes: Uint8Array): boolean {
  let [run, kinds] = [0, 0]
  for (const byte of bytes.subarray(0, lookedAt)) {
    const kind = kindOf(byte)
    run = kind === 0 ? 0 : run + 1
    kinds = kind === 0 ? 0 : kinds | kind
    if (run >= base64.chars && (kinds & everyKind) === everyKind) return true
  }
  return false
}

const everyKind = 7

/** 1 a capital, 2 a small letter, 4 a digit, 8 another character of base64, of URLs too; 0 no character of it. [rfc4648] 4, 5 */
function kindOf(byte: number): number {
  if (byte >= 0x41 && byte <= 0x5a) return 1
  if (byte >= 0x61 && byte <= 0x7a) return 2
  if (byte >= 0x30 && byte <= 0x39) return 4
  return byte === 0x2b || byte === 0x2f || byte === 0x2d || byte === 0x5f ? 8 : 0
}

const talkBack = rule({
  id: 'sse-one-way',
  title: 'Much is said beside a stream that goes one way.',
  speaks: `${oneWay.requests} or more requests were sent beside a stream, and fewer than ${oneWay.events} events came for each: a hint.`,
  why: 'Each request has a head of its own and its own way to the server, and its order to the events is not settled.',
  source: ours,
  advice:
    'Weigh a WebSocket: it carries both ways in order over one connection. Which Method? has the figures.',
  kinds: ['request', 'event'],
  create() {
    const seen = createEvidence()
    let events = 0
    let hasStream = false
    return {
      add({ frame, seq }) {
        if (frame.kind === 'event') events++
        else if (frame.detail.purpose === 'stream') hasStream = true
        else if (frame.detail.purpose === 'companion') seen.add(seq)
      },
      finding() {
        if (!hasStream || seen.count < oneWay.requests || events >= oneWay.events * seen.count)
          return null
        return {
          severity: 'hint',
          sentence: `${plural(seen.count, 'request was', 'requests were')} sent beside the stream, for ${plural(events, 'event', 'events')}.`,
          proof: seen.proof(),
          figure: { measured: seen.count, threshold: oneWay.requests, unit: 'count' },
        }
      },
    }
  },
})

export const fitnessRules: readonly Rule[] = [binaryAsText, talkBack]
