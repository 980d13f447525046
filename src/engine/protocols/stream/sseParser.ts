// Parses an event stream from its bytes, as HTML says, and tells of what browsers leave out too.

import type { IgnoredReason } from '../../../shared/frame/streamDetail.ts'
import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { decodeText, isAscii, isSame, wellFormed } from '../bytes/utf8.ts'
import { afterSpace, fieldLine, indexIn, isName, readDigits, splitLines } from './sseBytes.ts'
import { createSseData } from './sseData.ts'
import { createSseLines } from './sseLines.ts'

const COLON = 58

/** What the stream held. The data's buffer is a slice of the chunk that was fed, or one of its own. */
export type SseItem =
  | {
      readonly kind: 'event'
      /** `message` when the stream named none. */
      readonly type: string
      readonly lastEventId: string
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
  /** What came just before held bytes that are not UTF-8; U+FFFD stands for them. Told once. */
  | { readonly kind: 'invalid-utf8' }
  /** What a client makes nothing of: lines as they came, or for an event written anew. */
  | {
      readonly kind: 'ignored'
      readonly why: IgnoredReason
      readonly data: Uint8Array
      readonly wireBytes: number
    }
  /** A line, an event's data, its name or its ID exceeds the limit. It is the last item. */
  | {
      readonly kind: 'too-large'
      readonly what: 'line' | 'event' | 'event name' | 'event ID'
      readonly limitBytes: number
    }

export interface SseParser {
  /**
   * Takes the next bytes of the stream, cut anywhere; they are lent until the items made of them are
   * done with.
   */
  feed(chunk: Uint8Array): void
  /** The stream has ended: what no blank line has dispatched is discarded, and told. */
  end(): void
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
const lineFeed = Uint8Array.of(10)

export function createSseParser(options: SseParserOptions): SseParser {
  const { maxBytes, maxFieldBytes, onItem } = options
  let lastEventId = options.lastEventId
  let idBuffer = lastEventId
  let type = ''
  // The type is often the same in all events: it is decoded once.
  let typeBytes: Uint8Array = nothing
  let knownType = ''
  const data = createSseData()

  const lines = createSseLines({
    maxBytes,
    onLine: readLine,
    onTooLong: () => end('line', maxBytes),
  })
  /** Bytes since the last blank line that belong to no item yet. */
  let blockBytes = 0
  let ended = false
  const invalid = createInvalidNote(() => onItem({ kind: 'invalid-utf8' }))

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
      if (data !== text) invalid.tell()
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
      if (valueBytes > maxFieldBytes) end('event name', maxFieldBytes)
      else setType(bytes, value, stop)
    } else if (isName(bytes, start, nameEnd, 'id')) {
      if (valueBytes > maxFieldBytes) end('event ID', maxFieldBytes)
      // [spec] HTML 9.2.6: an ID with U+0000 is ignored.
      else if (indexIn(bytes, 0, value, stop) !== -1)
        ignore('nul-in-id', bytes.subarray(start, stop))
      else {
        idBuffer = decodeText(bytes, value, stop)
        invalid.look(bytes, value, stop)
      }
    } else if (isName(bytes, start, nameEnd, 'retry')) {
      const delayMs = readDigits(bytes.subarray(value, stop))
      if (delayMs === null) {
        ignore('invalid-retry', bytes.subarray(start, stop))
        return
      }
      const wireBytes = stop - start + 1
      blockBytes -= wireBytes
      onItem({ kind: 'retry', delayMs, wireBytes })
    } else ignore('unknown-field', bytes.subarray(start, stop))
  }

  function ignore(why: IgnoredReason, line: Uint8Array): void {
    const wireBytes = line.length + 1
    blockBytes -= wireBytes
    const data = wellFormed(line)
    onItem({ kind: 'ignored', why, data, wireBytes })
    if (data !== line) invalid.tell()
  }

  function setType(bytes: Uint8Array, start: number, stop: number): void {
    if (!isSame(bytes, start, stop, typeBytes)) {
      // A view would keep its whole chunk, which is lent only.
      typeBytes = new Uint8Array(bytes.subarray(start, stop))
      knownType = decodeText(typeBytes)
      invalid.look(bytes, start, stop)
    }
    type = knownType
  }

  function addData(value: Uint8Array): void {
    if (data.add(value) > maxBytes) end('event', maxBytes)
  }

  /** [spec] HTML 9.2.6: to dispatch the event. */
  function dispatch(): void {
    const wireBytes = blockBytes
    const eventType = type === '' ? 'message' : type
    const named = type !== ''
    blockBytes = 0
    type = ''
    lastEventId = idBuffer
    if (!data.has()) {
      if (named) {
        onItem({ kind: 'ignored', why: 'no-data', data: fieldLine('event', eventType), wireBytes })
      }
      invalid.tellSeen()
      return
    }
    const given = data.take()
    const whole = wellFormed(given)
    const id = lastEventId ?? ''
    onItem({ kind: 'event', type: eventType, lastEventId: id, data: whole, wireBytes })
    if (whole === given) invalid.tellSeen()
    else invalid.tell()
  }

  /** [spec] HTML 9.2.6: once the end is reached, pending data is discarded. */
  function endStream(): void {
    if (ended) return
    ended = true
    const rest = lines.end()
    const wireBytes = blockBytes + rest.wireBytes
    const unread = createByteGatherer()
    const add = (line: Uint8Array) => {
      if (unread.size > 0) unread.add(lineFeed)
      unread.add(line)
    }
    if (type !== '') add(fieldLine('event', type))
    if (idBuffer !== null && idBuffer !== lastEventId) add(fieldLine('id', idBuffer))
    if (data.has()) {
      for (const line of splitLines(wellFormed(data.take()))) add(fieldLine('data', line))
    }
    // A character that the end has cut is no invalid one.
    if (rest.line.length > 0) add(wellFormed(rest.line))
    if (unread.size > 0) {
      onItem({ kind: 'ignored', why: 'unfinished', data: unread.take(), wireBytes })
    }
  }

  function end(what: (SseItem & { kind: 'too-large' })['what'], limitBytes: number): void {
    ended = true
    lines.stop()
    data.take()
    onItem({ kind: 'too-large', what, limitBytes })
  }

  return {
    feed: lines.feed,
    end: endStream,
    get lastEventId() {
      return lastEventId
    },
  }
}

/** That the stream holds bytes which are not UTF-8: told once, of a name or an ID with its event. */
function createInvalidNote(onInvalid: () => void) {
  let state: 'unseen' | 'seen' | 'told' = 'unseen'

  function tell(): void {
    if (state === 'told') return
    state = 'told'
    onInvalid()
  }

  return {
    tell,
    look(bytes: Uint8Array, start: number, stop: number): void {
      if (state !== 'unseen' || isAscii(bytes, start, stop)) return
      const value = bytes.subarray(start, stop)
      if (wellFormed(value) !== value) state = 'seen'
    },
    tellSeen(): void {
      if (state === 'seen') tell()
    },
  }
}
