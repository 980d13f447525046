// The rule about heartbeats that an application protocol promises and that do not come.

import { protocolName } from '../../../../shared/frame/protocolName.ts'
import { formatDelay } from '../../../../shared/text/units.ts'
import type { ConnectionTrace } from '../shapes/connectionTrace.ts'
import { createEvidence, proofOf } from '../shapes/evidence.ts'
import { readStart } from '../shapes/readStart.ts'
import { type Rule, rule, type SeenOf } from '../shapes/rule.ts'
import { manual } from '../shapes/sources.ts'
import { plural, spanWords } from '../shapes/words.ts'

/** After so many ms without a byte a client takes the server for gone. */
interface Promised {
  readonly protocol: string
  readonly ms: number
}

/**
 * What a message says about it, or the protocol's default; null where it promises nothing. `asked`: for heartbeats so often,
 * in ms, the client has asked by STOMP; 0 without.
 */
const promises: Readonly<
  Record<string, (type: string, text: string, asked: number) => number | null>
> = {
  'engine.io': engineIoMs,
  'socket.io': engineIoMs,
  // [signalr] HubConnection, serverTimeoutInMilliseconds
  signalr: () => 30_000,
  // [actioncable] ConnectionMonitor, staleThreshold: two pings, one each three seconds
  'action-cable': () => 6000,
  stomp: (type, text, asked) => {
    if (type !== 'CONNECTED') return null
    // [stomp] 1.2, Heart-beating: the larger of what the server can do and the client wants, in ms; none where either is 0
    const told = beatsIn(text)?.[0] ?? 0
    return told > 0 && asked > 0 ? 2 * Math.max(told, asked) : null
  },
}

/** [engine.io] v4 Heartbeat: the server pings, so something comes within both times together. */
function engineIoMs(_: string, text: string): number | null {
  const interval = /"pingInterval"\s*:\s*(\d{1,9})\b/.exec(text)
  const timeout = /"pingTimeout"\s*:\s*(\d{1,9})\b/.exec(text)
  return interval && timeout ? Number(interval[1]) + Number(timeout[1]) : null
}

/** What a frame of STOMP can send and wants to get; null where it says nothing. */
function beatsIn(text: string): readonly [sends: number, wants: number] | null {
  const told = /^heart-beat:(\d{1,9}),(\d{1,9})\s*$/m.exec(text)
  return told && [Number(told[1]), Number(told[2])]
}

/** In the protocol's third version the client pings, which Lifeline does not do by itself. */
function isPingedByClient({ request }: ConnectionTrace): boolean {
  return /[?&]EIO=3(?:&|$)/.test(request?.detail.target ?? '')
}

const connectWords: ReadonlySet<string> = new Set(['CONNECT', 'STOMP'])

const missed = rule({
  id: 'app-heartbeat-missed',
  title: 'The server’s heartbeats do not come.',
  speaks:
    'On an open WebSocket not a byte came for longer than its protocol allows: pingInterval and pingTimeout of Engine.IO, 30 s of SignalR, 6 s of Action Cable, twice the heart-beat that STOMP has agreed on. A risk.',
  why: 'Clients of the protocol take the connection for dead, drop it and come back.',
  source: `${manual('Engine.IO protocol', 'https://github.com/socketio/engine.io-protocol')}; ${manual('STOMP 1.2', 'https://stomp.github.io/stomp-specification-1.2.html#Heart-beating')}; ${manual('SignalR configuration', 'https://learn.microsoft.com/en-us/aspnet/core/signalr/configuration')}`,
  advice:
    'Look at what keeps the server, or a proxy, from sending at that time; a thread that is busy sends no heartbeats.',
  kinds: ['message', 'ping', 'pong'],
  create() {
    const seen = createEvidence()
    let promised: (Promised & { readonly connection: number }) | null = null
    let worst = 0
    let asked = 0

    function learn({
      frame,
      packets,
      start,
      connection,
    }: SeenOf<'message' | 'ping' | 'pong'>): void {
      const [packet] = packets
      if (!packet || !Object.hasOwn(promises, packet.protocol)) return
      const text = start === null ? '' : readStart(start)
      if (frame.direction === 'out') {
        if (connectWords.has(packet.type)) asked = beatsIn(text)?.[1] ?? 0
        return
      }
      // Once known it stays, but for what a message tells.
      const mayTell = packet.level === 'control' || promised?.connection !== frame.connection
      if (!mayTell || isPingedByClient(connection)) return
      const ms = promises[packet.protocol]?.(packet.type, text, asked) ?? null
      if (ms !== null) promised = { connection: frame.connection, protocol: packet.protocol, ms }
    }

    function lateMs(connection: ConnectionTrace, at: number): number {
      if (promised?.connection !== connection.number || connection.cameAt === null) return 0
      const ms = at - connection.cameAt
      return ms > promised.ms ? ms : 0
    }

    function note(connection: ConnectionTrace, at: number, seq: number): void {
      const ms = lateMs(connection, at)
      if (ms === 0) return
      worst = Math.max(worst, ms)
      seen.add(connection.cameSeq, seq)
    }

    return {
      add(one) {
        if (one.frame.direction === 'in') note(one.connection, one.frame.at, one.seq)
        learn(one)
      },
      ended(connection) {
        note(connection, connection.endAt, connection.endSeq)
      },
      finding({ now, open }) {
        const waits = open === null ? 0 : lateMs(open, now)
        if (promised === null || (seen.count === 0 && waits === 0)) return null
        const times = seen.count + (waits > 0 ? 1 : 0)
        return {
          severity: 'risk',
          sentence: `${plural(times, 'time', 'times')} nothing came for longer than the ${spanWords(promised.ms)} that ${protocolName(promised.protocol)} allows here, at most for ${formatDelay(Math.max(worst, waits))}.`,
          proof: seen.count > 0 ? seen.proof() : proofOf(open?.cameSeq ?? 0),
          figure: { measured: Math.max(worst, waits), threshold: promised.ms, unit: 'ms' },
        }
      },
    }
  },
})

export const heartbeatRules: readonly Rule[] = [missed]
