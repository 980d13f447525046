// One way of a relay that holds, with neither sockets nor a session: what comes in, what goes out, and what is told.

import { createBodyWay } from '../../../src/engine/relay/bodyWay.ts'
import { createAsked } from '../../../src/engine/relay/hold/asked.ts'
import { createHoldWay } from '../../../src/engine/relay/hold/holdWay.ts'
import type { RelayEvent } from '../../../src/engine/relay/relayEvents.ts'
import { relayLimits } from '../../../src/engine/relay/relayLimits.ts'

export interface ScriptedHoldOptions {
  readonly messageBytes?: number
  readonly dropsPings?: boolean
  /** A WebSocket; else, answers. */
  readonly frames?: boolean
}

/** From the server to the client; nothing is asked about at first. */
export function scriptedHold({
  messageBytes = 1000,
  dropsPings = false,
  frames = true,
}: ScriptedHoldOptions = {}) {
  const asked = createAsked()
  const out: Buffer[] = []
  /** `held 1`, `message end`, `end`, `leave`, `cut …`. */
  const story: string[] = []
  const bodies: Uint8Array[] = []
  /** Bytes that were told when the message of this number was held. */
  const toldBytes: number[] = []
  let isFull = false
  const size = () => bodies.reduce((sum, { length }) => sum + length, 0)
  const tell = (event: RelayEvent) => {
    if (event.kind === 'body') bodies.push(event.bytes)
  }
  const way = createHoldWay({
    ...{ to: 'client', asked, messageBytes, isFull: () => isFull, settle: () => null },
    itemBytes: relayLimits.eventBytes,
    held(n) {
      story.push(`held ${n}`)
      toldBytes[n] = size()
    },
    leave() {
      story.push('leave')
      way.clear()
    },
    cut(why) {
      story.push(`cut ${why}`)
      way.clear()
    },
    out: {
      write: (bytes) => out.push(Buffer.from(bytes)),
      messageEnd: () => story.push('message end'),
      end: () => story.push('end'),
      ...{ held: () => 0, changed: () => null, clear: () => null },
    },
  })
  const teller = { tell, isFull: () => isFull, passed() {} }
  const body = createBodyWay({ id: 1, from: 'server', teller, way, dropsPings: () => dropsPings })
  if (frames) body.becomeWebSocket()
  return {
    ...{ way, story, toldBytes },
    pass: (...pieces: readonly Uint8Array[]) => {
      for (const piece of pieces) body.pass(piece, 0)
    },
    inject: (bytes: Uint8Array) => body.inject(bytes, () => story.push('injected')),
    ask(isAsked: boolean) {
      asked.set(isAsked ? 'client' : null)
      way.changed()
    },
    verdict: (n: number, act: 'pass' | 'drop' | Uint8Array, keepsAsking = false) =>
      way.verdict({ n, act, keepsAsking }),
    setFull(full: boolean) {
      isFull = full
    },
    /** One whole answer. */
    answer(...pieces: readonly string[]) {
      way.gatherAnswer()
      pieces.forEach((piece, index) => {
        way.write(Buffer.from(piece), index === 0)
      })
      way.messageEnd(true)
    },
    out: () => Buffer.concat(out).toString('latin1'),
    told: () => Buffer.concat(bodies).toString('latin1'),
  }
}
