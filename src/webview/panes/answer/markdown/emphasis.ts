// Pairs of `*`, `_` and `~`, and what they set. [commonmark] 6.2, [gfm] 6.5

import { looks } from './block.ts'

/** Marks of one letter in a row. */
export interface Delimiter {
  readonly letter: string
  /** The part of the text that is not used up. */
  from: number
  to: number
  readonly size: number
  readonly canOpen: boolean
  readonly canClose: boolean
}

/** What a pair of them sets. */
export interface Emphasis {
  /** From behind the opening marks to before the closing ones. */
  readonly from: number
  readonly to: number
  /** So many marks on either side are no text. */
  readonly marks: number
  readonly look: number
}

interface Link {
  readonly delimiter: Delimiter
  /** Its place among all. */
  readonly index: number
  before: Link | null
  after: Link | null
}

/** Those of `text` from `from` to `to`, which are of one letter. */
export function delimiterAt(text: string, from: number, to: number): Delimiter {
  const letter = text.charAt(from)
  const [before, after] = [around(text.charAt(from - 1)), around(text.charAt(to))]
  const opens = after !== 'space' && (after !== 'mark' || before !== 'letter')
  const closes = before !== 'space' && (before !== 'mark' || after !== 'letter')
  // `snake_case` has no emphasis.
  const isLine = letter === '_'
  return {
    ...{ letter, from, to, size: to - from },
    canOpen: opens && (!isLine || !closes || before === 'mark'),
    canClose: closes && (!isLine || !opens || after === 'mark'),
  }
}

function around(letter: string): 'space' | 'mark' | 'letter' {
  if (letter === '' || /\s/.test(letter)) return 'space'
  return /[\p{P}\p{S}]/u.test(letter) ? 'mark' : 'letter'
}

/**
 * The pairs among them. `growingTo`: the text may go on where it ends there, and what is strong is so before its end has come;
 * null: it is whole.
 */
export function pairDelimiters(
  delimiters: readonly Delimiter[],
  growingTo: number | null,
): readonly Emphasis[] {
  const first = linked(delimiters)
  const found: Emphasis[] = []
  /** Nothing before it opens what closes like that: looked for once only, so that time stays linear. */
  const floors = new Map<string, number>()
  for (let closer = first; closer !== null; ) {
    const { delimiter } = closer
    if (!delimiter.canClose) {
      closer = closer.after
      continue
    }
    const key = `${delimiter.letter}${delimiter.canOpen}${delimiter.size % 3}`
    const opener = openerOf(closer, floors.get(key) ?? -1)
    if (opener === null) {
      floors.set(key, closer.before?.index ?? -1)
      const next: Link | null = closer.after
      if (!delimiter.canOpen) unlink(closer)
      closer = next
      continue
    }
    found.push(pair(opener.delimiter, delimiter))
    opener.after = closer
    closer.before = opener
    if (isSpent(opener.delimiter)) unlink(opener)
    if (isSpent(delimiter)) {
      const next: Link | null = closer.after
      unlink(closer)
      closer = next
    }
  }
  return growingTo === null ? found : [...found, ...openEnds(delimiters, growingTo)]
}

function linked(delimiters: readonly Delimiter[]): Link | null {
  let first: Link | null = null
  let last: Link | null = null
  for (const [index, delimiter] of delimiters.entries()) {
    const link: Link = { delimiter, index, before: last, after: null }
    if (last) last.after = link
    first ??= link
    last = link
  }
  return first
}

function unlink({ before, after }: Link): void {
  if (before) before.after = after
  if (after) after.before = before
}

/** `floor`: from this place on down there is none. */
function openerOf(closer: Link, floor: number): Link | null {
  for (let opener = closer.before; opener !== null && opener.index > floor; opener = opener.before)
    if (fits(opener.delimiter, closer.delimiter)) return opener
  return null
}

function fits(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.letter !== closer.letter || !opener.canOpen) return false
  if (opener.letter === '~') return opener.size === 2 && closer.size === 2
  // [commonmark] 6.2, rules 9 and 10: `**a*b**` is not closed in its middle.
  const isTorn = opener.canClose || closer.canOpen
  const sum = opener.size + closer.size
  return !(isTorn && sum % 3 === 0 && !(opener.size % 3 === 0 && closer.size % 3 === 0))
}

function pair(opener: Delimiter, closer: Delimiter): Emphasis {
  const marks = opener.to - opener.from >= 2 && closer.to - closer.from >= 2 ? 2 : 1
  const emphasis = { from: opener.to, to: closer.from, marks, look: lookOf(opener.letter, marks) }
  opener.to -= marks
  closer.from += marks
  return emphasis
}

function lookOf(letter: string, marks: number): number {
  if (letter === '~') return looks.struck
  return marks === 2 ? looks.strong : looks.emphasis
}

function isSpent({ from, to }: Delimiter): boolean {
  return from === to
}

function openEnds(delimiters: readonly Delimiter[], end: number): readonly Emphasis[] {
  const last = delimiters.findLast(
    ({ letter, from, to, canOpen }) => canOpen && letter === '*' && to - from === 2,
  )
  return last ? [{ from: last.to, to: end, marks: 2, look: looks.strong }] : []
}
