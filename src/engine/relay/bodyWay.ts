// The bodies that one side sends, or its WebSocket: passed on at once, then told.

import type { Side } from './relayEvents.ts'
import { createBodyTeller, type Teller } from './teller.ts'
import { createWsWay, type WsWay } from './wsWay.ts'

export interface BodyWay {
  pass(bytes: Uint8Array, at: number): void
  /** The body is complete, or broken off. */
  end(at: number): void
  /** What follows are WebSocket frames. */
  becomeWebSocket(): void
  /** It is a WebSocket, and no frame of this side is under way. */
  isBetweenFrames(): boolean
}

export interface BodyWayOptions {
  readonly id: number
  readonly from: Side
  readonly teller: Teller
  write(bytes: Uint8Array): void
  dropsPings(): boolean
}

export function createBodyWay(options: BodyWayOptions): BodyWay {
  const { id, from, teller, write } = options
  const bodies = createBodyTeller(teller, options)
  let frames: WsWay | null = null

  function tellDropped(pings: number, at: number): void {
    const to = from === 'client' ? 'server' : 'program'
    const message = `${pings === 1 ? 'A ping' : `${pings} pings`} did not go on to the ${to}.`
    teller.tell({ kind: 'fault', id, at, fault: 'drop-pings', message })
  }

  return {
    pass(bytes, at) {
      if (frames === null) {
        write(bytes)
        bodies.pass(bytes, at, null)
        return
      }
      const framed = frames.pass(bytes, options.dropsPings())
      for (const piece of framed.passed) write(piece)
      if (framed.droppedPings > 0) tellDropped(framed.droppedPings, at)
      bodies.pass(bytes, at, framed)
    },
    end: bodies.end,
    becomeWebSocket() {
      frames = createWsWay()
    },
    isBetweenFrames: () => frames?.isBetweenFrames() ?? false,
  }
}
