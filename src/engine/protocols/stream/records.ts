// Cuts streams that are not SSE into records: NDJSON, JSON text sequences, JSON arrays, and text as it comes.

import { wholeCharacters } from '../../../shared/frame/preview.ts'
import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { joined } from '../bytes/joined.ts'
import { wellFormed } from '../bytes/utf8.ts'
import { createJsonArrayParser } from './jsonArray.ts'
import {
  blanks,
  type FormatParser,
  isBlank,
  isJson,
  type RecordFormat,
  type RecordItem,
  type RecordParserOptions,
  refuse,
} from './recordItems.ts'
import type { StreamParser } from './streamParser.ts'

const LF = 10
const CR = 13
// [rfc7464] 2.2
const RS = 0x1e
/** A record whose end is only the next one's begin is tried at each line end up to here. */
const triedBytes = 64 * 1024
/** All tries of one record together: each reads it from its start. */
const mostTriedBytes = 16 * triedBytes
const nothing = new Uint8Array(0)

const parsers: Readonly<Record<RecordFormat, (options: RecordParserOptions) => FormatParser>> = {
  ndjson: createNdjsonParser,
  'json-seq': createJsonSeqParser,
  'json-array': createJsonArrayParser,
  text: createTextParser,
}

/** A parser for one stream of this format; what is left at its end is a record, whole or not. */
export function createRecordParser(
  format: RecordFormat,
  options: RecordParserOptions,
): StreamParser {
  let ended = 0

  /** What the parsers give is as it came. */
  function handleItem(item: RecordItem): void {
    ended++
    if (item.kind === 'ignored') {
      options.onItem(item)
      if (wellFormed(item.data) !== item.data) options.onItem({ kind: 'invalid-utf8', data: null })
      return
    }
    const read = item.kind === 'record' ? wellFormed(item.text) : null
    if (item.kind !== 'record' || read === null || read === item.text) {
      options.onItem(item)
      return
    }
    options.onItem({ ...item, text: read })
    // A character that the end has cut is no invalid one.
    if (item.flaw === 'cut-short' && isSound(wholeCharacters(item.text))) return
    options.onItem({ kind: 'invalid-utf8', data: item.text })
  }

  const parser = parsers[format]({ ...options, onItem: handleItem })
  return {
    feed: parser.feed,
    end: parser.end,
    waitingBytes: () => parser.begun.size(),
    awaits: () => parser.awaits,
    ended: () => ended,
    waitingText: (maxBytes) => parser.begun.peek().subarray(0, maxBytes),
  }
}

function isSound(bytes: Uint8Array): boolean {
  return wellFormed(bytes) === bytes
}

/** A line a record. [ndjson] 3.1 and 3.2: blank lines may be left out, CR before LF is white space. */
function createNdjsonParser({ maxBytes, onItem }: RecordParserOptions): FormatParser {
  const begun = createByteGatherer()
  let ended = false

  function readLine(line: Uint8Array, endBytes: number): void {
    const text = line.at(-1) === CR ? line.subarray(0, -1) : line
    const wireBytes = line.length + endBytes
    if (isBlank(text)) onItem({ kind: 'ignored', why: 'blank-line', data: text, wireBytes })
    else {
      const flaw = isJson(text) ? {} : ({ flaw: endBytes > 0 ? 'not-json' : 'cut-short' } as const)
      onItem({ kind: 'record', text, ...flaw, wireBytes })
    }
  }

  return {
    feed(chunk) {
      let start = 0
      while (!ended) {
        const lf = chunk.indexOf(LF, start)
        const piece = chunk.subarray(start, lf === -1 ? chunk.length : lf)
        if (begun.size() + piece.length > maxBytes) {
          ended = true
          begun.add(piece)
          refuse(begun.take(), 0, onItem)
        } else if (lf === -1) {
          if (piece.length > 0) begun.add(piece)
          return
        } else if (begun.size() === 0) readLine(piece, 1)
        else {
          begun.add(piece)
          readLine(begun.take(), 1)
        }
        start = lf + 1
      }
    },
    end() {
      if (!ended && begun.size() > 0) readLine(begun.take(), 0)
      ended = true
    },
    awaits: 'line-end',
    begun,
  }
}

/** [rfc7464] 2.1: a record begins with RS and ends where the next one begins. */
function createJsonSeqParser({ maxBytes, onItem }: RecordParserOptions): FormatParser {
  const begun = createByteGatherer()
  /** Of what made nothing. */
  let looseBytes = 0
  let inRecord = false
  let ended = false
  /** Of the present record, by tries that failed. */
  let tried = 0

  /** What has come since the last RS. */
  function finish(): void {
    const bytes = begun.take()
    tried = 0
    // [rfc7464] 2.1: RS that follow one another have nothing between them.
    const wireBytes = looseBytes + bytes.length + (inRecord ? 1 : 0)
    if (isBlank(bytes)) {
      looseBytes = wireBytes
      return
    }
    looseBytes = 0
    if (!inRecord) {
      onItem({ kind: 'ignored', why: 'outside-record', data: bytes, wireBytes })
      return
    }
    const text = trimEnd(bytes)
    const flaw = flawOf(bytes, text)
    onItem({ kind: 'record', text, ...(flaw && { flaw }), wireBytes })
  }

  /** A record that is complete as it stands need not wait for the next one to be seen. */
  function tryEarly(): void {
    const size = begun.size()
    if (!inRecord || size === 0 || size > triedBytes || tried > mostTriedBytes) return
    tried += size
    const bytes = begun.take()
    if (bytes.at(-1) === LF && !isBlank(bytes) && isJson(bytes)) {
      onItem({ kind: 'record', text: trimEnd(bytes), wireBytes: looseBytes + bytes.length + 1 })
      looseBytes = 0
      inRecord = false
    } else begun.add(bytes)
  }

  return {
    feed(chunk) {
      let start = 0
      while (!ended) {
        const rs = chunk.indexOf(RS, start)
        begun.add(chunk.subarray(start, rs === -1 ? chunk.length : rs))
        if (begun.size() > maxBytes) {
          ended = true
          refuse(begun.take(), looseBytes + (inRecord ? 1 : 0), onItem)
          return
        }
        if (rs === -1) break
        finish()
        inRecord = true
        start = rs + 1
      }
      if (chunk.at(-1) === LF) tryEarly()
    },
    end() {
      if (!ended) finish()
      ended = true
    },
    awaits: 'separator',
    begun,
  }
}

/** [rfc7464] 2.4: a number or a word with nothing behind it may be the first part of a longer one. */
function flawOf(bytes: Uint8Array, text: Uint8Array): RecordDetail['flaw'] {
  if (!isJson(text)) return bytes.at(-1) === LF ? 'not-json' : 'cut-short'
  const closed = '"]}'.includes(String.fromCharCode(text.at(-1) ?? 0))
  return closed || text.length < bytes.length ? undefined : 'cut-short'
}

/** Bytes that came together are a record, except an incomplete character at the end. */
function createTextParser({ onItem }: RecordParserOptions): FormatParser {
  let rest: Uint8Array = nothing

  function tell(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    onItem({ kind: 'record', text: bytes, wireBytes: bytes.length })
  }

  return {
    feed(chunk) {
      const bytes = rest.length === 0 ? chunk : joined(rest, chunk)
      const whole = wholeCharacters(bytes)
      // A slice would keep its whole chunk.
      rest = bytes.slice(whole.length)
      tell(whole)
    },
    end() {
      const { length: wireBytes } = rest
      if (wireBytes > 0) onItem({ kind: 'record', text: rest, flaw: 'cut-short', wireBytes })
      rest = nothing
    },
    awaits: 'character',
    begun: {
      size: () => rest.length,
      peek: () => rest,
    },
  }
}

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && blanks.has(bytes[end - 1] as number)) end--
  return bytes.subarray(0, end)
}
