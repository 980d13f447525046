// The bodies that one side sends, or its WebSocket: passed on at once, then told.

import type { HoldWay } from './hold/holdWay.ts'
import type { Side } from './relayEvents.ts'
import { createBodyTeller, type Teller } from './teller.ts'
import { createWsWay, type WsWay } from './wsWay.ts'

export interface BodyWay {
  pass(bytes: Uint8Array, at: number): void
  /** The body is complete, or broken off. Answers whether all of it was told. */
  end(at: number): boolean
  /** What follows are WebSocket frames. */
  becomeWebSocket(): void
  /** It is a WebSocket, and no frame of this side is under way. */
  isBetweenFrames(): boolean
  /** A message of a WebSocket at the next place for one; `sent` is called when it has gone out, if ever. */
  inject(bytes: Uint8Array, sent: () => void): void
}

export interface BodyWayOptions {
  readonly id: number
  readonly from: Side
  readonly teller: Teller
  readonly way: Pick<HoldWay, 'write' | 'messages'>
  dropsPings(): boolean
}

export function createBodyWay(options: BodyWayOptions): BodyWay {
  const { id, from, teller, way } = options
  const { messages } = way
  const bodies = createBodyTeller(teller, options)
  let frames: WsWay | null = null

  function tellDropped(pings: number, at: number): void {
    const to = from === 'client' ? 'server' : 'program'
    const message = `${pings === 1 ? 'A ping' : `${pings} pings`} did not go on to the ${to}.`
    teller.tell({ kind: 'fault', id, at, fault: 'drop-pings', message })
  }

  /** Frame after frame, so that each message that waits is told by itself. */
  function passFrames(ws: WsWay, bytes: Uint8Array, at: number): void {
    for (let rest = bytes; rest.length > 0 && !messages.isOver(); ) {
      const part = ws.passFrame(rest, options.dropsPings())
      messages.take(part)
      if (part.droppedPings > 0) tellDropped(part.droppedPings, at)
      messages.told(bodies.pass(rest.subarray(0, part.size), at, part))
      if (part.frames > 0) messages.frameEnd({ endsMessage: ws.isBetweenMessages() })
      rest = rest.subarray(part.size)
    }
  }

  return {
    pass(bytes, at) {
      if (frames === null) {
        way.write(bytes, false)
        bodies.pass(bytes, at, null)
        return
      }
      if (messages.isOn()) {
        passFrames(frames, bytes, at)
        return
      }
      const framed = frames.pass(bytes, options.dropsPings())
      for (const piece of framed.passed) way.write(piece, false)
      if (framed.droppedPings > 0) tellDropped(framed.droppedPings, at)
      bodies.pass(bytes, at, framed)
    },
    end: bodies.end,
    becomeWebSocket() {
      frames = createWsWay()
    },
    isBetweenFrames: () => frames?.isBetweenFrames() ?? false,
    inject(bytes, sent) {
      if (frames === null || frames.isClosed()) return
      messages.inject(bytes, frames.isBetweenMessages(), sent)
    },
  }
}
