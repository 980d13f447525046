// The rule about heartbeats that the server asks for and the client does not send.

import type { Packet } from '../../../../shared/frame/packet.ts'
import { protocolName } from '../../../../shared/frame/protocolName.ts'
import { formatDelay } from '../../../../shared/text/units.ts'
import { serverCode } from '../shapes/connectionTrace.ts'
import { createEvidence } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { manual } from '../shapes/sources.ts'
import { appThresholds, webSocketThresholds } from '../shapes/thresholds.ts'
import { plural, spanWords } from '../shapes/words.ts'

const { pongMs } = webSocketThresholds
const { pongTimes } = appThresholds

/** It goes away, restarts, or is overloaded: it says so, and no pong would have kept it. [iana] close codes */
const otherReasons: ReadonlySet<number | null> = new Set([1001, 1012, 1013])

/** A message of the server that asks whether the client is there. */
interface Asked {
  readonly connection: number
  readonly seq: number
  readonly at: number
  readonly protocol: string
}

const unanswered = rule({
  id: 'app-pong-missing',
  title: 'The server’s heartbeats are not answered.',
  speaks: `The server ended a WebSocket, or it broke, while a ping of its application protocol had waited for the client’s pong for ${spanWords(pongMs)} or longer, and for ${pongTimes} times as long as any that was answered on the connection: a risk. Where the server says that it goes away, restarts or is overloaded (1001, 1012, 1013), that is the reason.`,
  why: 'The server takes a client that is silent for gone, and cuts the connection, however many messages it takes.',
  source: `${manual('Engine.IO protocol', 'https://github.com/socketio/engine.io-protocol')}; ${manual('Pusher Channels protocol', 'https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/')}`,
  advice:
    'Answer each ping in the words of the protocol. Lifeline answers none by itself: repeat in the profile sends a pong before one is due, for Engine.IO { "message": "3", "every": "20s" }.',
  kinds: ['message'],
  create() {
    const seen = createEvidence()
    let asked: Asked | null = null
    /** How long the client took at the most to answer one on this connection. */
    let usual = { connection: 0, ms: 0 }
    let worst = { ms: 0, protocol: '' }

    /** An answer to a later ping tells of the client, too: then nobody waits for one to those before. */
    function answer({ level, answers, latencyMs = 0 }: Packet, connection: number): void {
      if (level !== 'heartbeat' || answers === undefined) return
      const before = usual.connection === connection ? usual.ms : 0
      usual = { connection, ms: Math.max(before, latencyMs) }
      if (asked !== null && answers >= asked.seq) asked = null
    }

    return {
      add({ frame, seq, packets }) {
        const { direction, connection, at } = frame
        for (const packet of packets) {
          const { level, asks, protocol } = packet
          if (direction === 'out') answer(packet, connection)
          else if (level === 'heartbeat' && asks && asked?.connection !== connection)
            asked = { connection, seq, at, protocol }
        }
      },
      ended(one) {
        const { number, end, endAt, endSeq } = one
        if (asked?.connection !== number) return
        const { seq, at, protocol } = asked
        asked = null
        const isTheirs = end.kind === 'error' || (end.kind === 'close' && end.by === 'server')
        const ms = endAt - at
        const usualMs = usual.connection === number ? usual.ms : 0
        if (!isTheirs || otherReasons.has(serverCode(one))) return
        if (ms < Math.max(pongMs, pongTimes * usualMs)) return
        seen.add(seq, endSeq)
        if (ms > worst.ms) worst = { ms, protocol }
      },
      finding() {
        if (seen.count === 0) return null
        return {
          severity: 'risk',
          sentence: `${plural(seen.count, 'connection', 'connections')} ended with a ping of ${protocolName(worst.protocol)} that had no pong, at most for ${formatDelay(worst.ms)}.`,
          proof: seen.proof(),
          figure: { measured: worst.ms, threshold: pongMs, unit: 'ms' },
        }
      },
    }
  },
})

export const clientPongRules: readonly Rule[] = [unanswered]
