// A WebSocket that passes a tap: the frames of both directions, and how it ended.

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'
import { formatSize } from '../../shared/text/units.ts'
import type { Came } from '../protocols/bytes/cameBytes.ts'
import type { RelayEvent, Side } from '../relay/relayEvents.ts'
import { createOpenPings } from '../transports/websocket/openPings.ts'
import type { Arrival, Rest } from '../transports/websocket/wsArrivals.ts'
import { createWsEmitter } from '../transports/websocket/wsEmitter.ts'
import { agreedExtensions, isFreshEachTime } from '../transports/websocket/wsReader.ts'
import type { Asking, HeldEvent } from './holds/asking.ts'
import { heldMessage } from './holds/heldMessage.ts'
import { type InjectedEvent, recordLost, recordSent } from './holds/sendInto.ts'
import type { TapContext } from './tapContext.ts'
import type { ToldRequest } from './tapRequest.ts'
import { createWsDirection, type WsDirection } from './wsDirection.ts'
import { endedSocket, wsFault } from './wsWords.ts'

type SocketContext = Pick<
  TapContext,
  'limits' | 'taken' | 'goesOn' | 'holding' | 'injections' | 'io'
>
type ClosedEvent = Extract<RelayEvent, { kind: 'closed' }>

/** Two ways of bytes that are open until the pair is closed. */
export interface TapTunnel {
  body(from: Side, bytes: Uint8Array, at: number): void
  lost(from: Side, bytes: number): void
  /** The message that came last from there waits. */
  held(event: HeldEvent): void
  /** What the user has sent into it has gone out. */
  injected(event: InjectedEvent): void
  closed(event: ClosedEvent): void
  /** A WebSocket, to whose messages others may be added. */
  readonly isSocket: boolean
}

export function createTapSocket(
  context: SocketContext,
  { frames, conversation }: Pick<ToldRequest, 'frames' | 'conversation'>,
  answerHeaders: NamedValues,
): TapTunnel {
  const { limits, taken, goesOn, holding, injections } = context
  const emitter = createWsEmitter(frames, limits)
  const agreed = agreedExtensions(headerValue(answerHeaders, 'sec-websocket-extensions'))
  const closed = { client: false, server: false }
  const broken = { client: false, server: false }
  /** While they may be held. */
  const last: Record<Side, Asking | null> = { client: null, server: null }
  const sides = { client: open('client'), server: open('server') }
  const pings = { client: createOpenPings(), server: createOpenPings() }
  if (agreed === 'unknown') {
    frames.notice(
      'tap-not-shown',
      'The two have agreed on an extension that Lifeline does not read: contents of messages are not shown.',
    )
  }

  function open(from: Side): WsDirection {
    const direction = from === 'client' ? 'out' : 'in'
    const other = from === 'client' ? 'server' : 'client'
    return createWsDirection({
      ...{ from, agreed, limits, taken },
      message(data, isBinary, arrival, isShown) {
        const type = isBinary ? 'binary' : 'text'
        if (isShown) tellMessage(from, type, data, arrival)
        else {
          last[from] = null
          emitHidden(direction, type, data.length, arrival)
        }
      },
      ping(arrival) {
        const seq = emitter.ping(direction, arrival)
        pings[from].sent(seq, arrival.control ?? nothing, arrival.at)
      },
      pong(arrival) {
        const answer = pings[other].answered(arrival.control ?? nothing, arrival.at)
        emitter.pong(direction, arrival, answer)
      },
      closed(arrival) {
        closed[from] = true
        emitter.close(direction, arrival)
      },
      fragment: (fragment) => emitter.fragment(fragment, direction),
      broken(error, came) {
        broken[from] = true
        tellBroken(from, error, came)
      },
      unreadable() {
        const message = `Some messages of the ${sideNames[from]} were not recorded, by which later ones are compressed: contents of those are not shown.`
        frames.notice('tap-not-shown', message)
      },
    })
  }

  function tellMessage(
    from: Side,
    type: 'text' | 'binary',
    data: Uint8Array,
    arrival: Arrival,
  ): void {
    // The recorder gets the buffer.
    const own = holding.keeps() ? data.slice() : null
    const seq = emitter.message(from === 'client' ? 'out' : 'in', type, data, arrival)
    last[from] = own && askingFor(from, type, own, arrival, seq)
  }

  function askingFor(
    from: Side,
    type: 'text' | 'binary',
    data: Uint8Array,
    { masked, compressed }: Arrival,
    seq: number,
  ): Asking {
    const recorded = holding.recorded()
    const isKept = recorded?.seq === seq && data.length <= limits.payloadBytes
    return heldMessage({
      ...{ seq, connection: conversation.number, frames, type, data, masked, compressed },
      recorded: isKept ? (recorded.payload?.slice() ?? nothing) : null,
      hasMemory: typeof agreed === 'object' && !isFreshEachTime(agreed, from),
      messageBytes: limits.messageBytes,
    })
  }

  /** Its compressed data would mean nothing to anybody. */
  function emitHidden(
    direction: 'in' | 'out',
    type: 'text' | 'binary',
    sizeBytes: number,
    { at, wireBytes, fragments, compressed, masked }: Arrival,
  ): void {
    const detail = { type, fragments, compressed, masked, truncatedAt: 0 }
    const seen = { at, sizeBytes, wireBytes, payload: null, replyTo: null }
    frames.crossed('message', direction, detail, seen)
  }

  function tellBroken(from: Side, error: Error, came: Came | null): void {
    const fault = wsFault(from, error, limits.messageBytes)
    const place = { direction: from === 'server' ? 'in' : 'local', came } as const
    if (fault.kind === 'notice') frames.notice(fault.code, fault.message, place)
    else frames.error(fault.fault, place)
  }

  function tellRest(from: Side, { unfinished, bytes, surplus }: Rest): void {
    if (surplus !== null && closed[from]) {
      const message = `${formatSize(surplus.sizeBytes)} came behind the close frame of the ${sideNames[from]}, which nobody reads.`
      frames.notice('ws-surplus', message, { came: surplus })
    }
    if (unfinished === null || broken[from]) return
    const message = `The connection ended in the middle of a ${unfinished.awaits} of the ${sideNames[from]}: ${formatSize(unfinished.bytes)} of it had passed.`
    frames.notice('ws-cut-short', message, { came: bytes })
  }

  async function end({ id, by, failure, at }: ClosedEvent): Promise<void> {
    await Promise.all(
      [sides.client, sides.server].map((side) => new Promise<void>((done) => side.whenIdle(done))),
    )
    for (const from of ['client', 'server'] as const) tellRest(from, sides[from].rest())
    const words = endedSocket({ by, failure, closed, first: emitter.firstClose?.by ?? null })
    if (words?.kind === 'notice') frames.notice(words.code, words.message, { at })
    else if (words?.kind === 'error') frames.error(words.fault, { at })
    sides.client.close()
    sides.server.close()
    holding.closed(id)
    for (const lost of injections.closed(id)) recordLost(frames, lost, limits)
  }

  return {
    body: (from, bytes, at) => sides[from].feed(bytes, at),
    lost: (from) => sides[from].lost(),
    held(event) {
      const { from } = event
      sides[from].whenIdle(() => {
        holding.held(event, last[from])
        last[from] = null
      })
    },
    injected(event) {
      const sent = injections.sent(event)
      if (sent === null) return
      const { to } = event
      const { wire } = context.io
      if (to === 'server') wire(0, sent.wireBytes)
      else wire(sent.wireBytes, 0)
      sides[to === 'server' ? 'client' : 'server'].whenIdle(() =>
        recordSent(frames, sent, event, limits),
      )
    },
    closed: (event) => goesOn(end(event)),
    isSocket: true,
  }
}

const sideNames = { client: 'program', server: 'server' } as const
const nothing = new Uint8Array(0)
