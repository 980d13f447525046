// Text of a stream that is no event and no record since the last one that was: an error in JSON, a page in HTML.

import { shownLimits } from '../../../shared/limits.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { decodeText } from '../bytes/utf8.ts'

/** More than a sentence shows; the frames have all of it. */
const keptBytes = 16 * 1024

export interface StrayText {
  /** A line, or a part of one. */
  add(line: Uint8Array): void
  /** Something came that counts: what was before it is forgotten. */
  clear(): void
  /** Kept lines, a line feed between them; empty where there are none but blank ones. */
  read(): string
}

export function createStrayText(): StrayText {
  const text = createByteGatherer()
  return {
    add(line) {
      if (text.size() >= keptBytes) return
      if (text.size() > 0) text.add(lineFeed)
      text.add(line.subarray(0, keptBytes))
    },
    clear() {
      if (text.size() > 0) text.take()
    },
    read: () => decodeText(text.peek()).trim(),
  }
}

const lineFeed = Uint8Array.of(10)

/** `JSON`, `HTML` or `text`. */
export function natureOf(text: string): string {
  if (/^<(?:!doctype|html|head|body|\?xml)/i.test(text)) return 'HTML'
  return isJson(text) ? 'JSON' : 'text'
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    // It is none, or was cut.
    return false
  }
}

/** As a sentence shows it. */
export function quoted(text: string): string {
  return cutText(text.replace(/\s+/g, ' '), shownLimits.lineChars / 2)
}
