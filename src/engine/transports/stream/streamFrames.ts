// Frames from the bytes of a stream: events, comments and what clients ignore, or records.

import { share } from '../../../shared/frame/share.ts'
import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Fault } from '../../protocols/fault.ts'
import { tooLarge } from '../../protocols/http/httpFault.ts'
import { keptPayload } from '../../protocols/keptPayload.ts'
import { createRecordParser, type RecordItem } from '../../protocols/stream/records.ts'
import { createSseParser, type SseItem } from '../../protocols/stream/sseParser.ts'
import { type ConnectionFrames, connectionFrames, type Seen } from '../connectionFrames.ts'
import type { ConnectionIo } from '../transport.ts'
import { createEventDetails } from './eventDetails.ts'

/** What outlives a connection. [spec] HTML 9.2.2 */
export interface SourceState {
  /** Null while no stream has set one: until then a header of the user's goes out. */
  lastEventId: string | null
  reconnectMs: number
  invalidNoted: boolean
}

export interface StreamFrames {
  /** Takes bytes that arrived at `at`, epoch ms. The capture may hold slices of them. */
  feed(bytes: Uint8Array, at: number): void
  /** The stream has ended: what is left over is told. */
  end(at: number): void
}

export interface StreamOptions {
  readonly io: Pick<ConnectionIo, 'connection' | 'emit'>
  readonly limits: Limits
  readonly state: SourceState
  /** A limit has been exceeded; nothing more comes. */
  onTooLarge(fault: Fault): void
}

/** Frames of a stream in this format. */
export function createStreamFrames(
  format: 'sse' | RecordDetail['format'],
  options: StreamOptions,
): StreamFrames {
  return format === 'sse' ? createEventFrames(options) : createRecordFrames(format, options)
}

function createEventFrames({ io, limits, state, onTooLarge }: StreamOptions): StreamFrames {
  const frames = connectionFrames(io)
  let chunkAt = 0
  const details = createEventDetails()
  let retryTold = false
  const parser = createSseParser({
    lastEventId: state.lastEventId,
    maxBytes: limits.messageBytes,
    maxFieldBytes: limits.eventFieldBytes,
    onItem: handleItem,
  })

  function handleItem(item: SseItem): void {
    switch (item.kind) {
      case 'event':
        handleEvent(item)
        return
      case 'comment':
        frames.crossed('comment', 'in', cutAt(item.data, limits), seen(item))
        return
      case 'ignored': {
        const detail = { why: item.why, ...cutAt(item.data, limits) }
        frames.crossed('ignored', 'in', detail, seen(item))
        return
      }
      case 'retry':
        handleRetry(item.delayMs, item.wireBytes)
        return
      case 'invalid-utf8':
        noteInvalid(frames, state, chunkAt)
        return
      case 'too-large':
        onTooLarge(tooLarge(`One ${item.what} of the stream`, item.limitBytes))
    }
  }

  function handleEvent(item: SseItem & { kind: 'event' }): void {
    const detail = details.of(item.type, item.lastEventId)
    const isCut = item.data.length > limits.payloadBytes
    const whole = isCut ? { ...detail, ...cutAt(item.data, limits) } : detail
    frames.crossed('event', 'in', whole, seen(item))
  }

  function seen({ data, wireBytes }: SseItem & { kind: 'event' | 'comment' | 'ignored' }): Seen {
    return seenWhole(data, chunkAt, wireBytes, limits)
  }

  function handleRetry(delayMs: number, wireBytes: number): void {
    const reconnectMs = Math.min(delayMs, limits.maxDelayMs)
    // Some servers say it with each event.
    if (retryTold && reconnectMs === state.reconnectMs) return
    retryTold = true
    state.reconnectMs = reconnectMs
    frames.crossed('retry', 'in', { delayMs }, seenWhole(nothing, chunkAt, wireBytes, limits))
  }

  return {
    feed(bytes, at) {
      chunkAt = at
      parser.feed(bytes)
      state.lastEventId = parser.lastEventId
    },
    end(at) {
      chunkAt = at
      parser.end()
    },
  }
}

function createRecordFrames(
  format: RecordDetail['format'],
  { io, limits, state, onTooLarge }: StreamOptions,
): StreamFrames {
  const frames = connectionFrames(io)
  let chunkAt = 0
  // Of all records alike.
  const sound: RecordDetail = share({ format })
  const parser = createRecordParser(format, { maxBytes: limits.messageBytes, onItem: handleItem })

  function handleItem(item: RecordItem): void {
    if (item.kind === 'too-large') {
      onTooLarge(tooLarge('One record of the stream', limits.messageBytes))
      return
    }
    if (item.kind === 'invalid-utf8') {
      noteInvalid(frames, state, chunkAt)
      return
    }
    const data = item.kind === 'record' ? item.text : item.data
    const seen = seenWhole(data, chunkAt, item.wireBytes, limits)
    const cut = cutAt(data, limits)
    if (item.kind === 'ignored') {
      frames.crossed('ignored', 'in', { why: item.why, ...cut }, seen)
      return
    }
    const { flaw } = item
    const plain = flaw === undefined && cut.truncatedAt === undefined
    const detail = plain ? sound : { format, ...(flaw && { flaw }), ...cut }
    frames.crossed('record', 'in', detail, seen)
  }

  return {
    feed(bytes, at) {
      chunkAt = at
      parser.feed(bytes)
    },
    end(at) {
      chunkAt = at
      parser.end()
    },
  }
}

/** Once for an event source, however often it comes back. */
function noteInvalid(frames: ConnectionFrames, state: SourceState, at: number): void {
  if (state.invalidNoted) return
  state.invalidNoted = true
  const message =
    'The stream holds bytes that are not valid UTF-8. They are shown as \ufffd, as a browser reads them.'
  frames.notice('sse-invalid-utf8', message, { at })
}

const nothing = new Uint8Array(0)

/** `data` is a slice of the chunk that came. Nobody writes to that again: the capture may hold it. */
function seenWhole(
  data: Uint8Array,
  at: number,
  wireBytes: number,
  { payloadBytes }: Limits,
): Seen {
  const payload = keptPayload(data, payloadBytes)
  return { at, sizeBytes: data.length, wireBytes, payload, replyTo: null }
}

function cutAt(data: Uint8Array, { payloadBytes }: Limits): { truncatedAt?: number } {
  return data.length > payloadBytes ? { truncatedAt: payloadBytes } : {}
}
