// Follows the bytes of one answer from its head to its end: mends what only a strict parser refuses, and keeps what
// comes behind the end from it.

import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { findHeadEnd, mayBeginAnswer, type ReadHead, readAnswerHead } from './answerHead.ts'
import { createChunkedBody } from './chunkedBody.ts'

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
  /** The answer's head, not one ahead of it; null until it has come, and where it cannot be read. */
  head(): ReadHead | null
  /** Bytes of the heads so far, those ahead of the answer's included. */
  headBytes(): number
  /** Why the head cannot be read, in words. */
  refusal(): string | null
}

/** Finds the end of a body. */
interface Body {
  /** How many of the bytes belong to it. */
  take(bytes: Uint8Array): number
  /** Those for a strict parser; null where they do as they are. */
  mended(): Uint8Array | null
  isOver(): boolean
  /** It breaks the rules: what follows is left to the parser. */
  isBroken(): boolean
}

export function createAnswerBytes(options: AnswerBytesOptions): AnswerBytes {
  const { method } = options
  let stage: ReturnType<AnswerBytes['stage']> = 'head'
  let head: ReadHead | null = null
  let refusal: string | null = null
  let headBytes = 0
  const held = createByteGatherer()
  let body: Body | null = null

  function feed(bytes: Uint8Array): Uint8Array | null {
    if (stage === 'free') return bytes
    const passed: Uint8Array[] = []
    for (let rest = bytes; rest.length > 0; ) rest = steps[stage](rest, passed)
    return together(passed, bytes)
  }

  /** Each takes what it can of the bytes, adds what the parser gets of it, and answers with the rest. */
  const steps = {
    head: takeHead,
    body: takeBody,
    over(bytes: Uint8Array) {
      options.onSurplus(bytes)
      return nothing
    },
    free(bytes: Uint8Array, passed: Uint8Array[]) {
      passed.push(bytes)
      return nothing
    },
  } as const

  function takeHead(bytes: Uint8Array, passed: Uint8Array[]): Uint8Array {
    const before = held.size
    if (before > 0) held.add(bytes)
    const whole = before > 0 ? held.peek() : bytes
    const end = mayBeginAnswer(whole) ? findHeadEnd(whole, before) : 0
    if (end < 0 && whole.length <= options.headBytes) {
      if (before === 0) held.add(bytes)
      return nothing
    }
    const given = before > 0 ? held.take() : bytes
    const isShort = end > 0 && end <= options.headBytes
    const reading = isShort ? readAnswerHead(given.subarray(0, end), method) : null
    if (reading === null || 'refusal' in reading) {
      refusal = reading?.refusal ?? null
      stage = 'free'
      return steps.free(given, passed)
    }
    const own = given.subarray(0, end)
    passed.push(reading.mended ?? own)
    enter(reading, own)
    return given.subarray(end)
  }

  function enter(reading: ReadHead, bytes: Uint8Array): void {
    headBytes += bytes.length
    if (reading.mended !== null) options.onFlawed(reading, bytes)
    const { status } = reading
    // The answer's own head is still to come. Below 100 a status means nothing, and nothing follows it.
    if (status >= 100 && status < 200 && status !== 101) return
    head = reading
    body = bodyOf(reading)
    stage = body === null ? 'free' : body.isOver() ? 'over' : 'body'
  }

  function takeBody(bytes: Uint8Array, passed: Uint8Array[]): Uint8Array {
    const size = body?.take(bytes) ?? 0
    passed.push(body?.mended() ?? bytes.subarray(0, size))
    if (body?.isBroken()) {
      stage = 'free'
      return steps.free(bytes.subarray(size), passed)
    }
    if (body?.isOver()) stage = 'over'
    return bytes.subarray(size)
  }

  function bodyOf({ status, bodyEnd }: ReadHead): Body | null {
    // What follows is another protocol.
    if (status === 101) return null
    if (bodyEnd.by === 'close') return null
    if (bodyEnd.by === 'chunks') return chunkedBody(options.onFlawedChunks)
    return countedBody(bodyEnd.by === 'length' ? bodyEnd.bytes : 0)
  }

  return {
    feed,
    end() {
      return held.size === 0 ? null : held.take()
    },
    stage: () => stage,
    head: () => head,
    headBytes: () => headBytes,
    refusal: () => refusal,
  }
}

function countedBody(length: number): Body {
  let left = length
  return {
    take(bytes) {
      const count = Math.min(left, bytes.length)
      left -= count
      return count
    },
    mended: () => null,
    isOver: () => left === 0,
    isBroken: () => false,
  }
}

function chunkedBody(onFlawed: (bytes: Uint8Array) => void): Body {
  const chunks = createChunkedBody()
  let told = false
  return {
    take(bytes) {
      const size = chunks.feed(bytes)
      if (chunks.flawed() && !told) {
        told = true
        onFlawed(bytes)
      }
      return size
    },
    mended: chunks.mended,
    isOver: chunks.over,
    isBroken: chunks.broken,
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
