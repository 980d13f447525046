// The rule about how many streams a browser holds open to one host.

import { openedAt } from '../shapes/connectionTrace.ts'
import { proofOf } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { manual } from '../shapes/sources.ts'
import { streamThresholds } from '../shapes/thresholds.ts'
import { plural } from '../shapes/words.ts'

const { hint, most } = streamThresholds.browserStreams

const connectionLimit = rule({
  id: 'sse-http1-limit',
  title: 'A browser would soon have no connection left for this host.',
  speaks: `${hint} or more streams or long polls of this window are open at once to one origin, this one over HTTP/1.1: a hint, and from ${most} on a risk.`,
  why: `Browsers hold ${most} connections to a host over HTTP/1.1, for all tabs together: what is asked for after that waits until one ends.`,
  source: manual(
    'MDN, EventSource',
    'https://developer.mozilla.org/en-US/docs/Web/API/EventSource',
  ),
  advice:
    'Serve the streams over HTTP/2, which has them share a connection, or send all topics over one stream.',
  kinds: ['response'],
  create: () => ({
    finding({ open, streamsBeside }) {
      const response = open?.response
      const isStream = open !== null && open.purpose === 'stream' && openedAt(open) !== null
      if (!isStream || !response || !isHttp1(response.detail.httpVersion)) return null
      const streams = streamsBeside + 1
      if (streams < hint) return null
      return {
        severity: streams < most ? 'hint' : 'risk',
        sentence: `${plural(streams, 'stream or long poll', 'streams and long polls')} of this window are open to this origin, this one over HTTP/${response.detail.httpVersion}.`,
        proof: proofOf(response.seq),
        figure: { measured: streams, threshold: hint, unit: 'count' },
      }
    },
  }),
})

function isHttp1(version: string): boolean {
  return version.startsWith('1.')
}

export const browserLimitRules: readonly Rule[] = [connectionLimit]
