// Reasons for which clients ignore a part of a stream, in a few words.

import type { IgnoredReason } from './streamDetail.ts'

export const ignoredReasons: Readonly<Record<IgnoredReason, string>> = {
  'unknown-field': 'unknown field',
  'invalid-retry': 'retry is not a number',
  'nul-in-id': 'id with a NUL',
  'no-data': 'event without data',
  unfinished: 'no blank line before the end',
  'blank-line': 'blank line',
  'outside-record': 'outside of a record',
  'too-large': 'beyond the limit',
  'not-utf8': 'bytes that are not UTF-8',
  'not-decoded': 'bytes that were not decompressed',
  'no-content': 'end of the body',
}
