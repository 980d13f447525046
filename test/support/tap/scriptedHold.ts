// One way of a relay that holds, with neither sockets nor a session: what comes in, what goes out, and what is told.

import { createBodyWay } from '../../../src/engine/relay/bodyWay.ts'
import { createFaultRules } from '../../../src/engine/relay/faults/faultRules.ts'
import { createFaultyWay } from '../../../src/engine/relay/faults/faultyWay.ts'
import { createAsked } from '../../../src/engine/relay/hold/asked.ts'
import { createHoldWay } from '../../../src/engine/relay/hold/holdWay.ts'
import type { RelayEvent } from '../../../src/engine/relay/relayEvents.ts'
import { relayLimits } from '../../../src/engine/relay/relayLimits.ts'
import type { TapFault } from '../../../src/shared/session/tapFaults.ts'

export interface ScriptedHoldOptions {
  readonly messageBytes?: number
  readonly dropsPings?: boolean
  /** A WebSocket; else, answers. */
  readonly frames?: boolean
  /** In force from the start, on what goes on. */
  readonly faults?: readonly TapFault[]
}

/** From the server to the client; nothing is asked about at first. */
export function scriptedHold({
  messageBytes = 1000,
  dropsPings = false,
  frames = true,
  faults = [],
}: ScriptedHoldOptions = {}) {
  const asked = createAsked()
  const rules = createFaultRules()
  rules.set(faults, 0)
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
  const faulty = createFaultyWay({
    ...{ to: 'client', rules, acts: () => null, place: () => ({ id: 1, target: '/' }) },
    write: (bytes) => out.push(Buffer.from(bytes)),
    end: () => story.push('end'),
  })
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
      ...faulty,
      messageEnd() {
        story.push('message end')
        faulty.messageEnd()
      },
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
      way.askedChanged()
    },
    setFaults(wanted: readonly TapFault[]) {
      rules.set(wanted, 0)
      way.faultsChanged()
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
