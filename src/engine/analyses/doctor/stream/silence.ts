// Rules about streams on which nothing comes for long.

import { formatDelay } from '../../../../shared/text/units.ts'
import type { ConnectionTrace } from '../shapes/connectionTrace.ts'
import { proofOf } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { html } from '../shapes/sources.ts'
import { streamThresholds } from '../shapes/thresholds.ts'
import { spanWords } from '../shapes/words.ts'

interface Silence {
  readonly ms: number
  readonly seqs: readonly number[]
}

const { silenceMs } = streamThresholds

/** [spec] HTML 9.2.7: proxies drop connections on which nothing comes for a short time. */
const noHeartbeat = rule({
  id: 'sse-no-heartbeat',
  title: 'Nothing keeps the stream alive.',
  speaks: `Not a byte came on an open stream for more than ${spanWords(silenceMs.hint)}: a hint; for more than ${spanWords(silenceMs.risk)}: a risk.`,
  why: 'Proxies, load balancers and mobile networks drop connections on which nothing comes, many after 60 s and some sooner. Neither side is told.',
  source: html('9.2.7'),
  advice:
    'Send a comment line (a colon and an empty line) every 15 seconds while there is nothing else to say.',
  kinds: ['event', 'record', 'comment', 'retry', 'ignored'],
  create() {
    let longest: Silence = { ms: 0, seqs: [] }
    return {
      add({ frame, seq, connection }) {
        const ms = silentMs(connection, frame.at)
        if (ms > longest.ms) longest = { ms, seqs: [connection.cameSeq, seq] }
      },
      ended(connection) {
        const ms = silentMs(connection, connection.endAt)
        if (ms > longest.ms) longest = { ms, seqs: [connection.cameSeq, connection.endSeq] }
      },
      finding({ now, open }) {
        const openMs = open === null ? 0 : silentMs(open, now)
        const { ms, seqs } =
          openMs > longest.ms ? { ms: openMs, seqs: [open?.cameSeq ?? 0] } : longest
        if (ms <= silenceMs.hint) return null
        const isRisk = ms > silenceMs.risk
        const limits = ms > silenceMs.cut ? ', and many proxies cut after 60 s' : ''
        return {
          severity: isRisk ? 'risk' : 'hint',
          sentence: `Not a byte came for ${formatDelay(ms)}${limits}.`,
          proof: proofOf(...seqs),
          figure: {
            measured: ms,
            threshold: isRisk ? silenceMs.risk : silenceMs.hint,
            unit: 'ms',
          },
        }
      },
    }
  },
})

/** How long nothing had come on an open stream. */
function silentMs({ purpose, response, cameAt }: ConnectionTrace, at: number): number {
  const isOpen = purpose === 'stream' && response?.detail.status === 200
  return isOpen && cameAt !== null ? at - cameAt : 0
}

export const silenceRules: readonly Rule[] = [noHeartbeat]
