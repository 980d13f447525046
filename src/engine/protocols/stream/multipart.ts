// Cuts a body of several parts into them: multipart/mixed and its relatives. [rfc2046] 5.1.1

import { headerValue } from '../../../shared/frame/headerFields.ts'
import { latin1 } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { joined } from '../bytes/joined.ts'
import { fieldText } from '../http/fieldBytes.ts'
import type { StreamParser } from './streamParser.ts'

export type MultipartItem =
  | {
      readonly kind: 'part'
      readonly headers: NamedValues
      readonly body: Uint8Array
      readonly cutShort: boolean
      /** The delimiter before it is included. */
      readonly wireBytes: number
    }
  /** Before the first part, behind the last one, or too much of a part. */
  | {
      readonly kind: 'ignored'
      readonly why: 'outside-record' | 'too-large'
      readonly data: Uint8Array
      readonly wireBytes: number
    }
  /** A part is longer than the limit. Nothing comes after it. */
  | { readonly kind: 'too-large' }

export interface MultipartOptions {
  /** Bytes of one part at the most, its head included. */
  readonly maxBytes: number
  onItem(item: MultipartItem): void
}

const LF = 10
const CR = 13
const DASH = 45
/** Blanks behind a delimiter for which a part waits that is whole by its length. */
const mostPadding = 80

/** Of a Content-Type; null where it names none, so that the parts cannot be told apart. */
export function multipartBoundary(contentType: string): string | null {
  const [, quoted, plain] =
    /^\s*multipart\/[^;]*;(?:.*;)?\s*boundary=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/is.exec(
      contentType,
    ) ?? []
  const boundary = quoted?.replace(/\\(.)/gs, '$1') ?? plain ?? ''
  // [rfc2046] 5.1.1 allows 70; `--` before it is no part of it, though some write it there.
  return boundary === '' || boundary.length > 1000 ? null : boundary
}

/**
 * A part is told when the next delimiter has come, which ends it whatever its head says of its length; one that is as
 * long as its head says, as soon as it is. A bare LF is a line end too. Without a
 * boundary the first line that looks like a delimiter is one.
 */
export function createMultipartParser(
  boundary: string | null,
  { maxBytes, onItem }: MultipartOptions,
): StreamParser {
  let delimiter: Uint8Array | null =
    boundary === null ? null : new TextEncoder().encode(`--${boundary}`)
  const line = createByteGatherer()
  const lines = createByteGatherer()
  let state: 'outside' | 'head' | 'body' | 'told' | 'over' = 'outside'
  let headers: NamedValues = []
  /** Of the body, by its head; null: up to the delimiter. */
  let length: number | null = null
  /** Of the delimiter and the head. */
  let frameBytes = 0
  let ended = 0

  /** With its line end, if it has one. */
  function readLine(bytes: Uint8Array): void {
    const end = delimiterEnd(bytes)
    if (end !== null) {
      finish(false)
      frameBytes += bytes.length
      state = end === 'close' ? 'outside' : 'head'
      return
    }
    if (state === 'head' && isBlank(bytes)) {
      frameBytes += lines.size() + bytes.length
      headers = parseHead(lines.take())
      const told = headerValue(headers, 'content-length') ?? ''
      length = /^\d{1,15}$/.test(told) ? Number(told) : null
      state = 'body'
    } else lines.add(bytes)
  }

  function isPlainStart(first: number | undefined): boolean {
    return first !== DASH && (state !== 'head' || (first !== CR && first !== LF))
  }

  function delimiterEnd(bytes: Uint8Array): 'next' | 'close' | null {
    delimiter ??= delimiterOf(bytes)
    if (delimiter === null || !startsWith(bytes, delimiter)) return null
    const rest = new TextDecoder('latin1').decode(bytes.subarray(delimiter.length))
    const match = /^(--)?[ \t]*\r?\n?$/.exec(rest)
    if (match === null) return null
    return match[1] === undefined ? 'next' : 'close'
  }

  /** What has come since the last item. `cutShort`: no delimiter follows. */
  function finish(cutShort: boolean): void {
    const bytes = lines.take()
    if (state === 'outside' || state === 'told') ignore(bytes)
    else if (state === 'head')
      tell(bytes.length === 0 ? [] : parseHead(bytes), nothing, bytes.length, cutShort)
    else tell(headers, cutShort ? bytes : withoutLineEnd(bytes), bytes.length, cutShort)
    headers = []
    length = null
  }

  function ignore(data: Uint8Array): void {
    if (isBlank(data)) {
      frameBytes += data.length
      return
    }
    ended++
    onItem({ kind: 'ignored', why: 'outside-record', data, wireBytes: frameBytes + data.length })
    frameBytes = 0
  }

  function tell(head: NamedValues, body: Uint8Array, bodyBytes: number, cutShort: boolean): void {
    ended++
    onItem({ kind: 'part', headers: head, body, cutShort, wireBytes: frameBytes + bodyBytes })
    frameBytes = 0
  }

  /** A part whose head tells its length need not wait for the next one. */
  function tellEarly(): void {
    if (state !== 'body' || length === null || lines.size() + line.size() < length) return
    // Its end will tell whether it is a delimiter, before which a head may count too many bytes.
    if (mayBeDelimiter(line.peek())) return
    const last = line.take()
    lines.add(last)
    const bytes = lines.take()
    tell(headers, bytes.subarray(0, length), length, false)
    state = 'told'
    // What follows is the delimiter's line end, the delimiter where that was forgotten, or the begin of more.
    const rest = bytes.slice(length)
    if (rest.at(-1) === LF) readLine(rest)
    else line.add(rest)
  }

  function mayBeDelimiter(begun: Uint8Array): boolean {
    if (delimiter === null || begun.length === 0) return false
    const { length: size } = delimiter
    if (begun.length < size) return startsWith(delimiter, begun)
    if (begun.length > size + mostPadding || !startsWith(begun, delimiter)) return false
    return /^-{0,2}[ \t]*\r?$/.test(new TextDecoder('latin1').decode(begun.subarray(size)))
  }

  function refuse(): void {
    const data = lines.take()
    onItem({ kind: 'ignored', why: 'too-large', data, wireBytes: frameBytes + data.length })
    onItem({ kind: 'too-large' })
    state = 'over'
  }

  return {
    feed(chunk: Uint8Array): void {
      let start = 0
      while (state !== 'over' && start < chunk.length) {
        const lf = chunk.indexOf(LF, start)
        const end = lf === -1 ? chunk.length : lf + 1
        const piece = chunk.subarray(start, end)
        // Most lines are whole, begin no delimiter and end no head: they need not be gathered first.
        const isPlain = lf !== -1 && line.size() === 0 && isPlainStart(piece[0])
        if (isPlain) lines.add(piece)
        else line.add(piece)
        start = end
        if (lines.size() + line.size() > maxBytes) {
          lines.add(line.take())
          refuse()
          return
        }
        if (lf !== -1 && !isPlain) readLine(line.take())
        tellEarly()
      }
    },
    end(): void {
      if (state === 'over') return
      // The last delimiter needs no line end.
      if (line.size() > 0) readLine(line.take())
      tellEarly()
      if (state === 'outside' || state === 'told' || lines.size() + frameBytes > 0) finish(true)
      state = 'over'
    },
    waitingBytes: () => (state === 'over' ? 0 : lines.size() + line.size()),
    awaits: () => 'boundary',
    ended: () => ended,
    waitingText: (most) => joined(lines.peek(), line.peek()).subarray(0, most),
  }
}

const nothing = new Uint8Array(0)

function delimiterOf(line: Uint8Array): Uint8Array | null {
  const [found] = /^--[^\s]+(?=[ \t]*\r?\n$)/.exec(new TextDecoder('latin1').decode(line)) ?? []
  return found === undefined ? null : line.slice(0, found.length)
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  if (bytes.length < start.length) return false
  return start.every((byte, i) => bytes[i] === byte)
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === LF || byte === CR)
}

/** The line end before a delimiter is a part of that. */
function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== LF) return bytes
  return bytes.subarray(0, bytes.at(-2) === CR ? -2 : -1)
}

/** [rfc5322] 2.2; a line that begins with white space goes on. Bytes as in heads of HTTP. */
function parseHead(bytes: Uint8Array): NamedValues {
  const text = latin1(bytes).replace(/\r?\n[ \t]+/g, ' ')
  return text.split(/\r?\n/).flatMap((field) => {
    const colon = field.indexOf(':')
    return colon < 1
      ? []
      : [[field.slice(0, colon).trim(), fieldText(field.slice(colon + 1).trim())] as const]
  })
}
