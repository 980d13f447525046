// Rules about connections that are cut after the same time, as limits of proxies and platforms do it.

import { formatDelay } from '../../../../shared/text/units.ts'
import { type EndedConnection, openedAt } from '../shapes/connectionTrace.ts'
import { createEvidence, type Evidence } from '../shapes/evidence.ts'
import { intermediaryOf } from '../shapes/intermediaries.ts'
import { areAlike, whoseIdleLimit, whoseLifeLimit } from '../shapes/knownLimits.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { ours } from '../shapes/sources.ts'
import { endThresholds } from '../shapes/thresholds.ts'
import { plural, spanWords } from '../shapes/words.ts'

const { sameMs, leastAgeMs, leastIdleMs, flowing } = endThresholds

/** Times that are alike, the newest and those before it. */
interface AlikeTimes {
  readonly evidence: Evidence
  readonly ms: number
}

function createAlikeTimes() {
  let group: AlikeTimes | null = null
  return {
    add(ms: number, seq: number): void {
      if (group === null || !areAlike(ms, group.ms)) {
        // A limit that was seen twice is not forgotten for one other time.
        if (group !== null && group.evidence.count > 1) return
        group = { evidence: createEvidence(), ms }
      }
      group.evidence.add(seq)
    },
    result: (): AlikeTimes | null => group,
  }
}

/** The peer, or what stands between, ended a connection that was open. */
function isCut({ end }: EndedConnection): boolean {
  if (end.kind === 'error') return !ownErrors.has(end.code)
  return end.kind === 'over' || (end.kind === 'close' && end.by === 'server' && end.code === 1001)
}

/** By which Lifeline itself breaks off. */
const ownErrors: ReadonlySet<string> = new Set([
  'http-timeout',
  'silence-timeout',
  'message-too-large',
  'ws-no-pong',
  'ws-protocol-error',
  'ws-invalid-utf8',
  'internal',
])

const limitsTable =
  'the manuals of nginx, AWS, Azure, Cloudflare, Google Cloud and Heroku; the measure is ours'

const idleClose = rule({
  id: 'stream-idle-close',
  title: 'The connection is cut when it is silent for long.',
  speaks: `A stream or a WebSocket ended after a silence of at least ${spanWords(leastIdleMs)}, twice after the same one (to ${spanWords(sameMs)}), or once after one that is a known limit: a risk if it was twice, by a cut or a known limit, or once and a proxy names itself, else a hint.`,
  why: 'Load balancers and proxies cut what is idle, often without telling the server; what is sent then is lost.',
  source: limitsTable,
  advice:
    'Send something at least every half of that time: comment lines on a stream, pings on a WebSocket. Or raise the limit.',
  kinds: ['response'],
  create() {
    const times = createAlikeTimes()
    let proxy: string | null = null
    let hasBeenCut = false
    return {
      add({ frame }) {
        proxy = intermediaryOf(frame.detail.headers) ?? proxy
      },
      ended(connection) {
        const since = connection.cameAt
        if (openedAt(connection) === null || since === null || !isCut(connection)) return
        const ms = connection.endAt - since
        if (ms < leastIdleMs) return
        times.add(ms, connection.endSeq)
        hasBeenCut ||= connection.end.kind === 'error'
      },
      finding() {
        const alike = times.result()
        if (alike === null) return null
        const { evidence, ms } = alike
        const whose = whoseIdleLimit(ms)
        const isTwice = evidence.count > 1
        if (!isTwice && whose === null) return null
        // Without either, the server may have said all that it had to say.
        const isLimit = whose !== null || hasBeenCut
        const isSure = isTwice ? isLimit : proxy !== null
        const could =
          whose === null
            ? ''
            : `, which could be a limit such as ${whose} ${isOne(whose) ? 'has' : 'have'} by default`
        return {
          severity: isSure ? 'risk' : 'hint',
          sentence: `${plural(evidence.count, 'connection', 'connections')} ended after ${formatDelay(ms)} of silence${could}.`,
          proof: evidence.proof(),
          figure: { measured: ms, threshold: leastIdleMs, unit: 'ms' },
        }
      },
    }
  },
})

function isOne(whose: string): boolean {
  return !/ and |s$/.test(whose)
}

const lifetimeClose = rule({
  id: 'stream-lifetime-close',
  title: 'Connections end at the same age though data flows.',
  speaks: `Two or more streams or WebSockets were cut, not closed or ended in order, at the same age (to ${spanWords(sameMs)} or 2 %) of at least ${spanWords(leastAgeMs)}, with data until shortly before: a risk. Where only one was seen and the session ended by it, at an age that is a known limit: a hint.`,
  why: 'Some platforms take the time limit of a request for that of a stream and cut it in the middle, whatever flows.',
  source: limitsTable,
  advice:
    'Raise the limit for this path, or end and reopen the stream before it, with ids from which the client can resume.',
  kinds: [],
  create() {
    const times = createAlikeTimes()
    let goesOn = true
    return {
      ended(connection) {
        const since = openedAt(connection)
        if (since === null || connection.end.kind === 'over' || !isCut(connection)) return
        const ageMs = connection.endAt - since
        const silentMs = connection.endAt - (connection.lastDataAt ?? since)
        if (ageMs < leastAgeMs || silentMs > flowing * ageMs) return
        times.add(ageMs, connection.endSeq)
        goesOn = connection.goesOn
      },
      finding() {
        const alike = times.result()
        if (alike === null) return null
        const { evidence, ms } = alike
        const whose = whoseLifeLimit(ms)
        if (evidence.count < 2 && (goesOn || whose === null)) return null
        const could = whose === null ? '' : `, which could be a limit such as that of ${whose}`
        return {
          severity: evidence.count > 1 ? 'risk' : 'hint',
          sentence: `${plural(evidence.count, 'connection', 'connections')} ended ${formatDelay(ms)} after opening, while data flowed${could}.`,
          proof: evidence.proof(),
          figure: { measured: ms, threshold: leastAgeMs, unit: 'ms' },
        }
      },
    }
  },
})

const cleanEnd = rule({
  id: 'sse-clean-end',
  title: 'The server ends the stream after the same time.',
  speaks: `Two or more answers of a stream ended in order at the same age (to ${spanWords(sameMs)} or 2 %) of at least ${spanWords(leastAgeMs)}: a hint.`,
  why: 'Each end costs a new connection, and what happens between two of them comes late or, without ids, never.',
  source: ours,
  advice:
    'Look for a time limit of the server or its platform; if it has to be, send ids and a short retry.',
  kinds: [],
  create() {
    const times = createAlikeTimes()
    return {
      ended(connection) {
        const since = openedAt(connection)
        if (since === null || connection.end.kind !== 'over' || !connection.goesOn) return
        const ageMs = connection.endAt - since
        // A silence before it is another rule's.
        const silentMs = connection.endAt - (connection.cameAt ?? since)
        if (ageMs >= leastAgeMs && silentMs < leastIdleMs) times.add(ageMs, connection.endSeq)
      },
      finding() {
        const alike = times.result()
        if (alike === null || alike.evidence.count < 2) return null
        const { evidence, ms } = alike
        const whose = whoseLifeLimit(ms)
        const could = whose === null ? '' : `, which could be a limit such as that of ${whose}`
        return {
          severity: 'hint',
          sentence: `${plural(evidence.count, 'answer', 'answers')} ended in order ${formatDelay(ms)} after opening${could}.`,
          proof: evidence.proof(),
          figure: { measured: ms, threshold: leastAgeMs, unit: 'ms' },
        }
      },
    }
  },
})

export const limitRules: readonly Rule[] = [idleClose, lifetimeClose, cleanEnd]
