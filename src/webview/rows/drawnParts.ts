// The words of a row in the parts in which they are drawn: quiet ones, and those marked that a filter looks for.

import { type Label, labelText } from '../../shared/frame/label.ts'
import { hitParts } from './hitParts.ts'

export interface DrawnPart {
  readonly text: string
  readonly quiet: boolean
  readonly hit: boolean
  /** See `LabelPart`. */
  readonly fixed?: true
}

/** `sought` and `room`: as for `hitParts`. A part that is marked in the middle is several. */
export function drawnParts(
  label: Label,
  sought: readonly string[],
  room: number,
): readonly DrawnPart[] {
  const text = labelText(label)
  const marked = hitParts(text, sought, room)
  const seen = marked.map((part) => part.text).join('')
  // Where the label begins later, an ellipsis stands for what is before.
  const begins = seen === text ? 0 : text.length - seen.length + 1
  const parts: DrawnPart[] = []
  let from = begins === 0 ? 0 : begins - 1
  for (const { text: words, hit } of marked) {
    let end = 0
    for (const { text: own, quiet = false, fixed } of label) {
      const start = end
      end += own.length
      const [first, last] = [Math.max(from, start), Math.min(from + words.length, end)]
      if (first >= last) continue
      const part = { text: words.slice(first - from, last - from), quiet, hit }
      parts.push(fixed ? { ...part, fixed } : part)
    }
    from += words.length
  }
  return parts
}
