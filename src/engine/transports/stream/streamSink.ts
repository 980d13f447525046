// The contract between the parser of a stream's format and the frames that are made of what it finds.

import type { FrameDetails } from '../../../shared/frame/frame.ts'
import type { IgnoredReason } from '../../../shared/frame/streamDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Fault } from '../../protocols/fault.ts'

/** What outlives a connection. [spec] HTML 9.2.2 */
export interface SourceState {
  /** Null while no stream has set one: until then a header of the user's goes out. */
  lastEventId: string | null
  reconnectMs: number
  invalidNoted: boolean
  /** A stream has brought an event or a record. */
  hadItems: boolean
}

export interface StreamOptions {
  readonly limits: Limits
  readonly state: SourceState
  /** That parts the parts of a multipart body; null where its head names none. */
  readonly boundary: string | null
  /** A limit has been exceeded; nothing more comes. */
  onTooLarge(fault: Fault): void
}

/** Where the parsers of a format put what they find. */
export interface StreamSink {
  /** `contentBytes` of the stream make this frame. */
  frame<K extends 'event' | 'comment' | 'retry' | 'record'>(
    kind: K,
    detail: FrameDetails[K],
    data: Uint8Array,
    contentBytes: number,
  ): void
  ignored(why: IgnoredReason, data: Uint8Array, contentBytes: number): void
  /** Bytes that are not UTF-8, where they do not stand in the frame before. */
  notUtf8(data: Uint8Array | null): void
  /** So many bytes make no frame. */
  pass(contentBytes: number): void
  /** An event or a record has come; one without a flaw ends the text before it that was none. */
  counted(sound: boolean): void
  /** Text that is no event, or no record that it should be. */
  stray(line: Uint8Array): void
  /** What `counted` would change; a flood of events need not call it for each. */
  readonly tally: { readonly hasItems: boolean; readonly hasStray: boolean }
  /** An event that no blank line has ended, a record whose end is missing. */
  unfinished(text: Uint8Array): void
}

/** What a payload's limit adds to a frame's detail. */
export function cutAt(data: Uint8Array, { payloadBytes }: Limits): { truncatedAt?: number } {
  return data.length > payloadBytes ? { truncatedAt: payloadBytes } : {}
}
