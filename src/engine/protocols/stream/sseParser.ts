// Parses an event stream from its bytes, as HTML says, and tells of what browsers leave out too.

import { wholeCharacters } from '../../../shared/frame/preview.ts'
import type { IgnoredReason } from '../../../shared/frame/streamDetail.ts'
import { decodeText, isSame, wellFormed } from '../bytes/utf8.ts'
import { createInvalidBytes } from './invalidBytes.ts'
import { afterSpace, fieldLine, indexIn, isName, readDigits } from './sseBytes.ts'
import { createSseData } from './sseData.ts'
import { createSseLines } from './sseLines.ts'
import type { StreamParser } from './streamParser.ts'
import { unfinishedEvent } from './unfinishedEvent.ts'

const COLON = 58

/** What the stream held. The data's buffer is a slice of the chunk that was fed, or one of its own. */
export type SseItem =
  | {
      readonly kind: 'event'
      /** `message` when the stream named none. */
      readonly type: string
      readonly lastEventId: string
      /** It has an ID of its own that is the last event ID before it, too. */
      readonly sameId: boolean
      /** UTF-8. */
      readonly data: Uint8Array
      /**
       * The event's lines and the blank one, ends included. A line feed after a carriage return
       * counts to what follows: nobody can know that it will come.
       */
      readonly wireBytes: number
    }
  | { readonly kind: 'comment'; readonly data: Uint8Array; readonly wireBytes: number }
  /** A valid `retry` field. */
  | { readonly kind: 'retry'; readonly delayMs: number; readonly wireBytes: number }
  /**
   * What came just before held bytes that are not UTF-8. Where U+FFFD stands for them in it, these are the bytes:
   * of the data, the comment, the name or the ID.
   */
  | { readonly kind: 'invalid-utf8'; readonly data: Uint8Array | null }
  /** What a client makes nothing of: lines as they came, or for an event written anew. */
  | {
      readonly kind: 'ignored'
      readonly why: IgnoredReason
      readonly data: Uint8Array
      readonly wireBytes: number
    }
  /** A line, an event's data, its name or its ID exceeds the limit. It is the last item, behind what came of it. */
  | {
      readonly kind: 'too-large'
      readonly what: 'line' | 'event' | 'event name' | 'event ID'
      readonly limitBytes: number
    }

/** What no blank line has dispatched when the stream ends is discarded, and told. */
export interface SseParser extends StreamParser {
  /** What a reconnection sends as `Last-Event-ID`; null while no stream has set one. */
  readonly lastEventId: string | null
}

export interface SseParserOptions {
  /**
   * The event source's last event ID so far. The standard's text gives each stream an empty buffer;
   * browsers, and `eventsource`, begin with this one, so that an event without an ID keeps it. Null while
   * none was set, which events show as the empty string.
   */
  readonly lastEventId: string | null
  /** Bytes of one line, and of one event's data, at the most. */
  readonly maxBytes: number
  /** Bytes of an event's name, and of its ID, at the most. */
  readonly maxFieldBytes: number
  onItem(item: SseItem): void
}

// [spec] HTML 9.2.6: the stream is decoded as UTF-8. Bytes of ASCII are never part of another
// character, so that lines and fields can be told apart before decoding.
const nothing = new Uint8Array(0)

export function createSseParser(options: SseParserOptions): SseParser {
  const { maxBytes, maxFieldBytes, onItem } = options
  let lastEventId = options.lastEventId
  let idBuffer = lastEventId
  /** An ID stands in the lines since the last blank one. */
  let hasId = false
  let type = ''
  const types = createKnownText()
  const data = createSseData()

  const lines = createSseLines({
    maxBytes,
    onLine: readLine,
    onTooLong: (line, wireBytes) => end('line', maxBytes, line, wireBytes),
  })
  /** Bytes since the last blank line that belong to no item yet. */
  let blockBytes = 0
  let ended = false
  let blanks = 0
  const invalid = createInvalidBytes((data) => onItem({ kind: 'invalid-utf8', data }))

  function readLine(bytes: Uint8Array, start: number, stop: number, wireBytes: number): void {
    const size = stop - start
    blockBytes += wireBytes
    if (size === 0) {
      dispatch()
      return
    }
    const first = bytes[start]
    // The usual line by far: `data:`.
    if (
      first === 100 &&
      bytes[start + 1] === 97 &&
      bytes[start + 2] === 116 &&
      bytes[start + 3] === 97 &&
      size >= 4 &&
      (size === 4 || bytes[start + 4] === COLON)
    ) {
      const value = Math.min(start + 5, stop)
      addData(bytes.subarray(afterSpace(bytes, value, stop), stop))
      return
    }
    if (first === COLON) {
      const text = bytes.subarray(afterSpace(bytes, start + 1, stop), stop)
      const data = wellFormed(text)
      onItem({ kind: 'comment', data, wireBytes: size + 1 })
      if (data !== text) invalid.tell(text)
      blockBytes -= size + 1
      return
    }
    readOtherField(bytes, start, stop)
  }

  function readOtherField(bytes: Uint8Array, start: number, stop: number): void {
    const colon = indexIn(bytes, COLON, start, stop)
    const nameEnd = colon === -1 ? stop : colon
    const value = colon === -1 ? stop : afterSpace(bytes, colon + 1, stop)
    const valueBytes = stop - value
    // [spec] HTML 9.2.6: names are compared as they are; any other field is ignored.
    if (isName(bytes, start, nameEnd, 'event')) {
      if (valueBytes > maxFieldBytes) end('event name', maxFieldBytes, bytes.subarray(start, stop))
      else setType(bytes, value, stop)
    } else if (isName(bytes, start, nameEnd, 'id')) {
      if (valueBytes > maxFieldBytes) end('event ID', maxFieldBytes, bytes.subarray(start, stop))
      // [spec] HTML 9.2.6: an ID with U+0000 is ignored.
      else if (indexIn(bytes, 0, value, stop) !== -1)
        ignore('nul-in-id', bytes.subarray(start, stop))
      else {
        idBuffer = decodeText(bytes, value, stop)
        hasId = true
        invalid.look(bytes, value, stop)
      }
    } else if (isName(bytes, start, nameEnd, 'retry')) {
      const delayMs = readDigits(bytes.subarray(value, stop))
      const wireBytes = stop - start + 1
      if (delayMs === null) ignore('invalid-retry', bytes.subarray(start, stop))
      else {
        blockBytes -= wireBytes
        onItem({ kind: 'retry', delayMs, wireBytes })
      }
    } else ignore('unknown-field', bytes.subarray(start, stop))
  }

  function ignore(why: IgnoredReason, line: Uint8Array): void {
    const wireBytes = line.length + 1
    blockBytes -= wireBytes
    onItem({ kind: 'ignored', why, data: line, wireBytes })
    invalid.note(line)
  }

  function setType(bytes: Uint8Array, start: number, stop: number): void {
    if (types.isNew(bytes, start, stop)) invalid.look(bytes, start, stop)
    type = types.text
  }

  function addData(value: Uint8Array): void {
    if (data.add(value) > maxBytes) end('event', maxBytes, nothing)
  }

  /** [spec] HTML 9.2.6: to dispatch the event. */
  function dispatch(): void {
    const wireBytes = blockBytes
    const eventType = type === '' ? 'message' : type
    const named = type !== ''
    blanks++
    type = ''
    const sameId = hasId && idBuffer === lastEventId && idBuffer !== ''
    hasId = false
    lastEventId = idBuffer
    if (!data.has()) {
      // What makes no item is counted with the next one.
      if (named) {
        blockBytes = 0
        onItem({ kind: 'ignored', why: 'no-data', data: fieldLine('event', eventType), wireBytes })
      }
      invalid.tellSeen()
      return
    }
    blockBytes = 0
    const given = data.take()
    const whole = wellFormed(given)
    const id = lastEventId ?? ''
    onItem({ kind: 'event', type: eventType, lastEventId: id, sameId, data: whole, wireBytes })
    if (whole !== given) invalid.tell(given)
    invalid.tellSeen()
  }

  function unread(line: Uint8Array, maxBytes?: number): Uint8Array {
    const id = idBuffer === lastEventId ? null : idBuffer
    return unfinishedEvent({ type, id, data: data.has() ? data.peek() : null, line }, maxBytes)
  }

  /** [spec] HTML 9.2.6: once the end is reached, pending data is discarded. */
  function endStream(): void {
    if (ended) return
    ended = true
    const rest = lines.end()
    const given = unread(rest.line)
    data.take()
    if (given.length === 0) return
    const wireBytes = blockBytes + rest.wireBytes
    onItem({ kind: 'ignored', why: 'unfinished', data: given, wireBytes })
    // A character that the end has cut is no invalid one.
    invalid.note(wholeCharacters(given))
  }

  /** `line` is that which is too long, or empty; its `wireBytes` where they are not counted yet. */
  function end(what: TooLarge['what'], limitBytes: number, line: Uint8Array, wireBytes = 0): void {
    ended = true
    lines.stop()
    const given = unread(line)
    data.take()
    const bytes = blockBytes + wireBytes
    onItem({ kind: 'ignored', why: 'too-large', data: given, wireBytes: bytes })
    onItem({ kind: 'too-large', what, limitBytes })
  }

  function waitingBytes(): number {
    const begun = lines.begunBytes()
    const isBegun = begun > 0 || data.has() || type !== '' || idBuffer !== lastEventId
    return isBegun && !ended ? blockBytes + begun : 0
  }

  return {
    feed: lines.feed,
    end: endStream,
    waitingBytes,
    awaits: () => (lines.begunBytes() > 0 ? 'line-end' : 'blank-line'),
    ended: () => blanks,
    waitingText: (maxBytes) => unread(lines.begun(), maxBytes),
    get lastEventId() {
      return lastEventId
    },
  }
}

type TooLarge = SseItem & { kind: 'too-large' }

/** The type is often the same in all events: it is decoded once. */
function createKnownText() {
  let known: Uint8Array = nothing
  let text = ''
  return {
    /** Takes these bytes for the text; answers whether they are others than before. */
    isNew(bytes: Uint8Array, start: number, stop: number): boolean {
      if (isSame(bytes, start, stop, known)) return false
      // A view would keep its whole chunk, which is lent only.
      known = new Uint8Array(bytes.subarray(start, stop))
      text = decodeText(known)
      return true
    },
    get text() {
      return text
    },
  }
}
