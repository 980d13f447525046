// JSON in the send box set out in lines, every token as it was written, and the caret where it was among them.

import { layOutJson } from '../../shared/text/layOutJson.ts'
import { findJsonProblem, type JsonProblem } from '../json/jsonProblem.ts'

export type FormattedDraft =
  | { readonly ok: true; readonly text: string; readonly caret: number }
  | { readonly ok: false; readonly problem: JsonProblem }

/** Strings, which keep their spaces, and spaces. */
const parts = /"[^"\\]*(?:\\.[^"\\]*)*"?|\s+/g
/** Indents of what is deep may be thousands of times as long as the text: the box draws all of it. */
const mostChars = 2 ** 20
const mostGrowth = 4

/** The text stays as it is where the lines would have more than a million characters and four times as many as it. */
export function formatDraft(text: string, caret: number): FormattedDraft {
  const problem = findJsonProblem(text)
  if (problem !== null) return { ok: false, problem }
  const flat = dense(text)
  const formatted = layOutJson(flat, Math.max(mostChars, mostGrowth * text.length))
  // What is empty or no list of anything has one line.
  if (formatted === flat && flat.length > 2) return { ok: true, text, caret }
  return {
    ok: true,
    text: formatted,
    caret: caretAfter(formatted, dense(text.slice(0, caret)).length),
  }
}

/** Without the spaces between tokens. */
function dense(text: string): string {
  return text.replace(parts, (part) => (part.startsWith('"') ? part : ''))
}

/** The offset behind so many characters that are no space between tokens. */
function caretAfter(text: string, count: number): number {
  if (count === 0) return 0
  let left = count
  let at = 0
  for (const { 0: part, index } of text.matchAll(parts)) {
    if (index - at >= left) return at + left
    left -= index - at
    at = index
    const length = part.startsWith('"') ? part.length : 0
    if (length >= left && left > 0 && length > 0) return at + left
    left -= length
    at += part.length
    if (left === 0) return index + length
  }
  return Math.min(text.length, at + left)
}
