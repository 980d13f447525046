// A relay in the test's own thread, with all that it tells, and clients that write any bytes at all.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach } from 'mocha'
import type { RelayEvent } from '../../../src/engine/relay/relayEvents.ts'
import { createRelayServer, type RelayServer } from '../../../src/engine/relay/relayServer.ts'
import { costOf, createRelayFigures, createTeller } from '../../../src/engine/relay/teller.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultTapSettings, type TapSettings } from '../../../src/shared/endpoint/tapSettings.ts'
import type { Limits } from '../../../src/shared/limits.ts'
import type { NetworkSettings } from '../../../src/shared/session/sessionPlan.ts'
import { comesTo } from '../eventually.ts'
import { testEndpoint, testOptions } from '../samples/testEndpoint.ts'

export interface TestRelay {
  readonly port: number
  /** `localhost:port`. */
  readonly host: string
  readonly events: readonly RelayEvent[]
  /** Told events of a kind, in order. */
  of<K extends RelayEvent['kind']>(kind: K): readonly (RelayEvent & { readonly kind: K })[]
  /** Kinds, those of bodies joined: `request end response body end`. */
  story(id?: number): string
  /** The bytes of a side's bodies, joined. */
  body(from: 'client' | 'server', id?: number): string
  readonly server: RelayServer
  /** Nothing that is told is worked off while this is so. */
  holdBack(isHeld: boolean): void
  connect(): Socket
}

export interface RelayOptions {
  readonly endpoint?: Partial<Endpoint>
  readonly settings?: Partial<TapSettings>
  readonly network?: NetworkSettings
  readonly limits?: Partial<Limits>
}

/** Each relay of a test is stopped after it. */
export function useRelay(): (serverUrl: string, options?: RelayOptions) => Promise<TestRelay> {
  const running: RelayServer[] = []
  const sockets: Socket[] = []
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await Promise.all(running.splice(0).map((server) => server.stop()))
  })
  return async (url, { endpoint, settings, network, limits } = {}) => {
    const events: RelayEvent[] = []
    const figures = createRelayFigures()
    const { inFlight } = figures
    let isHeld = false
    const teller = createTeller(figures, (batch) => {
      events.push(...batch)
      if (!isHeld) for (const event of batch) inFlight[0] = (inFlight[0] ?? 0) - costOf(event)
    })
    const options = testOptions(testEndpoint({ url, method: 'polling', ...endpoint }), limits)
    const plan = {
      ...options,
      ...(network && { network }),
      settings: { ...defaultTapSettings, ...settings },
    }
    const server = createRelayServer(plan, teller, (failure) => {
      throw new Error(failure.message)
    })
    running.push(server)
    const port = await server.listen()
    const of = <K extends RelayEvent['kind']>(kind: K) =>
      events.filter((event): event is RelayEvent & { readonly kind: K } => event.kind === kind)
    return {
      port,
      host: `localhost:${port}`,
      events,
      of,
      server,
      story: (id = 1) =>
        events
          .filter((event) => event.id === id)
          .map((event) => ('from' in event ? `${event.kind}:${event.from}` : event.kind))
          .filter((word, index, all) => word !== all[index - 1])
          .join(' '),
      body: (from, id = 1) =>
        Buffer.concat(
          of('body')
            .filter((event) => event.id === id && event.from === from)
            .map(({ bytes }) => bytes),
        ).toString('latin1'),
      holdBack(held) {
        isHeld = held
        if (!held) inFlight[0] = 0
      },
      connect() {
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
        socket.on('error', () => null)
        sockets.push(socket)
        return socket
      },
    }
  }
}

/** Gathers what a socket brings. */
export function gather(socket: Socket): {
  text(): string
  /** Resolves when that ends so. */
  endsWith(end: string): Promise<void>
  /** Resolves when the peer sends nothing more. */
  readonly ended: Promise<unknown>
} {
  const pieces: Buffer[] = []
  socket.on('data', (bytes) => pieces.push(bytes))
  const text = () => Buffer.concat(pieces).toString('latin1')
  return {
    text,
    endsWith: (end) => comesTo(() => text().endsWith(end), true),
    ended: once(socket, 'end'),
  }
}

/** A request without a body, in the test's own words. */
export function request(host: string, path: string, ...fields: readonly string[]): string {
  return [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...fields, '', ''].join('\r\n')
}
