// Bytes of unknown content, as a packet carries them: JSON, text or bytes, in a few words or as plain data.

import { decodeLimits } from '../../../shared/limits.ts'
import { hexOf } from '../../../shared/text/hexRows.ts'
import { parseJson } from '../../../shared/text/parseJson.ts'
import { formatSize } from '../../../shared/text/units.ts'
import { cutText, hasBinaryControls } from '../../../shared/text/visibleText.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { beginsJson } from '../packets/jsonMessage.ts'
import { shortJson } from '../packets/shortJson.ts'
import { plainBytes } from './plainValue.ts'

/** Longer JSON is told by its beginning as it stands: to parse it takes longer than a row is worth. */
const parsedBytes = 8192
/** A character of UTF-8 takes at most so many bytes. [rfc3629] 3 */
const characterBytes = 4
/** Bytes that are told one by one. */
const toldBytes = 12

/**
 * `{t: 21.5}`, `on`, `00 ff 1c`, `00 ff 1c … 1.2 kB`; undefined where there is nothing. `sizeBytes`: of the whole, of
 * which `bytes` may be the beginning.
 */
export function bytesInShort(bytes: Uint8Array, sizeBytes = bytes.length): string | undefined {
  if (bytes.length === 0) return undefined
  const chars = decodeLimits.summaryChars
  if (bytes.length <= parsedBytes && beginsJson(bytes)) {
    const value = parseJson(decodeText(bytes))
    if (value !== undefined) return shortJson(value, chars)
  }
  const text = textOf(bytes, chars)
  if (text !== null) return cutText(text, chars)
  const hex = hexOf(bytes.subarray(0, toldBytes))
  return sizeBytes <= toldBytes ? hex : `${hex} … ${formatSize(sizeBytes)}`
}

/** What JSON can say of it: its own value, its text, or `h'00ff'`. */
export function bytesAsData(bytes: Uint8Array): unknown {
  const text = textOf(bytes, bytes.length)
  if (text === null) return plainBytes(bytes)
  return (beginsJson(bytes) ? parseJson(text) : undefined) ?? text
}

/** Its first characters; null where it is no text. */
function textOf(bytes: Uint8Array, chars: number): string | null {
  const start = bytes.subarray(0, (chars + 1) * characterBytes)
  const decoded = decodeText(start)
  // A cut may have split the last character.
  const text = start.length < bytes.length ? decoded.replace(/\ufffd{1,3}$/, '') : decoded
  return text.includes('\ufffd') || hasBinaryControls(text) ? null : text
}
