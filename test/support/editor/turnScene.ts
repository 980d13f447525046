// A session of several that take turns: each has a message in each round, so that the merged order is known.

import type { Frame } from '../../../src/shared/frame/frame.ts'
import type { Scene } from './scene.ts'

export interface Turn {
  readonly name: string
  /** From 0, of `lanes`. */
  readonly lane: number
  readonly lanes: number
  /** Epoch ms. */
  readonly startedAt: number
}

/** Between one message and the next, of whatever session. */
export const turnMs = 2

/** The message `n` of all of them, from 0, is of lane `n % lanes`; every tenth of a session was sent. */
export function turnScene({ name, lane, lanes, startedAt }: Turn): Scene {
  return {
    method: 'websocket',
    name,
    url: `ws://localhost:7411/${name.toLowerCase()}`,
    state: 'open',
    readOnly: false,
    frames: 0,
    pending: null,
    plain: true,
    row: (seq) => {
      const turn = (seq - 1) * lanes + lane
      const text = `{"type":"trade","id":${turn},"price":${70_000 + (turn % 90)}}`
      const payload = new TextEncoder().encode(text)
      const direction = seq % 10 === 5 ? 'out' : 'in'
      const frame: Frame = {
        seq,
        at: startedAt + turn * turnMs,
        elapsedMs: (seq - 1) * lanes * turnMs,
        connection: 1,
        direction,
        kind: 'message',
        detail: { type: 'text', fragments: 1, compressed: false, masked: false },
        sizeBytes: payload.length,
        wireBytes: payload.length + 2,
        replyTo: null,
        code: null,
      }
      return { frame, preview: text, start: payload, payload: () => payload }
    },
  }
}
