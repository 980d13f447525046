// A text by which others are told from it, as short as it has to be.

import { ownText } from './ownText.ts'

/** The text itself; of one longer than `chars` characters its beginning, its end and its length, which keep nothing else of it. */
export function shortKey(text: string, chars: number): string {
  if (text.length <= chars) return text
  const half = chars / 2
  return ownText(`${text.slice(0, half)}…${text.slice(-half)} ${text.length}`)
}
