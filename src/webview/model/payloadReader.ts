// Reads one frame's payload by pieces and tells what it is: JSON, text or binary.

import {
  createPayloadDecoder,
  isKeptInPart,
  type PayloadDecoder,
  type Previewed,
  readsAsText,
} from '../../shared/frame/preview.ts'
import type { PayloadPiece } from '../../shared/session/captureRows.ts'
import { hexOf } from '../../shared/text/hexRows.ts'

/** Bytes in the first piece, which is seen at once; each next one is twice as large, up to the largest. */
const firstPieceBytes = 256 * 1024
const largestPieceBytes = 4 * 1024 * 1024

export interface PayloadReader {
  /** Reads the next piece, the same one for all who ask meanwhile; at the end it does nothing. */
  more(): Promise<void>
  /** Everything that was read, in order. */
  pieces(): readonly Uint8Array[]
  /** The same as one. */
  all(): Uint8Array
  readonly readBytes: number
  /** Bytes that the capture keeps; null before the first piece. */
  readonly sizeBytes: number | null
  readonly complete: boolean
  /** Whether all that was read is valid in its charset: of what is no text by its frame, without control characters that no text has. */
  readonly isText: boolean
  /** Everything, read to its end: the text, or hex when it is binary. */
  whole(): Promise<string>
  /** What was read, decoded; a character that the last piece cuts is left out until it is whole. */
  text(): string
}

type ReadPiece = (offset: number, length: number) => Promise<PayloadPiece>

/** Of the frame's payload. Nothing is read until `more` is called. */
export function createPayloadReader(frame: Previewed, read: ReadPiece): PayloadReader {
  const pieces: Uint8Array[] = []
  let decode: PayloadDecoder | null = null
  const texts: string[] = []
  let readBytes = 0
  let sizeBytes: number | null = null
  let isText = true
  let reading: Promise<void> | null = null

  function more(): Promise<void> {
    reading ??= readNext().finally(() => {
      reading = null
    })
    return reading
  }

  async function readNext(): Promise<void> {
    if (sizeBytes !== null && readBytes >= sizeBytes) return
    const wanted = Math.min(largestPieceBytes, firstPieceBytes * 2 ** Math.min(pieces.length, 8))
    const piece = await read(readBytes, wanted)
    sizeBytes = piece.sizeBytes
    readBytes += piece.bytes.length
    pieces.push(piece.bytes)
    if (isText) take(piece.bytes, readBytes >= sizeBytes && !isKeptInPart(frame))
  }

  return {
    more,
    whole: async () => {
      do await more()
      while (readBytes < (sizeBytes ?? 0))
      return isText ? texts.join('') : pieces.map(hexOf).join(' ')
    },
    pieces: () => pieces,
    all: () => {
      const whole = new Uint8Array(readBytes)
      let at = 0
      for (const piece of pieces) {
        whole.set(piece, at)
        at += piece.length
      }
      return whole
    },
    get readBytes() {
      return readBytes
    },
    get sizeBytes() {
      return sizeBytes
    },
    get complete() {
      return sizeBytes !== null && readBytes >= sizeBytes
    },
    get isText() {
      return isText
    },
    text: () => {
      // Joined once, however often it is drawn.
      if (texts.length > 1) texts.splice(0, texts.length, texts.join(''))
      return texts[0] ?? ''
    },
  }

  function take(bytes: Uint8Array, last: boolean): void {
    try {
      decode ??= createPayloadDecoder(frame, bytes)
      const text = decode(bytes, !last)
      texts.push(text)
      isText = readsAsText(frame, pieces[0] ?? bytes, text)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      isText = false
    }
  }
}
