// Rules about the signs of life of a WebSocket.

import { formatDelay } from '../../../../shared/text/units.ts'
import { type ConnectionTrace, openedAt } from '../shapes/connectionTrace.ts'
import { createEvidence, proofOf } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { ours, rfc } from '../shapes/sources.ts'
import { webSocketThresholds } from '../shapes/thresholds.ts'
import { plural, spanWords } from '../shapes/words.ts'

const { pongMs, roundTrip, silenceMs } = webSocketThresholds

const noPong = rule({
  id: 'ws-pong-missing',
  title: 'Pings are not answered.',
  speaks: `A ping of ours has had no pong for ${spanWords(pongMs)}, or until the connection ended after that time: a risk, a fault where the connection was given up for it.`,
  why: 'The connection may be half-open: one side is gone, and the other does not know.',
  source: rfc(6455, '5.5.2'),
  advice: 'Answer each ping, or the last of several, with a pong that has its data.',
  kinds: ['ping', 'pong', 'error'],
  create() {
    const seen = createEvidence()
    const given = createEvidence()
    let [askedAt, askedSeq, worst] = [0, 0, 0]

    /** The ping that waits has waited until then. */
    function wait(at: number): void {
      if (askedSeq === 0 || at - askedAt <= pongMs) return
      worst = Math.max(worst, at - askedAt)
      seen.add(askedSeq)
      askedSeq = 0
    }

    return {
      add({ frame, seq }) {
        if (frame.kind === 'error') {
          if (frame.code === 'ws-no-pong') given.add(...(askedSeq > 0 ? [askedSeq] : []), seq)
        } else if (frame.kind === 'pong') {
          if (frame.direction !== 'in') return
          wait(frame.at)
          askedSeq = 0
        } else if (frame.direction === 'out') {
          wait(frame.at)
          // The first of those that wait; [rfc6455] 5.5.3: one pong may answer several.
          if (askedSeq !== 0) return
          askedAt = frame.at
          askedSeq = seq
        }
      },
      ended({ endAt }) {
        wait(endAt)
        askedSeq = 0
      },
      finding({ now, hasEnded }) {
        const waits = askedSeq > 0 && !hasEnded ? now - askedAt : 0
        const isLate = waits > pongMs
        if (given.count > 0)
          return {
            severity: 'fault',
            sentence: `${plural(given.count, 'connection was', 'connections were')} given up because no pong came.`,
            proof: given.proof(),
          }
        if (seen.count === 0 && !isLate) return null
        const longest = Math.max(worst, waits)
        return {
          severity: 'risk',
          sentence: `${plural(seen.count + (isLate ? 1 : 0), 'ping', 'pings')} had no pong within ${spanWords(pongMs)}, one for ${formatDelay(longest)}.`,
          proof: seen.count > 0 ? seen.proof() : proofOf(askedSeq),
          figure: { measured: longest, threshold: pongMs, unit: 'ms' },
        }
      },
    }
  },
})

const drift = rule({
  id: 'ws-rtt-drift',
  title: 'Round trips take longer and longer.',
  speaks: `Of ${roundTrip.least} or more pongs, one in twenty of the last ${roundTrip.last} took longer than ${roundTrip.aboveMs} ms and ${roundTrip.times} times as long as half of the first ${roundTrip.first}: a risk.`,
  why: 'The peer, or a queue on the way, no longer keeps up: messages are late by as much.',
  source: ours,
  advice: 'Look at the load of the server at that time, and at how much waits to be sent.',
  kinds: ['pong'],
  create() {
    const first: number[] = []
    const last: { readonly ms: number; readonly seq: number }[] = []
    let count = 0
    return {
      add({ frame, seq }) {
        const { rttMs } = frame.detail
        if (rttMs === undefined || frame.direction !== 'in') return
        count++
        if (first.length < roundTrip.first) first.push(rttMs)
        last.push({ ms: rttMs, seq })
        if (last.length > roundTrip.last) last.shift()
      },
      finding() {
        if (count < roundTrip.least) return null
        const usual = [...first].sort((a, b) => a - b)[first.length >> 1] ?? 0
        const slowest = [...last].sort((a, b) => b.ms - a.ms)
        const late = slowest[Math.floor(slowest.length / 20)]
        if (!late || late.ms <= roundTrip.aboveMs || late.ms <= roundTrip.times * usual) return null
        const seen = createEvidence()
        for (const { ms, seq } of last) if (ms >= late.ms) seen.add(seq)
        return {
          severity: 'risk',
          sentence: `Round trips took ${formatDelay(usual)} at first, and one in twenty of the last ${last.length} took ${formatDelay(late.ms)} or more.`,
          proof: seen.proof(),
          figure: { measured: late.ms, threshold: roundTrip.times * usual, unit: 'ms' },
        }
      },
    }
  },
})

const noHeartbeat = rule({
  id: 'ws-no-heartbeat',
  title: 'Nothing keeps the WebSocket alive.',
  speaks: `Not a byte crossed an open WebSocket either way, no ping either, for more than ${spanWords(silenceMs.hint)}: a hint, for more than ${spanWords(silenceMs.risk)}: a risk.`,
  why: 'Proxies, load balancers and mobile networks cut what is idle, many after 60 s, and neither side is told.',
  source: rfc(6455, '5.5.2'),
  advice: 'Let one side send a ping every 20 to 30 seconds.',
  kinds: ['message', 'ping', 'pong', 'fragment'],
  create() {
    let longest = { ms: 0, seqs: [] as readonly number[] }
    const note = (connection: ConnectionTrace, at: number, seq: number) => {
      const ms = idleMs(connection, at)
      if (ms > longest.ms) longest = { ms, seqs: [connection.activeSeq, seq] }
    }
    return {
      add({ frame, seq, connection }) {
        note(connection, frame.at, seq)
      },
      ended(connection) {
        note(connection, connection.endAt, connection.endSeq)
      },
      finding({ now, open }) {
        const openMs = open === null ? 0 : idleMs(open, now)
        const isOpen = open !== null && openMs > longest.ms
        const { ms, seqs } = isOpen ? { ms: openMs, seqs: [open.activeSeq] } : longest
        if (ms <= silenceMs.hint) return null
        const isRisk = ms > silenceMs.risk
        return {
          severity: isRisk ? 'risk' : 'hint',
          sentence: `Not a byte crossed the WebSocket for ${formatDelay(ms)}.`,
          proof: proofOf(...seqs),
          figure: { measured: ms, threshold: isRisk ? silenceMs.risk : silenceMs.hint, unit: 'ms' },
        }
      },
    }
  },
})

function idleMs(connection: ConnectionTrace, at: number): number {
  const isOpen = connection.purpose === 'handshake' && openedAt(connection) !== null
  return isOpen && connection.activeAt !== null ? at - connection.activeAt : 0
}

export const livenessRules: readonly Rule[] = [noPong, drift, noHeartbeat]
