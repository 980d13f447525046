// The elements that an answer's texts may have on the page: each takes it time, and a peer writes the texts.

import { unseenClass, wholePairs } from '../../../shared/text/visibleText.ts'

/** What the parts of an answer may still have, about. */
export interface ElementRoom {
  left: number
}

const answerElements = 60_000
/** A part has no more, nor more than a multiple of `step` of what is left: it is not drawn anew whenever another one grows. */
const partElements = 24_000
const step = 6000
/** Beyond so many characters a text is plain. */
const markdownChars = 200_000

export function createElementRoom(): ElementRoom {
  return { left: answerElements }
}

/** What the next part may have. */
export function grantOf({ left }: ElementRoom): number {
  return Math.min(partElements, Math.max(0, Math.floor(left / step) * step))
}

/** A line may have so many elements by itself; each mark may begin another, a link two. */
const lineElements = 4
/** Of a character that is not seen: its sign, and itself. */
export const unseenElements = 2
const mayBegin = new RegExp(`[\\n*_\`~\\[<>\\|&#+\\-]|[${unseenClass}]`, 'gv')

/** `end`: where Markdown of no more than `most` elements becomes plain; the same however the text goes on. */
export function measureMarkdown(
  text: string,
  most: number,
): { readonly end: number; readonly elements: number } {
  const first = wholePairs(text, markdownChars)
  let elements = 0
  for (const { 0: mark, index } of first.matchAll(mayBegin)) {
    const added = elementsOf(mark)
    if (elements + added > most) return { end: index, elements }
    elements += added
  }
  return { end: first.length, elements }
}

function elementsOf(mark: string): number {
  if (mark === '\n') return lineElements
  if (mark === '[') return 2
  return /[ -~]/.test(mark) ? 1 : unseenElements
}
