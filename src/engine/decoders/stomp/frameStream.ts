// Cuts one direction of a connection into STOMP frames: a message may hold several, or a part of one. [stomp12]

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { createByteGatherer } from '../../protocols/bytes/byteGatherer.ts'
import { readHead, type StompHead } from './readHead.ts'

export interface StompFrame extends StompHead {
  /** Without the NUL; of a long one that came in several messages the beginning. */
  readonly body: Uint8Array
}

export interface FrameRun {
  /** At most `decodeLimits.packets`. */
  readonly frames: readonly StompFrame[]
  /** Whole frames beyond them. */
  readonly more: number
  /** Whether there was nothing but ends of lines between frames. */
  readonly isHeartBeat: boolean
}

export interface FrameStream {
  /** `isReplaced`: references stand in it where secrets stood, so that no content-length counts. */
  push(bytes: Uint8Array, isReplaced: boolean): FrameRun
  /** A message is not there: what follows is taken to begin with a frame. */
  missed(): void
}

/** How far a frame is read, in bytes from its beginning. */
interface Progress {
  scanned: number
  isLineEmpty: boolean
  /** With the place where the body begins, once the blank line has come. */
  head: { readonly read: StompHead; readonly size: number } | null
}

interface Ended {
  readonly frame: StompFrame
  /** The place after its NUL. */
  readonly end: number
}

const nul = 0
const lineFeed = 0x0a
const carriageReturn = 0x0d

export function createFrameStream(): FrameStream {
  let pending = createByteGatherer()
  let progress = begin()
  /** Bytes to the least place where the NUL of a frame may stand that is too long to be kept; -1: there is none. */
  let skipped = -1
  /** Whether a secret was replaced in what is kept. */
  let hasReplaced = false

  function lengthOf(head: StompHead): number | null {
    return hasReplaced ? null : contentLength(head)
  }

  /** `isCounted`: of the frame nothing is told but that it is there. */
  function readFrame(data: Uint8Array, from: number, isCounted: boolean): Ended | null {
    const head = progress.head ?? readWholeHead(data, from, isCounted)
    if (head === null) return null
    if ('frame' in head) return head
    progress.head = head
    const end = data.indexOf(nul, from + progress.scanned)
    if (end < 0) {
      progress.scanned = Math.max(progress.scanned, data.length - from)
      return null
    }
    if (isCounted) return { frame: noFrame, end: end + 1 }
    const body = data.subarray(from + head.size, end)
    return {
      frame: { ...head.read, body, flaws: bodyFlaws(head.read, lengthOf(head.read), body.length) },
      end: end + 1,
    }
  }

  /** The head, or a frame that ends within it. */
  function readWholeHead(
    data: Uint8Array,
    from: number,
    isCounted: boolean,
  ): Progress['head'] | Ended {
    for (let at = from + progress.scanned; at < data.length; at++) {
      const byte = data[at]
      if (byte === nul) {
        return { frame: isCounted ? noFrame : headless(data.subarray(from, at)), end: at + 1 }
      }
      if (byte === lineFeed && progress.isLineEmpty) {
        const size = at + 1 - from
        const isShort = isCounted && size < leastLengthHead && data.indexOf(nul, at) >= 0
        const read = isShort ? noFrame : readHead(data.subarray(from, at))
        progress.scanned = size + (lengthOf(read) ?? 0)
        return { read, size }
      }
      if (byte !== carriageReturn) progress.isLineEmpty = byte === lineFeed
    }
    progress.scanned = data.length - from
    return null
  }

  /** Where the frame ends that is passed over; -1 where it goes on. */
  function skip(bytes: Uint8Array): number {
    const end = bytes.indexOf(nul, skipped)
    skipped = end < 0 ? Math.max(0, skipped - bytes.length) : -1
    return end < 0 ? bytes.length : end + 1
  }

  /** Keeps the beginning of a frame. What there is of a long one is told, and the rest passed over. */
  function hold(rest: Uint8Array): StompFrame | null {
    if (rest.length <= decodeLimits.heldBytes) return null
    skipped = Math.max(0, progress.scanned - rest.length)
    const { head } = progress
    pending = createByteGatherer()
    progress = begin()
    if (head === null) return headless(rest.subarray(0, decodeLimits.heldBytes))
    return { ...head.read, body: rest.subarray(head.size) }
  }

  return {
    push(bytes, isReplaced) {
      hasReplaced = isReplaced || (hasReplaced && pending.size() > 0)
      if (isReplaced && progress.head) progress.scanned = progress.head.size
      let at = skipped < 0 ? 0 : skip(bytes)
      const isInside = at > 0 || pending.size() > 0
      let data = bytes
      if (pending.size() > 0) {
        pending.add(bytes)
        data = pending.peek()
      }
      const isHeld = data !== bytes
      const frames: StompFrame[] = []
      let more = 0
      while (true) {
        if (progress.scanned === 0) at = skipLineEnds(data, at)
        const isCounted = frames.length >= decodeLimits.packets
        const ended = at < data.length ? readFrame(data, at, isCounted) : null
        if (ended === null) break
        progress = begin()
        at = ended.end
        if (isCounted) more++
        else frames.push(ended.frame)
      }
      const isHeartBeat = !isInside && frames.length === 0 && at === data.length
      const rest = data.subarray(at)
      const long = hold(rest)
      if (long !== null && frames.length < decodeLimits.packets) frames.push(long)
      else if (long !== null) more++
      else if (!isHeld || at > 0) {
        pending = createByteGatherer()
        if (rest.length > 0) pending.add(rest)
      }
      return { frames, more, isHeartBeat }
    },
    missed() {
      pending = createByteGatherer()
      progress = begin()
      skipped = -1
    },
  }
}

/** In the place of one that is only counted. */
const noFrame: StompFrame = { command: '', headers: new Map(), flaws: [], body: new Uint8Array() }

/** No shorter head tells the length of its body. */
const leastLengthHead = 'A\ncontent-length:0\n\n'.length

function begin(): Progress {
  return { scanned: 0, isLineEmpty: false, head: null }
}

function headless(head: Uint8Array): StompFrame {
  const read = readHead(head)
  return { ...read, body: head.subarray(0, 0), flaws: ['No blank line ends its head.'] }
}

/** [stomp12] "Augmented BNF": ends of lines may stand between frames. */
function skipLineEnds(data: Uint8Array, from: number): number {
  let at = from
  while (data[at] === lineFeed || data[at] === carriageReturn) at++
  return at
}

/** Null where the NUL ends the body. */
function contentLength({ headers }: StompHead): number | null {
  const written = headers.get('content-length') ?? ''
  return /^\d{1,10}$/.test(written) ? Number(written) : null
}

function bodyFlaws(head: StompHead, length: number | null, bodyBytes: number): readonly string[] {
  if (length === null || length === bodyBytes) return head.flaws
  const words = `Its content-length is ${formatCount(length)}, its body has ${formatCount(bodyBytes)} bytes.`
  return [...head.flaws, words]
}
