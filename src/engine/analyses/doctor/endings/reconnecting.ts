// Rules about the way in which connections come back.

import { formatCount, formatDelay } from '../../../../shared/text/units.ts'
import { openedAt } from '../shapes/connectionTrace.ts'
import { createEvidence } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { html, manual, ours } from '../shapes/sources.ts'
import { reconnectThresholds } from '../shapes/thresholds.ts'
import { plural, spanWords } from '../shapes/words.ts'

const { storm, equal, flap } = reconnectThresholds

/** Something that happened at these times, within a span. */
function createRecent(withinMs: number) {
  let times: readonly { readonly at: number; readonly seq: number }[] = []
  return {
    /** Answers how many there were within the span that ends with it. */
    add(at: number, seq: number): number {
      times = [...times.filter((one) => at - one.at <= withinMs), { at, seq }].slice(-most)
      return times.length
    },
    seqs: () => times.map(({ seq }) => seq),
  }
}

/** More are as bad. */
const most = 20

const retryStorm = rule({
  id: 'sse-retry-storm',
  title: 'The stream comes back again and again at once.',
  speaks: `${storm.count} or more reconnections within a minute, each after less than ${spanWords(storm.delayMs)}: a risk.`,
  why: 'Each client that does so asks as often as a fast poll; many of them after a restart keep the server down.',
  source: html('9.2.3'),
  advice: 'Send a larger retry, some seconds, and let the server keep the stream open.',
  kinds: ['wait'],
  create() {
    const recent = createRecent(storm.withinMs)
    const seen = createEvidence()
    let worst = 0
    return {
      add({ frame, seq, connection }) {
        const { delayMs, attempt } = frame.detail
        if (connection.purpose !== 'stream' || attempt === undefined || delayMs >= storm.delayMs)
          return
        worst = Math.max(worst, recent.add(frame.at, seq))
        seen.add(seq)
      },
      finding() {
        if (worst < storm.count) return null
        return {
          severity: 'risk',
          sentence: `${plural(worst, 'reconnection', 'reconnections')} within a minute, each after less than ${spanWords(storm.delayMs)}.`,
          proof: seen.proof(),
          figure: { measured: worst, threshold: storm.count, unit: 'count' },
        }
      },
    }
  },
})

const thundering = rule({
  id: 'reconnect-thundering',
  title: 'Reconnections all wait for the same time.',
  speaks: `${equal.count} or more waits before a reconnection that the server asked for, equal to ${equal.share * 100} %: a hint.`,
  why: 'After a restart all clients that wait for the same time come back at the same moment.',
  source: manual(
    'AWS, exponential backoff and jitter',
    'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
  ),
  advice: 'Vary what you send as retry or Retry-After from client to client by 20 to 50 %.',
  kinds: ['wait'],
  create() {
    const seen = createEvidence()
    let [least, most] = [Number.POSITIVE_INFINITY, 0]
    return {
      add({ frame, seq }) {
        const { reason, delayMs, attempt } = frame.detail
        if (attempt === undefined || (reason !== 'retry' && reason !== 'retry-after')) return
        least = Math.min(least, delayMs)
        most = Math.max(most, delayMs)
        seen.add(seq)
      },
      finding() {
        if (seen.count < equal.count || most - least > equal.share * most) return null
        return {
          severity: 'hint',
          sentence: `${plural(seen.count, 'reconnection', 'reconnections')} waited for ${formatDelay(most)} each, as the server asked.`,
          proof: seen.proof(),
          figure: { measured: seen.count, threshold: equal.count, unit: 'count' },
        }
      },
    }
  },
})

const flapping = rule({
  id: 'reconnect-flap',
  title: 'Connections open and are lost at once.',
  speaks: `${flap.count} or more connections within a minute opened and ended within ${spanWords(flap.lifeMs)}: a risk where they were cut or closed with an error, a hint where the answer ended in order.`,
  why: 'The server accepts and drops: a login that fails behind the handshake, a crash, or a stream that is used as a poll.',
  source: ours,
  advice:
    'Look at the log of the server at these times; let it refuse with a status what it does not want.',
  kinds: [],
  create() {
    const cut = createRecent(flap.withinMs)
    const over = createRecent(flap.withinMs)
    const worst = { cut: 0, over: 0 }
    const seen = { cut: createEvidence(), over: createEvidence() }
    return {
      ended(connection) {
        const { end, endAt, endSeq, goesOn } = connection
        const since = openedAt(connection)
        if (since === null || !goesOn || endAt - since >= flap.lifeMs || end.kind === 'stopped')
          return
        const isOver = end.kind === 'over' || (end.kind === 'close' && end.code === 1000)
        const kind = isOver ? 'over' : 'cut'
        worst[kind] = Math.max(worst[kind], (isOver ? over : cut).add(endAt, endSeq))
        seen[kind].add(endSeq)
      },
      finding() {
        const kind = worst.cut >= flap.count ? 'cut' : 'over'
        if (worst[kind] < flap.count) return null
        const how = kind === 'cut' ? 'were cut or closed' : 'ended in order'
        return {
          severity: kind === 'cut' ? 'risk' : 'hint',
          ...(kind === 'over' && { title: 'The stream is asked for again and again.' }),
          sentence: `${formatCount(worst[kind])} connections within a minute ${how} less than ${spanWords(flap.lifeMs)} after they had opened.`,
          proof: seen[kind].proof(),
          figure: { measured: worst[kind], threshold: flap.count, unit: 'count' },
        }
      },
    }
  },
})

export const reconnectingRules: readonly Rule[] = [retryStorm, thundering, flapping]
