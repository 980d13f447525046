// The rule about heartbeats that the server asks for and the client does not send.

import { protocolName } from '../../../../shared/frame/protocolName.ts'
import { formatDelay } from '../../../../shared/text/units.ts'
import { createEvidence } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { manual } from '../shapes/sources.ts'
import { webSocketThresholds } from '../shapes/thresholds.ts'
import { plural, spanWords } from '../shapes/words.ts'

const { pongMs } = webSocketThresholds

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
  speaks: `The server ended a WebSocket, or it broke, while a ping of its application protocol had waited for the client’s pong for ${spanWords(pongMs)} or longer: a risk.`,
  why: 'The server takes a client that is silent for gone, and cuts the connection, however many messages it takes.',
  source: `${manual('Engine.IO protocol', 'https://github.com/socketio/engine.io-protocol')}; ${manual('Pusher Channels protocol', 'https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/')}`,
  advice:
    'Answer each ping in the words of the protocol. Lifeline answers none by itself: repeat in the profile sends a pong before one is due, for Engine.IO { "message": "3", "every": "20s" }.',
  kinds: ['message'],
  create() {
    const seen = createEvidence()
    let asked: Asked | null = null
    let worst = { ms: 0, protocol: '' }

    return {
      add({ frame, seq, packets }) {
        for (const { level, asks, answers, protocol } of packets)
          if (frame.direction === 'out') {
            if (answers === asked?.seq) asked = null
          } else if (level === 'heartbeat' && asks && asked?.connection !== frame.connection)
            asked = { connection: frame.connection, seq, at: frame.at, protocol }
      },
      ended({ number, end, endAt, endSeq }) {
        if (asked?.connection !== number) return
        const { seq, at, protocol } = asked
        asked = null
        const isTheirs = end.kind === 'error' || (end.kind === 'close' && end.by === 'server')
        const ms = endAt - at
        if (!isTheirs || ms < pongMs) return
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
