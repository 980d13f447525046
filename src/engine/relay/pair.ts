// One program's connection and the server's that belongs to it: what comes on either goes out on the other at once.

import type { Socket } from 'node:net'
import type { Timings } from '../../shared/frame/httpDetail.ts'
import type { FaultKind, TapCut } from '../../shared/session/tapFaults.ts'
import type { Fault } from '../protocols/fault.ts'
import { now } from '../transports/clock.ts'
import { breakOff, cutOff } from './cutOff.ts'
import type { DialFacts } from './dial.ts'
import { createExchanges, type Exchanges } from './exchanges.ts'
import type { MetPlace } from './faults/faultRules.ts'
import { createFlow, type Flow } from './flow.ts'
import type { Injection, RelayVerdict } from './hold/holdOrders.ts'
import { createLinger } from './linger.ts'
import { type OwnAnswer, ownAnswer } from './ownAnswer.ts'
import type { RelayContext } from './relayContext.ts'
import type { Side, SocketFailure } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'
import { createServerSide } from './serverSide.ts'
import { createWays } from './ways.ts'

export interface Pair {
  /** Both sides are told that nothing more comes. */
  stop(): void
  /** Whatever is still open is closed at once. */
  destroy(): void
  place(): MetPlace
  /** Something passes that could be cut. */
  isBusy(): boolean
  cut(cut: Pick<TapCut, 'orderly'>): void
  /** The ways that are asked about are others from now on. */
  askedChanged(): void
  /** The faults are others from now on. */
  faultsChanged(): void
  verdict(verdict: RelayVerdict): void
  inject(injection: Injection): void
}

/** Takes the socket over. `onClosed` is called once, when both sockets are closed. */
export function createPair(
  id: number,
  client: Socket,
  context: RelayContext,
  onClosed: () => void,
): Pair {
  const { teller, network, server: serverUrl } = context
  let open = 1
  let by: Side | 'relay' | null = null
  let failure: SocketFailure | null = null
  const linger = createLinger(destroy)
  const server = createServerSide(network, serverUrl, { opened, failed })
  const place = (): MetPlace => ({ id, target: exchanges.target() })
  const ways = createWays(
    { id, client, server, linger, place, acts, leave: dropAnswer, cut: cutFor, flow: () => flow },
    context,
  )
  const exchanges: Exchanges = createExchanges(id, context, {
    ...ways,
    held: () => flow.settle(),
    leave,
    cut,
  })
  const heldFrom = (side: Side) => ways[side].held()
  const flow: Flow = createFlow({ client, server, isHeld: exchanges.isHeld, heldFrom })

  teller.tell({ kind: 'opened', id, at: now(), client: addressOf(client) })
  attend('client', client, exchanges.fromClient)

  function opened(made: Socket, facts: DialFacts): void {
    open++
    teller.tell({ kind: 'dialled', id, at: now(), ...facts })
    attend('server', made, exchanges.fromServer)
    setImmediate(flow.settle)
  }

  function attend(side: Side, socket: Socket, take: Exchanges['fromClient']): void {
    socket.setNoDelay(true)
    socket.on('data', (bytes) => {
      const at = now()
      take(bytes, at)
      // What waits on purpose is no measure of the way.
      if (ways[side].held() === 0) teller.passed(now() - at)
    })
    socket.on('drain', flow.settle)
    socket.on('end', () => finished(side, socket))
    socket.on('error', (error) => {
      by ??= side
      failure ??= failureOf(error)
    })
    socket.on('close', (hadError) => closed(side, hadError))
  }

  function failed(fault: Fault, timings: Timings): void {
    teller.tell({ kind: 'unreachable', id, at: now(), fault, timings })
    exchanges.stop()
    const text = `Lifeline’s tap could not reach ${serverUrl.origin}: ${fault.message}`
    leave(ownAnswer(exchanges.method(), 502, text))
  }

  function acts(fault: FaultKind, message: string): void {
    teller.tell({ kind: 'fault', id, at: now(), fault, message })
  }

  /** What the program still sends is read and dropped: a reset would take the answer from it. */
  function leave(answer: OwnAnswer | null): void {
    by ??= 'relay'
    linger.begin()
    server.giveUp()
    server.end()
    if (answer !== null) ways.server.write(Buffer.concat([answer.head, answer.body]), true)
    ways.server.end()
    client.resume()
  }

  function dropAnswer(): void {
    exchanges.stop()
    ways.server.clear()
    leave(null)
  }

  function cutFor(why: string): void {
    cut({ orderly: false }, ` ${why}`)
  }

  /** As the user wants it. */
  function cut({ orderly }: Pick<TapCut, 'orderly'>, why = ''): void {
    by ??= 'relay'
    exchanges.stop()
    server.giveUp()
    // What is held may end within a frame.
    const mayClose = (from: Side) => exchanges.isBetweenFrames(from) && heldFrom(from) === 0
    const message = cutOff({ client, server: server.socket() }, orderly, mayClose) + why
    clearWays()
    teller.tell({ kind: 'fault', id, at: now(), fault: 'cut', message })
    linger.begin()
    linger.on(client)
  }

  function clearWays(): void {
    ways.server.clear()
    ways.client.clear()
  }

  function destroy(): void {
    client.destroy()
    server.socket()?.destroy()
  }

  function finished(side: Side, from: Socket): void {
    by ??= side
    exchanges.finished(side, now())
    // One whose program is gone never says so by itself.
    from.setKeepAlive(true, relayLimits.probeMs)
    if (side === 'server') ways.server.end()
    else if (server.socket() === null && !exchanges.isBusy()) ways.server.end()
    else ways.client.end()
  }

  function closed(side: Side, hadError: boolean): void {
    const other = side === 'client' ? server.socket() : client
    open--
    if (open === 0) {
      end()
      return
    }
    if (other === null || other.destroyed) return
    if (hadError) {
      clearWays()
      breakOff(other)
      return
    }
    ways[side === 'client' ? 'server' : 'client'].clear()
    // Behind what is still held for it.
    linger.begin()
    ways[side].end()
  }

  function end(): void {
    linger.clear()
    server.giveUp()
    clearWays()
    const at = now()
    exchanges.closed(at)
    teller.tell({ kind: 'closed', id, at, by: by ?? 'relay', failure })
    onClosed()
  }

  return {
    stop() {
      by ??= 'relay'
      clearWays()
      server.giveUp()
      client.end()
      server.end()
    },
    destroy() {
      by ??= 'relay'
      destroy()
    },
    place,
    isBusy: () => exchanges.isBusy() || heldFrom('client') + heldFrom('server') > 0,
    cut,
    askedChanged() {
      ways.server.askedChanged()
      ways.client.askedChanged()
    },
    faultsChanged() {
      ways.server.faultsChanged()
      ways.client.faultsChanged()
    },
    verdict: (verdict) => ways[verdict.from].verdict(verdict),
    inject({ to, n, bytes }) {
      exchanges.inject(to === 'client' ? 'server' : 'client', bytes, () => {
        teller.tell({ kind: 'injected', id, to, n, at: now() })
      })
    },
  }
}

function failureOf(error: Error): SocketFailure {
  return { code: 'code' in error ? String(error.code) : 'ERROR', message: error.message }
}

function addressOf({ remoteAddress = '', remotePort = 0, remoteFamily }: Socket): string {
  return remoteFamily === 'IPv6'
    ? `[${remoteAddress}]:${remotePort}`
    : `${remoteAddress}:${remotePort}`
}
