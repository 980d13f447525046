// Rules about requests of an application protocol: those that get no answer, and those that fail.

import { isModelApi } from '../../../../shared/frame/modelApis.ts'
import { isFailure, type Packet } from '../../../../shared/frame/packet.ts'
import { protocolName } from '../../../../shared/frame/protocolName.ts'
import { formatCount, formatDelay } from '../../../../shared/text/units.ts'
import { createDistribution } from '../../numbers/distribution.ts'
import { createEvidence } from '../shapes/evidence.ts'
import { type Rule, rule, type SeenOf } from '../shapes/rule.ts'
import { ours } from '../shapes/sources.ts'
import { appThresholds } from '../shapes/thresholds.ts'
import { percent, plural, quoted, spanWords } from '../shapes/words.ts'

const { answerMs, answerTimes, openRequests, errors, names } = appThresholds

/** Where packets stand. */
const dataKinds = ['message', 'event', 'record', 'request', 'response'] as const

/** A frame of ours with requests that wait. */
interface Waiting {
  /** Or when something was last told of it. */
  at: number
  /** See `heldBy`. */
  readonly connection: number
  readonly name: string
  /** Of its first request. */
  readonly key: string | null
  open: number
}

/** The connection with which its answer is lost; 0 of a companion request, which has one of its own. */
function heldBy({ kind, connection, detail }: SeenOf<(typeof dataKinds)[number]>['frame']): number {
  return kind === 'request' && detail.purpose === 'companion' ? 0 : connection
}

function keyOf({ protocol, key }: Packet): string | null {
  return key === undefined ? null : `${protocol} ${key}`
}

const noAnswer = rule({
  id: 'app-no-answer',
  title: 'Requests get no answer.',
  speaks: `A request of ours waits for longer than ${spanWords(answerMs)} and than ${answerTimes} times as long as 95 % of the others had to, and nothing told of its progress or called it off, or the server ended its connection before: a risk. Models may think for longer.`,
  why: 'The program waits for it, often for ever: few protocols have a time limit of their own.',
  source: ours,
  advice: 'Look for the request in the log of the server; let the client give up after a time.',
  kinds: dataKinds,
  create() {
    const waiting = new Map<number, Waiting>()
    const byKey = new Map<string, Waiting>()
    const answered = createDistribution()
    const lost = createEvidence()
    let lostName = ''
    /** Of those that waited for too long until the user ended their connection, the one that waited longest. */
    let longest = { name: '', ms: 0 }

    function ask(at: number, connection: number, seq: number, packets: readonly Packet[]): void {
      // Of a model's answer other rules tell how long it takes.
      const asking = packets.filter(({ asks, protocol }) => asks && !isModelApi(protocol))
      const [first] = asking
      if (!first) return
      const [name, key] = [first.name ?? first.type, keyOf(first)]
      const one = { at, connection, name, key, open: asking.length }
      waiting.set(seq, one)
      if (key !== null) byKey.set(key, one)
      const [oldest] = waiting.keys()
      if (waiting.size > openRequests && oldest !== undefined) forget(oldest)
    }

    function limit(): number {
      return Math.max(answerMs, answerTimes * (answered.result()?.p95 ?? 0))
    }

    function forget(seq: number): void {
      const one = waiting.get(seq)
      waiting.delete(seq)
      if (one && one.key !== null && byKey.get(one.key) === one) byKey.delete(one.key)
    }

    function answer(packet: Packet, seq: number, at: number): void {
      if (packet.answers === undefined) {
        const key = packet.asks ? null : keyOf(packet)
        const of = key === null ? undefined : byKey.get(key)
        if (of) of.at = at
        return
      }
      if (packet.latencyMs !== undefined) answered.add(Math.max(0, packet.latencyMs), seq)
      close(packet.answers)
    }

    /** One of this frame's has its answer, or is called off. */
    function close(seq: number): void {
      const asked = waiting.get(seq)
      if (asked && --asked.open <= 0) forget(seq)
    }

    return {
      add({ frame, seq, packets }) {
        if (packets.length === 0) return
        if (frame.direction === 'out') {
          ask(frame.at, heldBy(frame), seq, packets)
          for (const { cancels } of packets) if (cancels !== undefined) close(cancels)
        } else for (const packet of packets) answer(packet, seq, frame.at)
      },
      ended({ number, end, endAt }) {
        const isOurs = end.kind === 'stopped' || (end.kind === 'close' && end.by === 'client')
        const limitMs = limit()
        for (const [seq, { connection, name, at }] of waiting) {
          if (connection !== number) continue
          forget(seq)
          const ms = endAt - at
          if (isOurs && ms <= limitMs) continue
          lost.add(seq)
          lostName = name
          if (isOurs && ms > longest.ms) longest = { name, ms }
        }
      },
      finding({ now, stoppedAt }) {
        const limitMs = limit()
        const until = stoppedAt ?? now
        const late = [...waiting].filter(([, { at }]) => until - at > limitMs)
        if (late.length + lost.count === 0) return null
        const waits = late
          .map(([, { name, at }]) => ({ name, ms: until - at }))
          .reduce((most, one) => (one.ms > most.ms ? one : most), longest)
        const seen = createEvidence()
        for (const seq of [...lost.proof().frames, ...late.map(([seq]) => seq)]) seen.add(seq)
        const count = late.length + lost.count
        const sentence =
          waits.ms > 0
            ? `${plural(count, 'request has', 'requests have')} no answer, the oldest, ${quoted(waits.name)}, for ${formatDelay(waits.ms)}.`
            : `${plural(count, 'request', 'requests')} had no answer when the connection ended, such as ${quoted(lostName)}.`
        return {
          severity: 'risk',
          sentence,
          proof: { ...seen.proof(), frameCount: count },
          figure: { measured: waits.ms, threshold: limitMs, unit: 'ms' },
        }
      },
    }
  },
})

const errorRate = rule({
  id: 'app-error-rate',
  title: 'Many requests fail.',
  speaks: `At least ${percent(errors.share)} of ${errors.answers} or more answers are errors in the words of their protocol: a risk.`,
  why: 'The transport works, so nothing else shows that the program does not get what it asks for.',
  source: ours,
  advice:
    'Look at the errors of the name that fails the most; the statistics have the counts of each.',
  kinds: dataKinds,
  create() {
    const failed = createEvidence()
    const byName = new Map<string, number>()
    let answers = 0
    let protocol = ''
    return {
      add({ frame, seq, packets }) {
        if (frame.direction !== 'in') return
        for (const packet of packets) {
          const isError = isFailure(packet)
          if (packet.answers === undefined && !isError) continue
          answers++
          if (!isError) continue
          failed.add(seq)
          protocol = packet.protocol
          const name = packet.name ?? packet.type
          if (byName.has(name) || byName.size < names) byName.set(name, (byName.get(name) ?? 0) + 1)
        }
      },
      finding() {
        if (answers < errors.answers || failed.count < errors.share * answers) return null
        const [worst] = [...byName].sort((a, b) => b[1] - a[1])
        const most = worst ? `, ${formatCount(worst[1])} of them of ${quoted(worst[0])}` : ''
        return {
          severity: 'risk',
          sentence: `${formatCount(failed.count)} of ${plural(answers, 'answer', 'answers')} of ${protocolName(protocol)} are errors${most}.`,
          proof: failed.proof(),
          figure: { measured: failed.count / answers, threshold: errors.share, unit: 'share' },
        }
      },
    }
  },
})

export const appAnswerRules: readonly Rule[] = [noAnswer, errorRate]
