// Cuts streams that are not SSE into records: NDJSON, JSON text sequences, and text as it comes.

import { wholeCharacters } from '../../../shared/frame/preview.ts'
import type { IgnoredReason, RecordDetail } from '../../../shared/frame/streamDetail.ts'
import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { wellFormed } from '../bytes/utf8.ts'

/** What the stream held. A text's buffer is a slice of the chunk that was fed, or one of its own. */
export type RecordItem =
  | {
      readonly kind: 'record'
      readonly text: Uint8Array
      readonly flaw?: RecordDetail['flaw']
      /** The separator that follows is included. */
      readonly wireBytes: number
    }
  | {
      readonly kind: 'ignored'
      readonly why: IgnoredReason
      readonly data: Uint8Array
      readonly wireBytes: number
    }
  /** What came just before held bytes that are not UTF-8; U+FFFD stands for them. Told once. */
  | { readonly kind: 'invalid-utf8' }
  /** A record is longer than the limit. Nothing comes after it. */
  | { readonly kind: 'too-large' }

export interface RecordParser {
  /** Takes the next bytes, cut anywhere; they are lent until the items made of them are done with. */
  feed(chunk: Uint8Array): void
  /** The stream has ended: what is left is a record, whole or not. */
  end(): void
}

export interface RecordParserOptions {
  /** Bytes of one record at the most. */
  readonly maxBytes: number
  onItem(item: RecordItem): void
}

const LF = 10
const CR = 13
// [rfc7464] 2.2
const RS = 0x1e
/** A larger record is not checked: JSON is only a help to the reader here. */
const checkedBytes = 1024 * 1024
/** A record whose end is only the next one's begin is tried at each line end up to here. */
const triedBytes = 64 * 1024
const nothing = new Uint8Array(0)

const parsers: Readonly<
  Record<RecordDetail['format'], (options: RecordParserOptions) => RecordParser>
> = { ndjson: createNdjsonParser, 'json-seq': createJsonSeqParser, text: createTextParser }

/** A parser for one stream of this format. */
export function createRecordParser(
  format: RecordDetail['format'],
  options: RecordParserOptions,
): RecordParser {
  let invalidTold = false

  /** What the parsers give is as it came. */
  function handleItem(item: RecordItem): void {
    if (item.kind !== 'record' && item.kind !== 'ignored') {
      options.onItem(item)
      return
    }
    const given = item.kind === 'record' ? item.text : item.data
    const read = wellFormed(given)
    if (read === given) {
      options.onItem(item)
      return
    }
    options.onItem(item.kind === 'record' ? { ...item, text: read } : { ...item, data: read })
    // A character that the end has cut is no invalid one.
    if (invalidTold || (item.kind === 'record' && item.flaw === 'cut-short')) return
    invalidTold = true
    options.onItem({ kind: 'invalid-utf8' })
  }

  return parsers[format]({ ...options, onItem: handleItem })
}

/** A line a record. [ndjson] 3.1 and 3.2: blank lines may be left out, CR before LF is white space. */
function createNdjsonParser({ maxBytes, onItem }: RecordParserOptions): RecordParser {
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
        if (begun.size + piece.length > maxBytes) {
          ended = true
          onItem({ kind: 'too-large' })
        } else if (lf === -1) {
          if (piece.length > 0) begun.add(piece)
          return
        } else if (begun.size === 0) readLine(piece, 1)
        else {
          begun.add(piece)
          readLine(begun.take(), 1)
        }
        start = lf + 1
      }
    },
    end() {
      if (!ended && begun.size > 0) readLine(begun.take(), 0)
      ended = true
    },
  }
}

/** [rfc7464] 2.1: a record begins with RS and ends where the next one begins. */
function createJsonSeqParser({ maxBytes, onItem }: RecordParserOptions): RecordParser {
  const begun = createByteGatherer()
  let inRecord = false
  let ended = false

  /** What has come since the last RS. */
  function finish(): void {
    const bytes = begun.take()
    // [rfc7464] 2.1: RS that follow one another have nothing between them.
    const wireBytes = bytes.length + (inRecord ? 1 : 0)
    if (!inRecord) {
      if (bytes.length > 0 && !isBlank(bytes)) {
        onItem({ kind: 'ignored', why: 'outside-record', data: bytes, wireBytes })
      }
      return
    }
    if (isBlank(bytes)) return
    const text = trimEnd(bytes)
    const flaw = flawOf(bytes, text)
    onItem({ kind: 'record', text, ...(flaw && { flaw }), wireBytes })
  }

  /** A record that is complete as it stands need not wait for the next one to be seen. */
  function tryEarly(): void {
    const { size } = begun
    if (!inRecord || size === 0 || size > triedBytes) return
    const bytes = begun.take()
    if (bytes.at(-1) === LF && !isBlank(bytes) && isJson(bytes)) {
      onItem({ kind: 'record', text: trimEnd(bytes), wireBytes: bytes.length + 1 })
      inRecord = false
    } else begun.add(bytes)
  }

  return {
    feed(chunk) {
      let start = 0
      while (!ended) {
        const rs = chunk.indexOf(RS, start)
        begun.add(chunk.subarray(start, rs === -1 ? chunk.length : rs))
        if (begun.size > maxBytes) {
          ended = true
          onItem({ kind: 'too-large' })
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
  }
}

/** [rfc7464] 2.4: a number or a word with nothing behind it may be the first part of a longer one. */
function flawOf(bytes: Uint8Array, text: Uint8Array): RecordDetail['flaw'] {
  if (!isJson(text)) return bytes.at(-1) === LF ? 'not-json' : 'cut-short'
  const closed = '"]}'.includes(String.fromCharCode(text.at(-1) ?? 0))
  return closed || text.length < bytes.length ? undefined : 'cut-short'
}

/** Bytes that came together are a record, except an incomplete character at the end. */
function createTextParser({ onItem }: RecordParserOptions): RecordParser {
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
      tell(rest)
      rest = nothing
    },
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function isJson(bytes: Uint8Array): boolean {
  if (bytes.length > checkedBytes) return true
  try {
    JSON.parse(decoder.decode(bytes))
    return true
  } catch {
    // It is no JSON.
    return false
  }
}

// [rfc8259] 2
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, LF, CR])

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => blanks.has(byte))
}

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && blanks.has(bytes[end - 1] as number)) end--
  return bytes.subarray(0, end)
}
