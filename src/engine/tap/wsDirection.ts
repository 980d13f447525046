// One direction of a WebSocket that passes a tap: its messages and control frames, joined with what the wire showed.

import { opcodes } from '../../shared/frame/webSocketDetail.ts'
import type { Limits } from '../../shared/limits.ts'
import type { Came } from '../protocols/bytes/cameBytes.ts'
import { payloadBytesOf } from '../protocols/websocket/wsFrames.ts'
import {
  type Arrival,
  type Arrivals,
  createArrivals,
  type Rest,
} from '../transports/websocket/wsArrivals.ts'
import type { Fragment } from '../transports/websocket/wsFragments.ts'
import {
  createWsReader,
  type DeflateParameters,
  isFreshEachTime,
  type WsReader,
} from '../transports/websocket/wsReader.ts'
import { createMessageStart, type MessageStart } from './messageStart.ts'
import { createRawBits, type RawBits } from './rawBits.ts'

export interface WsDirection {
  /** They are taken when what they complete has been told. */
  feed(bytes: Uint8Array, at: number): void
  /** Bytes have passed that are not known; what comes next begins at a frame. */
  lost(): void
  /** Calls back when all that was fed up to now has been told, and nothing that is fed later. */
  whenIdle(run: () => void): void
  /** When it is over. */
  rest(): Rest
  close(): void
}

export interface WsDirectionOptions {
  readonly from: 'client' | 'server'
  /** As agreed on; `unknown` as `agreedExtensions` says. */
  readonly agreed: DeflateParameters | 'none' | 'unknown'
  readonly limits: Limits
  taken(bytes: number): void
  /** `isShown`: the bytes are the message, and no compressed data that nobody can read. */
  message(data: Uint8Array, isBinary: boolean, arrival: Arrival, isShown: boolean): void
  ping(arrival: Arrival): void
  pong(arrival: Arrival): void
  closed(arrival: Arrival): void
  fragment(fragment: Fragment): void
  /** `came`: the bytes that break the rules. */
  broken(error: Error, came: Came | null): void
  /** Compressed messages cannot be read from here on. */
  unreadable(): void
}

type Held =
  | { readonly bytes: Uint8Array; readonly at: number }
  | { readonly mark: () => void }
  | 'lost'

export function createWsDirection(options: WsDirectionOptions): WsDirection {
  const { from, agreed, limits, taken } = options
  let arrivals: Arrivals = newArrivals()
  /** Frames' bits and contents are told as they are: nothing is decompressed. */
  let raw: RawBits | null = agreed === 'unknown' ? createRawBits() : null
  let reader: WsReader = open()
  let start: MessageStart | null = null
  /** Writes whose end is not told. */
  let pending = 0
  /** Waits for a reader of its own, behind what the present one still has. */
  let held: Held[] = []
  /** Of those. */
  let next = 0
  let isOver = false

  function newArrivals(): Arrivals {
    return createArrivals(options.fragment, limits.faultBytes)
  }

  function open(): WsReader {
    return createWsReader({
      from,
      deflate: raw === null && typeof agreed === 'object' ? agreed : null,
      isRaw: raw !== null,
      maxPayload: limits.messageBytes,
      message: handleMessage,
      ping: () => handOver(options.ping),
      pong: () => handOver(options.pong),
      conclude() {
        isOver = true
        handOver(options.closed)
      },
      broken: handleBroken,
    })
  }

  function handOver(tell: (arrival: Arrival) => void): void {
    tell(arrivals.take())
    arrivals.tellFragments()
  }

  function handleMessage(data: Uint8Array, isBinary: boolean): void {
    const arrival = arrivals.take()
    const isShown = raw === null || (arrival.rsv === 0 && agreed !== 'unknown')
    options.message(data, isBinary, arrival, isShown)
    arrivals.tellFragments()
  }

  /** The frame that nobody can read is told for the wire layer: its bits say what is wrong with it. */
  function handleBroken(error: Error): void {
    if (isOver) return
    isOver = true
    const bytes = arrivals.oldestBytes()
    const frame = arrivals.next
    const isWhole = frame !== null && frame.fragments === 1
    const wrong = isWhole && bytes !== null ? { ...bytes, wireBytes: 0 } : bytes
    if (isWhole && frame.opcode !== opcodes.close) options.fragment(wholeFragment(arrivals.take()))
    const close = arrivals.takeClose()
    if (close !== null) options.closed(close)
    options.broken(error, wrong)
    arrivals.breakOff(wrong)
  }

  function write(bytes: Uint8Array, at: number): void {
    const known = start === null ? bytes : start.find(bytes)
    if (known !== null) start = null
    if (known === null || isOver) {
      if (known !== null) arrivals.feed(known, at)
      taken(bytes.length)
      return
    }
    arrivals.feed(known, at)
    pending++
    // A reader unmasks in place; these bytes may have to be shown as they came.
    const own = raw?.cleared(known) ?? (from === 'client' ? Buffer.from(known) : known)
    reader.write(own, () => {
      pending--
      taken(bytes.length)
      if (pending === 0) settle()
    })
  }

  function settle(): void {
    while (next < held.length) {
      const one = held[next]
      // The present reader still has something to hand over.
      if ((one === 'lost' || (one !== undefined && 'mark' in one)) && pending > 0) return
      next++
      if (one === 'lost') restart()
      else if (one === undefined) break
      else if ('mark' in one) one.mark()
      else write(one.bytes, one.at)
    }
    held = []
    next = 0
  }

  /** [rfc7692] 7.2.2: what is compressed with the memory of what was lost cannot be read. */
  function restart(): void {
    if (isOver) return
    reader.close()
    if (raw === null && typeof agreed === 'object' && !isFreshEachTime(agreed, from)) {
      raw = createRawBits()
      options.unreadable()
    } else if (raw !== null) raw = createRawBits()
    arrivals = newArrivals()
    reader = open()
    start = createMessageStart()
  }

  return {
    feed(bytes, at) {
      if (held.length > 0) held.push({ bytes, at })
      else write(bytes, at)
    },
    lost() {
      if (pending > 0 || held.length > 0) held.push('lost')
      else restart()
    },
    whenIdle(run) {
      if (pending === 0 && held.length === 0) run()
      else held.push({ mark: run })
    },
    rest: () => arrivals.rest(),
    close: () => reader.close(),
  }
}

/** A message or control frame in one piece, as the wire layer has it. */
function wholeFragment({ at, opcode, rsv, masked, wireBytes }: Arrival): Fragment {
  const payloadBytes = payloadBytesOf(wireBytes, masked)
  return { at, index: 1, opcode, fin: true, rsv, masked, payloadBytes, wireBytes }
}
