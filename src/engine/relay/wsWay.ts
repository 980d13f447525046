// One way of a WebSocket that passes: where its frames end, and pings that are kept from going on.

import { opcodes } from '../../shared/frame/webSocketDetail.ts'
import { createWsFrameReader } from '../protocols/websocket/wsFrames.ts'

/** Of the bytes that passed last. */
export interface Framed {
  /** Frames that ended in them. */
  readonly frames: number
  /** Offset behind the last of these; 0 without one. */
  readonly lastEnd: number
  /** What goes on of them, and of those that were kept back before. */
  readonly passed: readonly Uint8Array[]
  readonly droppedPings: number
}

export interface WsWay {
  pass(bytes: Uint8Array, dropsPings: boolean): Framed
  /** No frame is under way. */
  isBetweenFrames(): boolean
}

// [rfc6455] 5.5: two bytes, a masking key, and at most 125 of payload.
const longestPing = 131

export function createWsWay(): WsWay {
  let frames = 0
  let lastEnd = 0
  let pings: (readonly [from: number, to: number])[] = []
  /** The start of a ping. */
  let kept: Uint8Array = nothing

  const reader = createWsFrameReader(({ opcode, wireBytes, end }) => {
    frames++
    lastEnd = end
    if (opcode === opcodes.ping) pings.push([end - wireBytes, end])
  })

  /** Without the pings that are whole in it, and without the start of one, which is kept. */
  function withoutPings(bytes: Uint8Array): Pick<Framed, 'passed' | 'droppedPings'> {
    const before = kept.length
    const whole = before === 0 ? bytes : Buffer.concat([kept, bytes])
    const open = reader.unfinishedBytes
    const openAt = whole.length - open
    const isPing = open > 0 && open < longestPing && openAt >= 0 && isPingHead(whole[openAt])
    const end = isPing ? openAt : whole.length
    kept = isPing ? new Uint8Array(whole.subarray(openAt)) : nothing
    const passed: Uint8Array[] = []
    let from = 0
    let droppedPings = 0
    for (const [start, stop] of pings) {
      // The start of one has gone on already, before pings were kept.
      if (start + before < from) continue
      passed.push(whole.subarray(from, start + before))
      from = stop + before
      droppedPings++
    }
    passed.push(whole.subarray(from, end))
    return { passed: passed.filter(({ length }) => length > 0), droppedPings }
  }

  return {
    pass(bytes, dropsPings) {
      frames = 0
      lastEnd = 0
      pings = []
      reader.feed(bytes)
      if (dropsPings) return { frames, lastEnd, ...withoutPings(bytes) }
      const passed = kept.length === 0 ? [bytes] : [kept, bytes]
      kept = nothing
      return { frames, lastEnd, passed, droppedPings: 0 }
    },
    isBetweenFrames: () => reader.unfinishedBytes === 0,
  }
}

const nothing = new Uint8Array(0)

function isPingHead(first: number | undefined): boolean {
  return first !== undefined && (first & 0x0f) === opcodes.ping
}
