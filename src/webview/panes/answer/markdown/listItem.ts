// The lines that belong to one item of a list. [commonmark] 5.2

import type { LineCursor } from './lineCursor.ts'
import { dedent, type Line, type ListMark } from './lines.ts'

export interface ItemLines {
  /** Of a task: whether it is done; null for other items. */
  readonly done: boolean | null
  /** Without what stands before them. */
  readonly lines: readonly Line[]
}

const task = /^\[([ xX])\][ \t]+/
const taskChars = 20

/** From the line of its mark on; blank lines behind it are left. */
export function readItem(cursor: LineCursor, first: Line, mark: ListMark): ItemLines {
  const { source } = cursor.text
  const indent = cursor.indent(first) ?? 0
  const from = cursor.start(first) + mark.chars
  const box = task.exec(source.slice(from, Math.min(first.to, from + taskChars)))
  const lines: Line[] = [{ from: from + (box?.[0].length ?? 0), to: first.to }]
  const place = { mark: indent, text: indent + mark.chars }
  cursor.at++
  let end = cursor.at
  for (let line = cursor.line; line !== undefined; line = cursor.line) {
    const isBlank = cursor.isBlank(line)
    if (!isBlank && !belongs(cursor, line, place, cursor.at > end)) break
    lines.push(dedent(source, line, place.text))
    cursor.at++
    if (!isBlank) end = cursor.at
  }
  lines.length -= cursor.at - end
  cursor.at = end
  return { done: box ? box[1] !== ' ' : null, lines }
}

/** Models indent by less than CommonMark asks for; and a paragraph goes on without any. */
function belongs(
  cursor: LineCursor,
  line: Line,
  place: { readonly mark: number; readonly text: number },
  isAfterBlank: boolean,
): boolean {
  if ((cursor.indent(line) ?? 0) >= Math.min(place.text, place.mark + 2)) return true
  return !isAfterBlank && cursor.opening(line) === null
}
