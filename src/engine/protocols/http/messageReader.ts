// Follows one way of an HTTP/1.1 connection, message after message: heads whole, bodies as they come.

import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { findHeadEnd, passEmptyLines } from './answerHead.ts'
import { type BodyFraming, createBodyFraming } from './bodyFraming.ts'
import type { BodyEnd } from './bodyLength.ts'

/** What follows a head. `head`: another one, as behind a 1xx. `raw`: no HTTP any more. `stop`: nothing is read from here on. */
export type AfterHead =
  | BodyEnd
  | { readonly by: 'another' }
  | { readonly by: 'raw' }
  | { readonly by: 'stop' }

export interface MessageSink {
  /** Whether a message may begin now. Where not, the bytes are the caller's, and nothing has been read of them. */
  begins(bytes: Uint8Array): boolean
  /** Why no message begins with these bytes, in words; null where one may. */
  refusal(start: Uint8Array): string | null
  /** From the first line to the empty line, and with it; `at`: its first byte. */
  head(head: Uint8Array, at: number): AfterHead
  /** What cannot be read as a head, or is larger than one may be. `raw`: it is told as `body`. */
  unreadable(start: Uint8Array, why: string, at: number): 'raw' | 'stop'
  body(bytes: Uint8Array, at: number): void
  /** The message is complete. */
  end(at: number): void
}

export interface MessageReader {
  /** Bytes are lent. */
  feed(bytes: Uint8Array, at: number): void
  /** The connection brings nothing more: a body that ends with it is complete. */
  finish(at: number): void
  /** From now on all is body: another protocol, or what nobody can read. */
  becomeRaw(): void
  stop(): void
}

export function createMessageReader(headBytes: number, sink: MessageSink): MessageReader {
  let state: 'head' | 'body' | 'raw' | 'stop' = 'head'
  let framing: BodyFraming | null = null
  let endsWithConnection = false
  const gathered = createByteGatherer()
  let headAt = 0

  function feed(bytes: Uint8Array, at: number): void {
    let rest = bytes
    while (rest.length > 0 && state !== 'stop') rest = step(rest, at)
  }

  /** Takes what it can of the bytes and answers with the rest. */
  function step(bytes: Uint8Array, at: number): Uint8Array {
    if (state === 'head') return takeHead(bytes, at)
    const size = state === 'raw' || framing === null ? bytes.length : framing.take(bytes)
    if (size > 0) sink.body(bytes.subarray(0, size), at)
    if (state === 'body' && framing?.over()) endMessage(at)
    return bytes.subarray(size)
  }

  function takeHead(bytes: Uint8Array, at: number): Uint8Array {
    const before = gathered.size()
    if (before === 0) {
      if (!sink.begins(bytes)) return nothing
      headAt = at
    } else gathered.add(bytes)
    // A head that came in one piece is not copied.
    const whole = before === 0 ? bytes : gathered.peek()
    const start = passEmptyLines(whole, 0)
    const why = sink.refusal(whole.subarray(start))
    const end = why === null ? findHeadEnd(whole, Math.max(start, before - 3)) : 0
    if (why === null && end >= 0 && end <= headBytes) {
      gathered.take()
      enter(sink.head(whole.subarray(0, end), headAt), at)
      return whole.subarray(end)
    }
    if (why === null && whole.length <= headBytes) {
      if (before === 0) gathered.add(bytes)
      return nothing
    }
    gathered.take()
    state = sink.unreadable(whole, why ?? `it is larger than ${headBytes} bytes`, headAt)
    return whole
  }

  function enter(after: AfterHead, at: number): void {
    switch (after.by) {
      case 'another':
        return
      case 'raw':
      case 'stop':
        state = after.by
        return
      default:
        framing = createBodyFraming(after)
        endsWithConnection = after.by === 'close'
        state = 'body'
        if (framing.over()) endMessage(at)
    }
  }

  function endMessage(at: number): void {
    state = 'head'
    framing = null
    sink.end(at)
  }

  return {
    feed,
    finish(at) {
      if (state === 'body' && endsWithConnection) endMessage(at)
    },
    becomeRaw() {
      if (state !== 'stop') state = 'raw'
    },
    stop() {
      state = 'stop'
    },
  }
}

const nothing = new Uint8Array(0)
