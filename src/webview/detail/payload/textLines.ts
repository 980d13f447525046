// A text as lines that fit: broken where it says so and, where lines wrap, at the last column; any number of them.

import { type IntList, intList } from '../../json/intList.ts'

export interface TextLine {
  readonly from: number
  /** Its line break is not part of it. */
  readonly end: number
  /** From 1, of the line of the text that begins here; null where one goes on. */
  readonly number: number | null
}

/** The lines of a text that may grow at its end. */
export interface TextLines {
  readonly count: number
  /** The longest, in columns. */
  readonly columns: number
  /** Lines of the text itself. */
  readonly numbers: number
  line(index: number): TextLine
  /** The line in which a character stands. */
  lineOf(offset: number): number
  /** The text has grown: it begins as it did. */
  grow(text: string): void
}

/** Lines that do not wrap are cut here all the same: no browser draws a line of a megabyte. */
const maxColumns = 10_000
/** A peer may send nothing but line breaks: the rest of a text of more lines is not drawn. */
export const maxLines = 4_000_000
/** A line breaks after white space, if there is some among its last columns. */
const wordReach = 20

/** `columns`: where lines wrap; null where they do not. */
export function createTextLines(columns: number | null): TextLines {
  const width = Math.max(8, columns ?? maxColumns)
  const starts: IntList = intList()
  /** Above 0: the number of the line that begins there. */
  const numbers: IntList = intList()
  let text = ''
  let longest = 0
  let lastNumber = 0

  /** `number`: 0 where a line goes on. */
  function cut(from: number, end: number, number: number): void {
    if (number > 0) lastNumber = number
    for (let at = from; ; ) {
      starts.push(at)
      numbers.push(at === from ? number : 0)
      const next = lineEnd(text, at, end, width)
      longest = Math.max(longest, Math.min(width, next - at))
      if (next >= end) return
      at = next
    }
  }

  return {
    get count() {
      return starts.length
    },
    get columns() {
      return longest
    },
    get numbers() {
      return lastNumber
    },
    line(index) {
      const from = starts.at(index)
      const next = index + 1 < starts.length ? starts.at(index + 1) : text.length
      const number = numbers.at(index)
      return { from, end: withoutBreak(text, from, next), number: number === 0 ? null : number }
    },
    lineOf(offset) {
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if (starts.at(middle) <= offset) low = middle
        else high = middle - 1
      }
      return low
    },
    grow(grown) {
      text = grown
      // The last line may go on: it is cut again.
      let at = starts.length === 0 ? 0 : starts.pop()
      let number = numbers.length === 0 ? 1 : numbers.pop()
      while (starts.length < maxLines) {
        const found = text.indexOf('\n', at)
        cut(at, found < 0 ? text.length : found, number)
        if (found < 0) return
        at = found + 1
        number = lastNumber + 1
      }
    },
  }
}

function withoutBreak(text: string, from: number, end: number): number {
  let last = end
  if (last > from && text.charAt(last - 1) === '\n') last--
  if (
    last > from &&
    last < text.length &&
    text.charAt(last) === '\n' &&
    text.charAt(last - 1) === '\r'
  )
    last--
  return last
}

/** Where a line that begins at `from` ends: at `end`, or where it is full. */
function lineEnd(text: string, from: number, end: number, width: number): number {
  if (end - from <= width && !wide.test(text.slice(from, end))) return end
  const full = columnEnd(text, from, Math.min(end, from + width), width)
  if (full >= end) return end
  for (let at = full; at > full - wordReach && at > from + 1; at--) {
    if (text.charAt(at - 1) === ' ') return at
  }
  const splits = /[\ud800-\udbff]/.test(text.charAt(full - 1))
  return splits && full - 1 > from ? full - 1 : full
}

/** The offset at which so many columns are full; `end` at the latest. */
function columnEnd(text: string, from: number, end: number, width: number): number {
  if (!wide.test(text.slice(from, end))) return end
  let columns = 0
  for (let at = from; at < end; at++) {
    columns += columnsOf(text.charCodeAt(at))
    if (columns > width) return Math.max(at, from + 1)
  }
  return end
}

/** Characters that take more than one column, or are drawn as their code. */
const wide = /[^\x20-\x7e\xa0-\u02ff\u0370-\u05f4\r]/

function columnsOf(code: number): number {
  if (code === 0x09) return tabColumns
  if (code === 0x0d) return 0
  if (code < 0x20) return 2
  // A half of a pair, whose other half has the other column.
  if (code >= 0xd800 && code <= 0xdfff) return 1
  if (code >= 0x1100) return code < 0x2030 || code > 0x205f ? 2 : 6
  return 1
}

/** As the style sheet has it. */
const tabColumns = 4
