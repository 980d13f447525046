// Frames that the tap has seen of a WebSocket and `ws` has not handed over yet, in wire order.

import { isControl, opcodes, rsv1 } from '../../../shared/frame/webSocketDetail.ts'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import { type Came, createCameBytes } from '../../protocols/bytes/cameBytes.ts'
import { createWsFrameReader, type WsFrame } from '../../protocols/websocket/wsFrames.ts'
import { createHeldFragments, type Fragment, fragmentOf } from './wsFragments.ts'
import { createKeptBytes } from './wsKeptBytes.ts'

/** A message or control frame whose last byte has arrived. */
export interface Arrival {
  /** Epoch ms of the chunk that held its last byte. */
  readonly at: number
  readonly opcode: number
  readonly fragments: number
  /** Of the first fragment. */
  readonly rsv: number
  readonly compressed: boolean
  readonly masked: boolean
  /** All its fragments, heads included. */
  readonly wireBytes: number
  /** Payload of a control frame. */
  readonly control: Uint8Array | null
  /** Where its first byte is among those that are kept. */
  readonly from: number
}

export interface Arrivals {
  /** The next bytes of the socket, which arrived at `at`. Call it before `ws` gets them. */
  feed(chunk: Uint8Array, at: number): void
  /** The oldest one. `ws` hands over messages and control frames in the same order. */
  take(): Arrival
  /** Tells the fragments that came behind what was taken. Call it when that is told. */
  tellFragments(): void
  /** The oldest one when it is a close frame, else null. `ws` tells of those only at the end. */
  takeClose(): Arrival | null
  /** The oldest one, which stays; null when all has been handed over. */
  readonly next: Arrival | null
  /** What has come of a message or frame that has not come to its end, as on the wire; null where nothing is missing. */
  unfinished(): Unfinished | null
  /**
   * As they came: the bytes of the oldest one, or of what has not come to its end; null where there is neither. Its
   * `wireBytes` are those that nothing taken or told counts.
   */
  oldestBytes(): Came | null
  /** `ws` hands over nothing more: what was not taken or told and still comes is surplus, but for what `counted` counts. */
  breakOff(counted: Came | null): void
  /** When it is over. */
  rest(): Rest
}

/** What has come and was handed to nobody. */
export interface Rest {
  readonly unfinished: Unfinished | null
  /** Those of `unfinished`. */
  readonly bytes: Came | null
  /** What came behind the close frame, or behind what it broke off at. */
  readonly surplus: Came | null
}

// Compressed messages are handed over later; under a flood the list would never run empty.
const compactAfter = 4096

/**
 * `onFragment` is told in wire order: not before what came before it has been taken. Of the bytes that something is
 * wrong with, the first `keptBytes` are kept.
 */
export function createArrivals(
  onFragment: (fragment: Fragment) => void,
  keptBytes: number,
): Arrivals {
  let waiting: Arrival[] = []
  let taken = 0
  /** Taken and compacted away. */
  let gone = 0
  const held = createHeldFragments(tell)
  let at = 0
  let fragments = 0
  let wireBytes = 0
  let rsv = 0
  /** Nothing more is handed over. */
  let closed = false
  let fedBytes = 0
  /** Taken, told or counted elsewhere. Those are always the first ones. */
  let countedBytes = 0
  const kept = createKeptBytes(keptBytes)
  const late = createCameBytes(keptBytes)
  /** Where the close frame ends in its chunk. */
  let closedAt = 0
  /** Of the chunk that is being fed. */
  let chunkFrom = 0
  /** Of the message that comes in fragments. */
  let messageFrom = 0
  /** Of what has not come to its end, epoch ms. */
  let since = 0

  const reader = createWsFrameReader((frame) => {
    // [rfc6455] 1.4: what follows a close frame is discarded. `ws` does so too: nobody would take it.
    if (closed) return
    closed = frame.opcode === opcodes.close
    if (closed) closedAt = frame.end
    if (isControl(frame.opcode)) addControl(frame)
    else addData(frame)
  })

  function addControl(frame: WsFrame): void {
    const { opcode, rsv: bits, masked, wireBytes: size, control, end } = frame
    waiting.push({
      at,
      opcode,
      fragments: 1,
      rsv: bits,
      compressed: false,
      masked,
      wireBytes: size,
      control,
      from: chunkFrom + end - size,
    })
  }

  /** A message has arrived when its last frame has. */
  function addData(frame: WsFrame): void {
    // [rfc7692] 6: the first fragment says whether the message is compressed.
    if (fragments === 0) {
      rsv = frame.rsv
      messageFrom = chunkFrom + frame.end - frame.wireBytes
    }
    fragments++
    wireBytes += frame.wireBytes
    if (fragments > 1 || !frame.fin) {
      addFragment(frame)
      if (!frame.fin) return
    }
    waiting.push({
      at,
      opcode: frame.opcode,
      fragments,
      rsv,
      compressed: (rsv & rsv1) !== 0,
      masked: frame.masked,
      wireBytes,
      control: null,
      from: messageFrom,
    })
    fragments = 0
    wireBytes = 0
  }

  function addFragment(frame: WsFrame): void {
    const fragment = fragmentOf(frame, at, fragments)
    if (taken === waiting.length) tell(fragment)
    else held.add(gone + waiting.length, fragment)
  }

  function tell(fragment: Fragment): void {
    countedBytes += fragment.wireBytes
    onFragment(fragment)
  }

  function unfinishedFrom(): number {
    return fragments > 0 ? messageFrom : kept.end - reader.unfinishedBytes
  }

  function unfinished(): Unfinished | null {
    const bytes = wireBytes + reader.unfinishedBytes
    if (closed || bytes === 0) return null
    return { bytes, since, awaits: fragments > 0 ? 'message' : 'frame' }
  }

  function oldestBytes(): Came | null {
    const oldest = waiting[taken]
    if (oldest === undefined) {
      const from = unfinishedFrom()
      if (closed || from === kept.end) return null
      // Fragments that are complete have been told and counted.
      return { ...kept.read(from, kept.end), wireBytes: reader.unfinishedBytes }
    }
    // Between the fragments of a message there may be others.
    const { from, fragments: parts, wireBytes: size } = oldest
    return parts === 1
      ? { ...kept.read(from, from + size), wireBytes: size }
      : { ...kept.read(from, kept.end), wireBytes: fedBytes - countedBytes }
  }

  function take(): Arrival {
    const arrival = waiting[taken]
    if (arrival === undefined) throw new Error('ws handed over a frame that the tap has not seen')
    if (held.any()) held.tell(gone + taken)
    // Fragments were counted one by one.
    if (arrival.fragments === 1) countedBytes += arrival.wireBytes
    taken++
    if (taken === waiting.length) {
      gone += taken
      waiting.length = 0
      taken = 0
    } else if (taken === compactAfter) {
      gone += taken
      waiting = waiting.slice(taken)
      taken = 0
    }
    return arrival
  }

  return {
    feed(chunk, arrivedAt) {
      fedBytes += chunk.length
      if (closed) {
        late.add(chunk)
        return
      }
      at = arrivedAt
      const goesOn = wireBytes + reader.unfinishedBytes > 0
      const oldestFrom = Math.min(waiting[taken]?.from ?? kept.end, unfinishedFrom())
      if (goesOn || taken < waiting.length) kept.forgetBefore(oldestFrom)
      else kept.clear()
      chunkFrom = kept.end
      kept.add(chunk)
      reader.feed(chunk)
      if (closed && closedAt < chunk.length) late.add(chunk.subarray(closedAt))
      // What was begun before may have ended in this chunk, and another one may have begun.
      if (!goesOn || kept.end - unfinishedFrom() < chunk.length) since = arrivedAt
    },
    take,
    tellFragments() {
      if (held.any()) held.tell(gone + taken)
    },
    takeClose: () => (waiting[taken]?.opcode === opcodes.close ? take() : null),
    get next() {
      return waiting[taken] ?? null
    },
    unfinished,
    oldestBytes,
    breakOff(counted) {
      countedBytes += counted?.wireBytes ?? 0
      if (closed) return
      closed = true
      late.add(kept.read(kept.end - fedBytes + countedBytes, kept.end).bytes)
    },
    rest() {
      const found = unfinished()
      const bytes = found === null ? null : oldestBytes()
      const sizeBytes = closed ? fedBytes - countedBytes : 0
      const surplus = { bytes: late.read()?.bytes ?? nothing, sizeBytes, wireBytes: sizeBytes }
      return { unfinished: found, bytes, surplus: sizeBytes > 0 ? surplus : null }
    },
  }
}

const nothing = new Uint8Array(0)
