// The filter language: reads what is typed into the filter box. docs/filter.md describes it for people.

import { filterLimits } from '../limits.ts'
import { compileRegex } from '../text/compileRegex.ts'
import type { FilterFlag, FilterNode } from './filterNode.ts'
import {
  endOf,
  type FilterMistake,
  type FilterScan,
  readChunk,
  readQuoted,
  readRegex,
  skipSpace,
  startScan,
} from './filterScan.ts'
import { parseField } from './parseField.ts'
import { parseJsonTest } from './parseJsonTest.ts'

export interface ParsedFilter {
  /** Null where nothing is asked, so that every frame matches, and where only mistakes are. */
  readonly node: FilterNode | null
  /** In order. With any of them the filter is not to be used. */
  readonly mistakes: readonly FilterMistake[]
  /** What may be meant otherwise; the filter can be used. */
  readonly hints: readonly FilterMistake[]
}

/** Never throws. Takes time linear in the text. Places are UTF-16 offsets. */
export function parseFilter(text: string): ParsedFilter {
  const { chars } = filterLimits
  if (text.length > chars) {
    const message = `The filter is longer than ${chars} characters. Shorten it.`
    return { node: null, mistakes: [{ from: chars, to: text.length, message }], hints: [] }
  }
  const scan = startScan(text)
  const node = parseEither(scan, { left: filterLimits.conditions })
  const { mistakes, hints } = scan
  return { node, mistakes: mistakes.toSorted((a, b) => a.from - b.from), hints }
}

/** How many conditions there may still be. */
interface Count {
  left: number
}

/** Conditions with `or` between them, up to the end of the text or of the group. */
function parseEither(scan: FilterScan, count: Count): FilterNode | null {
  const parts: (FilterNode | null)[] = [parseAll(scan, count)]
  for (let at = scan.at; keywordEnd(scan, 'or') > at; at = scan.at) {
    scan.at = keywordEnd(scan, 'or')
    skipSpace(scan)
    if (isGroupEnd(scan) || keywordEnd(scan, 'or') > scan.at) {
      const message =
        'A condition stands on both sides of `or`. Write the text in double quotes: `"or"`.'
      scan.mistakes.push({ from: at, to: at + 2, message })
    } else parts.push(parseAll(scan, count))
  }
  return joined('or', parts)
}

/** Conditions that must all hold. */
function parseAll(scan: FilterScan, count: Count): FilterNode | null {
  const parts: (FilterNode | null)[] = []
  for (;;) {
    skipSpace(scan)
    if (isGroupEnd(scan)) break
    const begun = parts.length > 0
    if (begun && keywordEnd(scan, 'or') > scan.at) break
    if (begun) skipAnd(scan)
    if (--count.left < 0) {
      const message = `The filter has more than ${filterLimits.conditions} conditions. Remove some.`
      scan.mistakes.push({ from: scan.at, to: scan.text.length, message })
      scan.at = scan.text.length
      break
    }
    parts.push(parseOne(scan, count))
  }
  return joined('and', parts)
}

function isGroupEnd({ text, at, open }: FilterScan): boolean {
  return at >= text.length || (text[at] === ')' && open > 0)
}

/** Where a word ends that stands here and alone; here where it does not. */
function keywordEnd(scan: FilterScan, word: 'or' | 'and'): number {
  const { text, at } = scan
  return endOf(word === 'or' ? /or(?=[\s()]|$)/iy : /and(?=[\s()]|$)/iy, text, at)
}

/** `and` between two conditions says what its absence says. */
function skipAnd(scan: FilterScan): void {
  const { at } = scan
  scan.at = keywordEnd(scan, 'and')
  skipSpace(scan)
  if (isGroupEnd(scan)) scan.at = at
}

/** None of them for nothing, one for itself; those of the same kind are one list. */
function joined(kind: 'and' | 'or', found: readonly (FilterNode | null)[]): FilterNode | null {
  const parts = found
    .filter((part) => part !== null)
    .flatMap((part) => (part.kind === kind ? part.parts : [part]))
  const [first = null] = parts
  return parts.length > 1 ? { kind, parts } : first
}

/** One condition, or a group of them, with the minus before it. */
function parseOne(scan: FilterScan, count: Count): FilterNode | null {
  const { text, at } = scan
  // `--verbose`, `->` and a minus that stands alone are text.
  if (text[at] === '-' && /[^\s>)-]/.test(text[at + 1] ?? '')) {
    scan.at++
    const part = parseTerm(scan, count)
    return part && { kind: 'not', part }
  }
  return parseTerm(scan, count)
}

function parseTerm(scan: FilterScan, count: Count): FilterNode | null {
  if (scan.text[scan.at] === '(' && scan.text[scan.at + 1] !== ')') return parseGroup(scan, count)
  const special = parseField(scan) ?? parseJsonTest(scan) ?? parseRegexTest(scan)
  if (special !== null) return special === 'mistaken' ? null : special
  return parseText(scan)
}

function parseGroup(scan: FilterScan, count: Count): FilterNode | null {
  const { mistakes } = scan
  const from = scan.at++
  const tell = (to: number, message: string) => mistakes.push({ from, to, message })
  if (scan.open >= filterLimits.depth) {
    scan.at = scan.text.length
    const message = `Parentheses stand more than ${filterLimits.depth} deep in one another. Remove some.`
    tell(scan.at, message)
    return null
  }
  const before = mistakes.length
  scan.open++
  const node = parseEither(scan, count)
  scan.open--
  const isClosed = scan.text[scan.at] === ')'
  if (isClosed) scan.at++
  if (mistakes.length > before) return node
  if (!isClosed) tell(from + 1, notClosed)
  else if (node === null) tell(scan.at, nothingInside)
  return node
}

const notClosed =
  'This parenthesis is not closed. Add `)` where the group ends, or write the text in double quotes.'
const nothingInside =
  'Nothing stands in these parentheses. Write a condition in them, or remove them.'

function parseRegexTest(scan: FilterScan): FilterNode | 'mistaken' | null {
  const from = scan.at
  const regex = readRegex(scan)
  if (regex === null) return null
  const compiled = compileRegex(regex.source, regex.flags)
  if (typeof compiled !== 'string') return { kind: 'regex', ...regex }
  scan.mistakes.push({ from, to: scan.at, message: compiled })
  return 'mistaken'
}

function parseText(scan: FilterScan): FilterNode | null {
  const from = scan.at
  const quoted = readQuoted(scan)
  if (quoted !== null) return quoted === '' ? null : { kind: 'word', text: quoted }
  const text = readChunk(scan)
  // Before the end of a group, where nothing but a minus stands.
  if (text === '') return null
  if (text.startsWith('"') && isUnclosed(text)) {
    const message = 'The double quote is not closed. Add one where the text ends.'
    scan.mistakes.push({ from, to: scan.at, message })
    return null
  }
  return wordOf(text)
}

/** A quote that nothing closes, as opposed to `"name":` of pasted JSON. */
function isUnclosed(text: string): boolean {
  return !/^"(?:[^"\\]|\\.)*"/s.test(text)
}

const flags: Readonly<Record<string, FilterFlag>> = Object.assign(Object.create(null), {
  changed: 'changed',
  wire: 'wire',
  bookmarked: 'bookmarked',
  'is:changed': 'changed',
  'is:wire': 'wire',
  'is:bookmarked': 'bookmarked',
  'is:error': 'error',
  'is:unanswered': 'unanswered',
})

function wordOf(text: string): FilterNode {
  const flag = flags[text]
  if (flag !== undefined) return { kind: 'flag', flag }
  const word: FilterNode = { kind: 'word', text }
  // Who types it wants to see failures, whether their text says so or not.
  return text === 'error' ? { kind: 'or', parts: [{ kind: 'flag', flag: 'error' }, word] } : word
}
