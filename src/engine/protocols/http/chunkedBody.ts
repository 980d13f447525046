// Finds the end of a chunked body, and mends what a strict parser would refuse around its chunks. [rfc9112] 7.1

import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { createChunkExtension } from './chunkExtension.ts'
import { createTrailer } from './chunkTrailer.ts'

export interface ChunkedBody {
  /** Takes the next bytes. Answers with how many of them belong to the body, as far as it keeps to the rules. */
  feed(bytes: Uint8Array): number
  /** Of the bytes fed last: the same for a strict parser, up to the body's end; null where they do as they are. */
  mended(): Uint8Array | null
  /** Whether anything had to be mended so far. */
  flawed(): boolean
  /** The last byte has come. */
  over(): boolean
  /** What comes breaks the rules: nothing more is known. */
  broken(): boolean
  /** The fields behind the last chunk, once it is over. */
  trailers(): NamedValues
}

/** Bytes that are to be left out, or written before the byte at `at`. */
interface Edit {
  readonly at: number
  drop: number
  readonly put: ArrayLike<number>
}

const lf = 0x0a
const cr = 0x0d
const space = 0x20
const semicolon = 0x3b
const isBlank = (byte: number) => byte === space || byte === 0x09
/** More behind the size of a chunk, blanks or an extension, is left to the parser, which refuses it. */
const mostBehindSize = 64 * 1024
/** A size up to which one more hexadecimal digit is still counted exactly. */
const mostSize = 2 ** 53 / 16 - 1

type State = 'size' | 'blank' | 'extension' | 'data' | 'behind' | 'trailer' | 'over' | 'broken'

/** `onData` gets what the chunks hold, in views of what is fed. */
export function createChunkedBody(onData?: (bytes: Uint8Array) => void): ChunkedBody {
  let state: State = 'size'
  let size = 0
  let digits = 0
  let blanks = 0
  /** Of the chunk's data, still to come. */
  let left = 0
  const trailer = createTrailer()
  let lastWasCr = false
  let extension = createChunkExtension()
  let flawed = false
  let fed: Uint8Array = new Uint8Array(0)
  let end = 0
  let edits: Edit[] = []

  function edit(at: number, drop: number, put: Edit['put']): void {
    const last = edits.at(-1)
    const goesOn = last !== undefined && put.length === 0 && last.at + last.drop === at
    if (goesOn) last.drop += drop
    else edits.push({ at, drop, put })
  }

  function leaveOut(at: number): void {
    edit(at, 1, [])
  }

  /** An LF at `at` ends the line, which a CR should stand before. */
  function endLine(at: number): void {
    if (!lastWasCr) {
      flawed = true
      edit(at, 0, [cr])
    }
    lastWasCr = false
  }

  function afterSize(): void {
    left = size
    state = size === 0 ? 'trailer' : 'data'
    size = 0
    digits = 0
  }

  function takeSize(byte: number, at: number): void {
    const digit = hexValue(byte)
    if (digit >= 0 && !lastWasCr && size <= mostSize) {
      size = size * 16 + digit
      digits++
    } else if (digits === 0) state = 'broken'
    else if (byte === lf) {
      endLine(at)
      afterSize()
    } else if (lastWasCr) state = 'broken'
    else if (byte === cr) lastWasCr = true
    else if (byte === semicolon) {
      extension = createChunkExtension()
      state = 'extension'
      leaveOut(at)
    } else if (isBlank(byte)) {
      state = 'blank'
      blanks = 1
      flawed = true
      leaveOut(at)
    } else state = 'broken'
  }

  /** Blanks behind the size are left out. More digits behind them are no part of it, and would become one: with a blank ahead the parser refuses them. */
  function takeBlank(byte: number, at: number): void {
    const isOne = isBlank(byte)
    if (isOne && ++blanks <= mostBehindSize) leaveOut(at)
    else if (isOne || hexValue(byte) >= 0) {
      edit(at, 0, [space])
      state = 'broken'
    } else {
      state = 'size'
      takeSize(byte, at)
    }
  }

  /** [rfc9112] 7.1.1: what is not known is ignored, and nothing is known here: curl and browsers look for the line's end. */
  function takeExtension(byte: number, at: number): void {
    if (byte === lf) {
      if (!extension.isSound()) flawed = true
      edit(at, 0, [cr])
      afterSize()
    } else if (extension.take(byte) > mostBehindSize) {
      edit(at, 0, [semicolon])
      state = 'broken'
    } else leaveOut(at)
  }

  function takeBehind(byte: number, at: number): void {
    if (byte === lf) {
      endLine(at)
      state = 'size'
    } else if (byte === cr && !lastWasCr) lastWasCr = true
    else state = 'broken'
  }

  function takeTrailer(byte: number, at: number): void {
    const step = trailer.take(byte)
    if (step === 'held') leaveOut(at)
    if (step !== 'end' && step !== 'broken') return
    const given = trailer.given()
    if (given.length > 0) edit(at, 0, given)
    if (trailer.isFlawed()) flawed = true
    state = step === 'end' ? 'over' : 'broken'
  }

  /** Most chunks are as they should be, and follow each other in what the socket read: one by one that takes ten times as long. */
  function takeData(bytes: Uint8Array, start: number): number {
    const count = Math.min(left, bytes.length - start)
    left -= count
    if (count > 0) onData?.(bytes.subarray(start, start + count))
    let at = start + count
    while (left === 0) {
      if (bytes[at] !== cr || bytes[at + 1] !== lf) break
      let next = 0
      let digit = at + 2
      const last = digit + 8
      for (let value = hexOf(bytes, digit); value >= 0; value = hexOf(bytes, digit)) {
        next = next * 16 + value
        digit++
      }
      if (next === 0 || digit > last || bytes[digit] !== cr || bytes[digit + 1] !== lf) break
      at = digit + 2
      const taken = Math.min(next, bytes.length - at)
      left = next - taken
      if (taken > 0) onData?.(bytes.subarray(at, at + taken))
      at += taken
    }
    if (left === 0) state = 'behind'
    return at
  }

  const takers: Readonly<Partial<Record<State, (byte: number, at: number) => void>>> = {
    size: takeSize,
    blank: takeBlank,
    extension: takeExtension,
    behind: takeBehind,
    trailer: takeTrailer,
  }

  return {
    flawed: () => flawed,
    over: () => state === 'over',
    broken: () => state === 'broken',
    trailers: trailer.fields,
    feed(bytes) {
      fed = bytes
      if (edits.length > 0) edits = []
      let at = 0
      while (at < bytes.length) {
        if (state === 'data') {
          at = takeData(bytes, at)
          continue
        }
        takers[state]?.(bytes[at] as number, at)
        if (state === 'broken') break
        at++
        if (state === 'over') break
      }
      end = at
      return at
    },
    mended() {
      return edits.length === 0 ? null : applyEdits(fed.subarray(0, end), edits)
    },
  }
}

const hexValues = new Int8Array(256).fill(-1)
for (const digit of '0123456789abcdefABCDEF') {
  hexValues[digit.charCodeAt(0)] = Number.parseInt(digit, 16)
}

function hexValue(byte: number): number {
  return hexValues[byte] as number
}

/** -1 also behind the end. */
function hexOf(bytes: Uint8Array, at: number): number {
  return at < bytes.length ? hexValue(bytes[at] as number) : -1
}

function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const grown = edits.reduce((sum, { drop, put }) => sum + put.length - drop, bytes.length)
  const mended = new Uint8Array(grown)
  let from = 0
  let to = 0
  for (const { at, drop, put } of edits) {
    mended.set(bytes.subarray(from, at), to)
    to += at - from
    mended.set(put, to)
    to += put.length
    from = at + drop
  }
  mended.set(bytes.subarray(from), to)
  return mended
}
