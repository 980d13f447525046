// Listens on this machine alone, and makes a pair of each connection that comes.

import { createServer, type Server, type Socket } from 'node:net'
import type { TapSettings } from '../../shared/endpoint/tapSettings.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { TapCut, TapFault } from '../../shared/session/tapFaults.ts'
import { now } from '../transports/clock.ts'
import { createNetwork } from '../transports/network/network.ts'
import { targetOf } from '../transports/network/target.ts'
import { createFaultRules } from './faults/faultRules.ts'
import { createAsked } from './hold/asked.ts'
import { closed, codeOf, listenOnLoopback } from './loopbackServers.ts'
import { createPair, type Pair } from './pair.ts'
import type { RelayContext } from './relayContext.ts'
import type { SocketFailure } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'
import type { RelaySteering } from './relaySteering.ts'
import type { Teller } from './teller.ts'
import { usualPort } from './usualPort.ts'

/** What a relay needs of a session's plan. Plain data. */
export interface RelayPlan
  extends Pick<SessionPlan, 'resolved' | 'network' | 'secrets' | 'limits'> {
  readonly settings: TapSettings
}

export interface RelayServer extends RelaySteering {
  /** Resolves with the port. Rejects with the system's error. */
  listen(): Promise<number>
  /** Resolves when every socket is closed. */
  stop(): Promise<void>
}

export function createRelayServer(
  { resolved, network, secrets, limits, settings }: RelayPlan,
  teller: Teller,
  onFailure: (failure: SocketFailure) => void,
): RelayServer {
  const hosts = new Set<string>()
  const rules = createFaultRules()
  const asked = createAsked()
  const context: RelayContext = {
    network: createNetwork({ resolved, network, secrets }),
    server: httpUrl(targetOf(resolved).request.url),
    change: settings.change,
    hosts,
    headBytes: limits.headBytes,
    messageBytes: limits.messageBytes,
    teller,
    rules,
    asked,
  }
  const pairs = new Map<number, Pair>()
  let servers: readonly Server[] = []
  let lastId = 0
  let stopping = false
  let onEmpty: (() => void) | null = null
  let port = 0
  let refusing = Promise.resolve()
  let timers: readonly NodeJS.Timeout[] = []

  function accept(socket: Socket): void {
    if (stopping) {
      socket.destroy()
      return
    }
    const id = ++lastId
    const pair = createPair(id, socket, context, () => {
      pairs.delete(id)
      rules.belong(id, null)
      if (pairs.size === 0) onEmpty?.()
    })
    pairs.set(id, pair)
  }

  /** `wanted` null takes a free one. */
  async function openOn(wanted: number | null): Promise<void> {
    const make = () => createServer({ allowHalfOpen: true, noDelay: true }, accept)
    const listening = await listenOnLoopback(make, wanted)
    servers = listening.servers
    port = listening.port
    for (const server of servers) server.on('error', (error) => onFailure(failureOf(error)))
  }

  /** One after the other: what was asked for last is how it stays. */
  function setRefusing(refuses: boolean): void {
    refusing = refusing.then(async () => {
      if (stopping || port === 0 || refuses === (servers.length === 0)) return
      if (refuses) {
        const before = servers
        servers = []
        for (const server of before) server.close()
        return
      }
      try {
        await openOn(port)
      } catch (error) {
        onFailure(failureOf(error))
      }
    })
  }

  function setFaults(faults: readonly TapFault[]): void {
    const at = now()
    rules.set(faults, at)
    faultsChanged()
    clearTimers()
    timers = faults.flatMap(({ forMs }) =>
      forMs === null ? [] : [setTimeout(faultsChanged, forMs)],
    )
    const refuse = faults.find(({ act }) => act.kind === 'refuse')
    setRefusing(refuse !== undefined)
    if (refuse === undefined) return
    teller.tell({ kind: 'fault', id: 0, at, fault: 'refuse', message: refusedWords })
    if (refuse.forMs !== null) timers = [...timers, setTimeout(setRefusing, refuse.forMs, false)]
  }

  function faultsChanged(): void {
    for (const pair of pairs.values()) pair.faultsChanged()
  }

  function clearTimers(): void {
    for (const timer of timers) clearTimeout(timer)
  }

  function cut(wanted: TapCut): void {
    const met = [...pairs.values()].filter(
      (pair) => pair.isBusy() && rules.meets(wanted, pair.place()),
    )
    for (const pair of met) pair.cut(wanted)
    if (met.length === 0) rules.awaitCut(wanted)
  }

  function belong(carried: ReadonlyMap<number, number>): void {
    for (const [id, connection] of carried) {
      const pair = pairs.get(id)
      if (pair === undefined) continue
      rules.belong(id, connection)
      // Its answer may have begun before this was known.
      const awaited = pair.isBusy() ? rules.takeCut(pair.place(), 'ofConnection') : null
      if (awaited !== null) pair.cut(awaited)
    }
  }

  async function allClosed(): Promise<void> {
    if (pairs.size === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    onEmpty = resolve
    for (const pair of pairs.values()) pair.stop()
    const timer = setTimeout(() => {
      for (const pair of pairs.values()) pair.destroy()
    }, relayLimits.stopMs)
    await promise
    clearTimeout(timer)
  }

  return {
    async listen() {
      if (settings.port !== null) await openOn(settings.port)
      // Whatever it is that forbids this one: another will do.
      else await openOn(usualPort(context.server.origin)).catch(() => openOn(null))
      return port
    },
    allow: (host) => hosts.add(host.toLowerCase()),
    setFaults,
    cut,
    belong,
    hold(ways) {
      asked.set(ways)
      for (const pair of pairs.values()) pair.askedChanged()
    },
    verdict: (verdict) => pairs.get(verdict.id)?.verdict(verdict),
    inject: (injection) => pairs.get(injection.id)?.inject(injection),
    async stop() {
      stopping = true
      clearTimers()
      await refusing
      const listening = servers.map(closed)
      await allClosed()
      await Promise.all(listening)
      context.network.close()
    },
  }
}

const refusedWords = 'New connections are refused from here on.'

function httpUrl(target: URL): URL {
  const url = new URL(target)
  url.protocol = url.protocol.replace('ws', 'http')
  return url
}

export function failureOf(error: unknown): SocketFailure {
  return { code: codeOf(error), message: error instanceof Error ? error.message : String(error) }
}
