// A pair of connections of a tap: the exchanges on it one after the other, then perhaps another protocol.

import { readRequestHead } from '../protocols/http/requestHead.ts'
import type { RelayEvent } from '../relay/relayEvents.ts'
import type { SourceIo } from '../session/source.ts'
import { connectionFrames } from '../transports/connectionFrames.ts'
import type { Losses } from './losses.ts'
import type { TapContext } from './tapContext.ts'
import { createTapExchange, type Dialled, type HeadEvent, type TapExchange } from './tapExchange.ts'
import type { TapTunnel } from './tapSocket.ts'

export interface TapPair {
  handle(event: RelayEvent): void
  /** The number of the conversation of its exchange; null before its first one is told. */
  connection(): number | null
  /** It is a WebSocket now. */
  isSocket(): boolean
}

/** `client`: `127.0.0.1:51234`. */
export function createTapPair(
  context: TapContext,
  { wire }: Pick<SourceIo, 'wire'>,
  losses: Losses,
  client: string,
): TapPair {
  let dialled: Dialled | null = null
  let exchange: TapExchange | null = null
  let exchanges = 0
  let tunnel: TapTunnel | null = null
  /** That are not told yet. */
  let faults: Extract<RelayEvent, { kind: 'fault' }>[] = []

  function count(from: 'client' | 'server', bytes: number): void {
    if (from === 'client') wire(0, bytes)
    else wire(bytes, 0)
  }

  function handleBytes(event: Extract<RelayEvent, { kind: 'body' }>): void {
    const { from, bytes, at } = event
    count(from, bytes.length)
    if (tunnel !== null) tunnel.body(from, bytes, at)
    else if (exchange !== null) exchange.body(from, bytes, at)
    else context.taken(bytes.length)
  }

  function handleLost({ from, bytes, frames }: Extract<RelayEvent, { kind: 'lost' }>): void {
    count(from, bytes)
    losses.add(exchange?.connection() ?? 0, from, bytes, frames)
    if (tunnel !== null) tunnel.lost(from, bytes)
    else exchange?.lost(from, bytes)
  }

  function handleRefused(event: Extract<RelayEvent, { kind: 'refused' }>): void {
    const { at, message, head } = event
    count('client', head.length)
    // The message may quote it.
    const read = readRequestHead(head)
    if (!('refusal' in read)) context.secrets.hide(read.headers, read.target)
    const connection = exchange?.connection() ?? 0
    const frames = connectionFrames({ connection, emit: context.io.emit })
    frames.notice('tap-refused', message, { at })
    if (event.reason !== 'pipelining') exchange?.refused(at)
  }

  /** Behind the request that they act on. */
  function tellFaults(connection: number): void {
    const frames = connectionFrames({ connection, emit: context.io.emit })
    for (const { at, fault, message } of faults) {
      const told = exchange === null ? message : `${message.replace(/\.$/, '')}: ${exchange.asks}.`
      frames.notice(fault === 'cut' ? 'tap-cut' : 'tap-fault', told, { at })
    }
    faults = []
  }

  function begin(event: HeadEvent): void {
    count('client', event.head.length)
    const facts = { client, reused: exchanges > 0, dialled: () => dialled }
    exchanges++
    exchange = createTapExchange(context, facts, event)
  }

  function close(event: Extract<RelayEvent, { kind: 'closed' }>): void {
    if (tunnel !== null) tunnel.closed(event)
    else {
      exchange?.closed(event)
      context.holding.closed(event.id)
    }
  }

  return {
    isSocket: () => tunnel?.isSocket ?? false,
    connection: () => exchange?.connection() ?? null,
    handle(event) {
      switch (event.kind) {
        case 'dialled':
          dialled = event
          exchange?.ready()
          break
        case 'request':
          begin(event)
          break
        case 'response':
          count('server', event.head.length)
          tunnel = exchange?.response(event) ?? tunnel
          break
        case 'body':
          handleBytes(event)
          break
        case 'lost':
          handleLost(event)
          break
        case 'end':
          exchange?.ended(event.from, event.at)
          break
        case 'refused':
          handleRefused(event)
          break
        case 'unreachable':
          exchange?.unreachable(event)
          break
        case 'unreadable':
          exchange?.unreadable(event)
          break
        case 'fault':
          faults.push(event)
          break
        case 'closed':
          close(event)
          break
        case 'held':
          if (tunnel !== null) tunnel.held(event)
          else if (exchange !== null) exchange.held(event)
          else context.holding.held(event, null)
          break
        case 'injected':
          tunnel?.injected(event)
          break
        case 'opened':
        case 'finished':
          break
      }
      if (faults.length === 0) return
      const connection = exchange?.connection() ?? null
      if (connection !== null || event.kind === 'closed') tellFaults(connection ?? 0)
    },
  }
}
