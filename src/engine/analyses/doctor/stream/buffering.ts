// Rules about what holds a stream back on its way: buffers and compression.

import { headerValue } from '../../../../shared/frame/headerFields.ts'
import { formatCount, formatDelay } from '../../../../shared/text/units.ts'
import type { EndedConnection } from '../shapes/connectionTrace.ts'
import { createEvidence, proofOf } from '../shapes/evidence.ts'
import { intermediaryOf } from '../shapes/intermediaries.ts'
import { type Rule, rule, type Told } from '../shapes/rule.ts'
import { manual, rfc } from '../shapes/sources.ts'
import { streamThresholds } from '../shapes/thresholds.ts'
import { percent, plural } from '../shapes/words.ts'
import { type BurstsSeen, createBurstTally } from './burstTally.ts'

const { burst, atOnce, flushed } = streamThresholds
const nginx = manual(
  'nginx, proxy_buffering',
  'https://nginx.org/en/docs/http/ngx_http_proxy_module.html',
)

const buffered = rule({
  id: 'sse-buffered',
  title: 'The stream seems to be buffered on its way.',
  speaks: `At least ${percent(burst.share)} of the data came in ${burst.count} or more bursts of ${burst.least} or more within ${burst.withinMs} ms each, and the time between bursts is ${burst.ratio} times that inside: a risk where the bursts are of one size in bytes though not in number, as a buffer makes them, else a hint, for a server may send so; where most are of 1, 2, 4 … 64 KiB to within an event or ${percent(burst.tolerance)}, the size is told. A hint, too, where all data came together at the end. Nothing where the stream is compressed, which another rule tells.`,
  why: 'What waits in a buffer is late by as long as the buffer takes to fill, and the last events of a quiet stream never come.',
  source: `${nginx}; the measure is ours`,
  advice:
    'Turn buffering off for this path (nginx: proxy_buffering off, or X-Accel-Buffering: no in the answer), flush after each event, and do not compress the stream.',
  kinds: ['event', 'record'],
  create() {
    const tally = createBurstTally()
    let late: (EndedConnection & { readonly afterMs: number }) | null = null
    let isModel = false
    return {
      add(one) {
        const { frame, connection } = one
        // Its compression is told together with its bursts.
        if (frame.kind === 'event' && connection.response?.detail.contentEncoding) return
        tally.add(one)
      },
      answered() {
        isModel = true
      },
      ended(connection) {
        tally.over()
        const { data, request, firstDataAt, endAt, end } = connection
        if (connection.purpose !== 'stream' || end.kind !== 'over' || firstDataAt === null) return
        const afterMs = firstDataAt - (request?.at ?? firstDataAt)
        const isAtOnce = endAt - firstDataAt <= atOnce.withinMs
        if (data >= atOnce.least && afterMs >= atOnce.afterMs && isAtOnce)
          late = { ...connection, afterMs }
      },
      finding({ answers }) {
        const seen = tally.result()
        if (seen.isBursty) return inBursts(seen)
        // Of a model's answer another rule says so.
        if (late === null || isModel || answers.length > 0) return null
        return {
          severity: 'hint',
          title: 'All data came at the end.',
          sentence: `${plural(late.data, 'event', 'events')} came within ${atOnce.withinMs} ms, ${formatDelay(late.afterMs)} after the request, and the answer ended with them.`,
          proof: proofOf(...(late.response ? [late.response.seq] : []), late.cameSeq),
          figure: { measured: late.afterMs, threshold: atOnce.afterMs, unit: 'ms' },
        }
      },
    }
  },
})

function inBursts(seen: BurstsSeen): Told {
  const { data, bursts, inBursts, apartMs, leastBytes, mostBytes, evidence } = seen
  const isOneSize = mostBytes - leastBytes <= seen.largestFrame
  const size = seen.mostCount > seen.leastCount ? bufferOf(seen) : null
  const bytes =
    size !== null
      ? `, ${formatCount(size)} B a burst to within an event`
      : isOneSize
        ? `, ${formatCount((leastBytes + mostBytes) / 2)} ± ${formatCount((mostBytes - leastBytes) / 2)} B a burst`
        : ''
  return {
    severity: isOneSize && seen.mostCount > seen.leastCount ? 'risk' : 'hint',
    ...(size !== null && {
      advice: `Look for a buffer of ${formatCount(size)} B between the program that writes and this machine: 4 and 8 KiB are those of nginx, of stdio and of servlets, 16 and 32 KiB those of compression. Turn it off for this path (nginx: proxy_buffering off, or X-Accel-Buffering: no in the answer), and flush after each event.`,
    }),
    sentence: `${formatCount(inBursts)} of ${formatCount(data)} events came in ${plural(bursts, 'burst', 'bursts')} within a few milliseconds each${bytes}, ${formatDelay(apartMs)} apart.`,
    proof: evidence.proof(),
    figure: { measured: inBursts / data, threshold: burst.share, unit: 'share' },
  }
}

/** The size of a buffer that most bursts have filled; null without one. The last burst need not have. */
function bufferOf({ buffer, bursts }: BurstsSeen): number | null {
  if (buffer === null || buffer.bursts < burst.count) return null
  return buffer.bursts < burst.share * (bursts - 1) ? null : buffer.size
}

const compressed = rule({
  id: 'sse-compressed',
  title: 'The stream is compressed.',
  speaks: `An event stream has a Content-Encoding: a risk where its events come in bursts, a hint while fewer than ${flushed} events have come apart from others, nothing where they do.`,
  why: 'A compressor keeps events until its block is full, unless the server flushes after each of them.',
  source: manual(
    'compression, server-sent events',
    'https://expressjs.com/en/resources/middleware/compression.html',
  ),
  advice:
    'Leave text/event-stream out of compression, or flush after each event; Cache-Control: no-transform keeps others from compressing it.',
  kinds: ['response', 'event'],
  create() {
    const tally = createBurstTally()
    const seen = createEvidence()
    let coding = ''
    return {
      add(one) {
        const { frame, seq, connection } = one
        if (frame.kind === 'event') {
          if (connection.response?.detail.contentEncoding) tally.add({ ...one, frame })
          return
        }
        const { contentEncoding, purpose, status } = frame.detail
        if (purpose !== 'stream' || status !== 200 || !contentEncoding) return
        coding = contentEncoding
        seen.add(seq)
      },
      ended: tally.over,
      finding() {
        const { isBursty, apart, data } = tally.result()
        if (seen.count === 0 || (!isBursty && apart >= flushed)) return null
        const how = isBursty
          ? 'and its events come in bursts'
          : data === 0
            ? 'and no event shows yet that it is flushed'
            : `and ${plural(data, 'event does', 'events do')} not show yet that it is flushed`
        return {
          severity: isBursty ? 'risk' : 'hint',
          sentence: `The stream came with Content-Encoding: ${coding}, ${how}.`,
          proof: seen.proof(),
        }
      },
    }
  },
})

const noTransform = rule({
  id: 'sse-no-transform',
  title: 'What stands on the way may change the stream.',
  speaks:
    'An event stream came through a proxy that names itself, and its Cache-Control has neither no-transform nor no-cache nor no-store: a hint.',
  why: 'Proxies may then cache the stream, or compress it, and hold its events back for that.',
  source: rfc(9111, '5.2.2'),
  advice: 'Send Cache-Control: no-cache, no-transform.',
  kinds: ['response'],
  create() {
    const seen = createEvidence()
    let proxy = ''
    return {
      add({ frame, seq }) {
        const { purpose, status, headers } = frame.detail
        if (purpose !== 'stream' || status !== 200) return
        const found = intermediaryOf(headers)
        const control = headerValue(headers, 'cache-control') ?? ''
        if (found === null || /\bno-(?:transform|cache|store)\b/i.test(control)) return
        proxy = found
        seen.add(seq)
      },
      finding() {
        if (seen.count === 0) return null
        return {
          severity: 'hint',
          sentence: `The stream came through ${proxy}, without no-cache or no-transform in its Cache-Control.`,
          proof: seen.proof(),
        }
      },
    }
  },
})

export const bufferingRules: readonly Rule[] = [buffered, compressed, noTransform]
