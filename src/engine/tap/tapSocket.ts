// A WebSocket that passes a tap: the frames of both directions, and how it ended.

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'
import { formatSize } from '../../shared/text/units.ts'
import type { Came } from '../protocols/bytes/cameBytes.ts'
import type { Side, SocketFailure } from '../relay/relayEvents.ts'
import { createOpenPings } from '../transports/websocket/openPings.ts'
import type { Arrival, Rest } from '../transports/websocket/wsArrivals.ts'
import { createWsEmitter } from '../transports/websocket/wsEmitter.ts'
import { agreedExtensions } from '../transports/websocket/wsReader.ts'
import type { TapContext } from './tapContext.ts'
import type { ToldRequest } from './tapRequest.ts'
import { createWsDirection, type WsDirection } from './wsDirection.ts'
import { endedSocket, wsFault } from './wsWords.ts'

/** Two ways of bytes that are open until the pair is closed. */
export interface TapTunnel {
  body(from: Side, bytes: Uint8Array, at: number): void
  lost(from: Side, bytes: number): void
  closed(by: Side | 'relay', failure: SocketFailure | null, at: number): void
}

export function createTapSocket(
  { limits, taken, goesOn }: Pick<TapContext, 'limits' | 'taken' | 'goesOn'>,
  { frames }: Pick<ToldRequest, 'frames'>,
  answerHeaders: NamedValues,
): TapTunnel {
  const emitter = createWsEmitter(frames, limits)
  const agreed = agreedExtensions(headerValue(answerHeaders, 'sec-websocket-extensions'))
  const closed = { client: false, server: false }
  const broken = { client: false, server: false }
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
        if (isShown) emitter.message(direction, type, data, arrival)
        else emitHidden(direction, type, data.length, arrival)
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

  async function end(by: Side | 'relay', failure: SocketFailure | null, at: number): Promise<void> {
    await Promise.all(
      [sides.client, sides.server].map((side) => new Promise<void>((done) => side.whenIdle(done))),
    )
    for (const from of ['client', 'server'] as const) tellRest(from, sides[from].rest())
    const words = endedSocket({ by, failure, closed, first: emitter.firstClose?.by ?? null })
    if (words?.kind === 'notice') frames.notice(words.code, words.message, { at })
    else if (words?.kind === 'error') frames.error(words.fault, { at })
    sides.client.close()
    sides.server.close()
  }

  return {
    body: (from, bytes, at) => sides[from].feed(bytes, at),
    lost: (from) => sides[from].lost(),
    closed(by, failure, at) {
      goesOn(end(by, failure, at))
    },
  }
}

const sideNames = { client: 'program', server: 'server' } as const
const nothing = new Uint8Array(0)
