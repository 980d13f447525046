// Records as the parsers of each format tell them, and what those have in common.

import type { IgnoredReason, RecordDetail } from '../../../shared/frame/streamDetail.ts'
import type { AwaitedEnd } from '../../../shared/session/unfinished.ts'
import type { ByteGatherer } from '../bytes/byteGatherer.ts'
import type { StreamParser } from './streamParser.ts'

/** Those that this parser knows. */
export type RecordFormat = Exclude<RecordDetail['format'], 'multipart'>

/** What the stream held. A text's buffer is a slice of the chunk that was fed, or one of its own. */
export type RecordItem =
  | {
      readonly kind: 'record'
      readonly text: Uint8Array
      readonly flaw?: RecordDetail['flaw']
      /** The separator that follows is included, and what came before and made nothing. */
      readonly wireBytes: number
    }
  | {
      readonly kind: 'ignored'
      readonly why: IgnoredReason
      readonly data: Uint8Array
      readonly wireBytes: number
    }
  /** What came just before held bytes that are not UTF-8, with U+FFFD in their place: these are its bytes. */
  | { readonly kind: 'invalid-utf8'; readonly data: Uint8Array | null }
  /** A record is longer than the limit. Nothing comes after it; what came of it, before. */
  | { readonly kind: 'too-large' }

/** What the parsers of each format have. */
export type FormatParser = Pick<StreamParser, 'feed' | 'end'> & {
  readonly awaits: AwaitedEnd
  /** What has come since the last item. */
  readonly begun: Pick<ByteGatherer, 'size' | 'peek'>
}

export interface RecordParserOptions {
  /** Bytes of one record at the most. */
  readonly maxBytes: number
  onItem(item: RecordItem): void
}

/** The record that is too long, and all that follows it. */
export function refuse(
  data: Uint8Array,
  otherBytes: number,
  onItem: RecordParserOptions['onItem'],
): void {
  onItem({ kind: 'ignored', why: 'too-large', data, wireBytes: data.length + otherBytes })
  onItem({ kind: 'too-large' })
}

/** A larger record is not checked: JSON is only a help to the reader here. */
const checkedBytes = 1024 * 1024

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export function isJson(bytes: Uint8Array): boolean {
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
export const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d])

export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => blanks.has(byte))
}
