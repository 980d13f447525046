// Follows the bytes of one answer from its head to its end: mends what only a strict parser refuses, and keeps what
// comes behind the end from it.

import { type ReadHead, readAnswerHead } from './answerHead.ts'
import type { BodyEnd } from './bodyLength.ts'
import { type ChunkedBody, createChunkedBody } from './chunkedBody.ts'
import { createGrowingHead, type GrowingHead } from './growingHead.ts'
import { readStrictHead } from './strictHead.ts'

export interface AnswerBytesOptions {
  /** Of the request. */
  readonly method: string
  /** A longer head is left to the parser, which refuses it. */
  readonly headBytes: number
  /** A head of which something had to be mended, as it came. Also one ahead of the answer's own. */
  onFlawed(head: ReadHead, bytes: Uint8Array): void
  /** The lines of a chunked body had to be mended, of which the first are among these bytes. Told once. */
  onFlawedChunks(bytes: Uint8Array): void
  /** The answer is complete, and this has come behind it. */
  onSurplus(bytes: Uint8Array): void
}

/** One is made for each answer, and with functions: what a getter holds outlives it up to the next full collection. */
export interface AnswerBytes {
  /** Takes what arrived next; answers with what the parser gets of it, null for nothing. */
  feed(bytes: Uint8Array): Uint8Array | null
  /** Nothing more comes. Answers with what was held of a head that has not ended. */
  end(): Uint8Array | null
  /** `free`: everything passes as it comes. */
  stage(): 'head' | 'body' | 'over' | 'free'
  /** The answer's head has come, not only one ahead of it, and can be read. */
  hasHead(): boolean
  /** That head as it came; null where it had not to be mended. */
  mendedHead(): ReadHead | null
  /** Bytes of the heads so far, those ahead of the answer's included. */
  headBytes(): number
  /** Why the head cannot be read, in words. */
  refusal(): string | null
}

export function createAnswerBytes(options: AnswerBytesOptions): AnswerBytes {
  const { method } = options
  let stage: ReturnType<AnswerBytes['stage']> = 'head'
  let hasHead = false
  let mendedHead: ReadHead | null = null
  let refusal: string | null = null
  let headBytes = 0
  /** Of a head that has not ended. */
  let held: GrowingHead | null = null
  /** A body in chunks; of another one so many bytes are still to come. */
  let chunks: ChunkedBody | null = null
  let left = 0
  let toldChunks = false

  function feed(bytes: Uint8Array): Uint8Array | null {
    if (stage === 'free') return bytes
    const size = takeStrictHead(bytes)
    // Most answers come whole, and pass as they are.
    if (size > 0 && stage === 'body' && chunks === null && size + left === bytes.length) {
      left = 0
      stage = 'over'
      return bytes
    }
    const passed: Uint8Array[] = size > 0 ? [bytes.subarray(0, size)] : []
    for (let rest = bytes.subarray(size); rest.length > 0; ) rest = step(rest, passed)
    return together(passed, bytes)
  }

  /** Answers with its size; 0 where the bytes do not begin with one. */
  function takeStrictHead(bytes: Uint8Array): number {
    const strict = stage === 'head' && held === null ? readStrictHead(bytes, method) : null
    if (strict === null || strict.size > options.headBytes) return 0
    enter(strict.status, strict.bodyEnd, strict.size)
    return strict.size
  }

  /** Takes what it can of the bytes, adds what the parser gets of it, and answers with the rest. */
  function step(bytes: Uint8Array, passed: Uint8Array[]): Uint8Array {
    if (stage === 'head') return takeHead(bytes, passed)
    if (stage === 'body')
      return chunks === null ? takeCounted(bytes, passed) : takeChunks(chunks, bytes, passed)
    if (stage === 'over') options.onSurplus(bytes)
    else passed.push(bytes)
    return nothing
  }

  function takeHead(bytes: Uint8Array, passed: Uint8Array[]): Uint8Array {
    held ??= createGrowingHead()
    const end = held.add(bytes)
    if (end < 0 && held.size() <= options.headBytes) return nothing
    const whole = held.take()
    held = null
    const isShort = end > 0 && end <= options.headBytes
    const reading = isShort ? readAnswerHead(whole.subarray(0, end), method) : null
    if (reading === null || 'refusal' in reading) {
      refusal = reading?.refusal ?? null
      stage = 'free'
      return step(whole, passed)
    }
    const own = whole.subarray(0, end)
    passed.push(reading.mended ?? own)
    if (reading.mended !== null) options.onFlawed(reading, own)
    if (enter(reading.status, reading.bodyEnd, end) && reading.mended !== null) mendedHead = reading
    return whole.subarray(end)
  }

  /** Whether it is the answer's own head, not one ahead of it. Below 100 a status means nothing, and nothing follows it. */
  function enter(status: number, bodyEnd: BodyEnd, size: number): boolean {
    headBytes += size
    if (status >= 100 && status < 200 && status !== 101) return false
    hasHead = true
    // What follows 101 is another protocol.
    if (status === 101 || bodyEnd.by === 'close') stage = 'free'
    else if (bodyEnd.by === 'chunks') {
      chunks = createChunkedBody()
      stage = 'body'
    } else {
      left = bodyEnd.by === 'length' ? bodyEnd.bytes : 0
      stage = left === 0 ? 'over' : 'body'
    }
    return true
  }

  function takeCounted(bytes: Uint8Array, passed: Uint8Array[]): Uint8Array {
    const size = Math.min(left, bytes.length)
    left -= size
    if (left === 0) stage = 'over'
    passed.push(bytes.subarray(0, size))
    return bytes.subarray(size)
  }

  function takeChunks(body: ChunkedBody, bytes: Uint8Array, passed: Uint8Array[]): Uint8Array {
    const size = body.feed(bytes)
    if (body.flawed() && !toldChunks) {
      toldChunks = true
      options.onFlawedChunks(bytes)
    }
    passed.push(body.mended() ?? bytes.subarray(0, size))
    // It breaks the rules: what follows is left to the parser.
    if (body.broken()) stage = 'free'
    else if (body.over()) stage = 'over'
    return bytes.subarray(size)
  }

  return {
    feed,
    end() {
      return held?.take() ?? null
    },
    stage: () => stage,
    hasHead: () => hasHead,
    mendedHead: () => mendedHead,
    headBytes: () => headBytes,
    refusal: () => refusal,
  }
}

const nothing = new Uint8Array(0)

/** The pieces as one; `bytes` where they are all of them. */
function together(pieces: readonly Uint8Array[], bytes: Uint8Array): Uint8Array | null {
  const size = pieces.reduce((sum, { length }) => sum + length, 0)
  if (size === 0) return null
  if (size === bytes.length && pieces.every(({ buffer }) => buffer === bytes.buffer)) return bytes
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
