// One way of a WebSocket that passes: where its frames end, and pings that are kept from going on.

import { isControl, opcodes } from '../../shared/frame/webSocketDetail.ts'
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

/** Of one frame. */
export interface FramedPart extends Framed {
  /** Bytes that are of it. */
  readonly size: number
  readonly starts: boolean
  /** Null where its start was passed among others. */
  readonly opcode: number | null
  /** A message was under way before it. */
  readonly isWithin: boolean
}

export interface WsWay {
  pass(bytes: Uint8Array, dropsPings: boolean): Framed
  /** Passes what is of one frame, and no more. There are some bytes. */
  passFrame(bytes: Uint8Array, dropsPings: boolean): FramedPart
  /** No message is under way. */
  isBetweenMessages(): boolean
  /** A close frame has passed. */
  isClosed(): boolean
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

  let isWithin = false
  let isClosed = false
  let partOpcode: number | null = null

  const reader = createWsFrameReader(({ fin, opcode, wireBytes, end }) => {
    frames++
    lastEnd = end
    if (!isControl(opcode)) isWithin = !fin
    else if (opcode === opcodes.close) isClosed = true
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

  function begin(): void {
    frames = 0
    lastEnd = 0
    pings = []
  }

  function framed(bytes: Uint8Array, dropsPings: boolean): Framed {
    if (dropsPings) return { frames, lastEnd, ...withoutPings(bytes) }
    const passed = kept.length === 0 ? [bytes] : [kept, bytes]
    kept = nothing
    return { frames, lastEnd, passed, droppedPings: 0 }
  }

  return {
    pass(bytes, dropsPings) {
      begin()
      partOpcode = null
      reader.feed(bytes)
      return framed(bytes, dropsPings)
    },
    passFrame(bytes, dropsPings) {
      begin()
      const starts = reader.unfinishedBytes === 0
      if (starts) partOpcode = (bytes[0] ?? 0) & 0x0f
      const facts = { starts, opcode: partOpcode, isWithin }
      const size = reader.feedFrame(bytes)
      return { ...framed(bytes.subarray(0, size), dropsPings), ...facts, size }
    },
    isBetweenMessages: () => !isWithin && reader.unfinishedBytes === 0,
    isClosed: () => isClosed,
    isBetweenFrames: () => reader.unfinishedBytes === 0,
  }
}

const nothing = new Uint8Array(0)

function isPingHead(first: number | undefined): boolean {
  return first !== undefined && (first & 0x0f) === opcodes.ping
}
