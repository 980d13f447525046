// The pieces that a filter's text is read in: words, texts in quotes, regular expressions.

import type { RegexSource } from './filterNode.ts'

/** A mistake, or a hint: where it stands, `to` exclusive, and a sentence that says what would be right. */
export interface FilterMistake {
  readonly from: number
  readonly to: number
  readonly message: string
}

/** Reading a filter: how far it has come, and what is to be told. */
export interface FilterScan {
  readonly text: string
  at: number
  /** Parentheses that are open around what is read now. */
  open: number
  /** Those that stand in words and were not closed there. */
  loose: number
  /** Something that closes was looked for and is nowhere in the rest: it is not looked for again. */
  readonly missing: Set<string>
  readonly mistakes: FilterMistake[]
  readonly hints: FilterMistake[]
}

export function startScan(text: string): FilterScan {
  return { text, at: 0, open: 0, loose: 0, missing: new Set(), mistakes: [], hints: [] }
}

export function skipSpace(scan: FilterScan): void {
  scan.at = endOf(/\s*/y, scan.text, scan.at)
}

/** Where the match that begins right at `at` ends; `at` where there is none. */
export function endOf(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : at
}

/** Whether a condition may end here: at white space, at the end, or where its group ends. */
export function isBoundary({ text, open }: FilterScan, at: number): boolean {
  return at >= text.length || isSpace(text, at) || (text[at] === ')' && open > 0)
}

export function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '')
}

/**
 * Reads a word: up to white space, or to a parenthesis that closes a group. What it begins with in quotes or in
 * brackets is in it, so that JSON can be pasted.
 */
export function readChunk(scan: FilterScan): string {
  const { text } = scan
  const from = scan.at
  let inside = 0
  scan.at = pastedEnd(scan)
  for (; scan.at < text.length && !isSpace(text, scan.at); scan.at++) {
    if (text[scan.at] === '(') inside++
    else if (text[scan.at] === ')') {
      if (inside > 0) inside--
      else if (scan.open > 0) break
      else if (scan.loose > 0) scan.loose--
      else tellLoose(scan)
    }
  }
  scan.loose += inside
  return text.slice(from, scan.at)
}

function tellLoose({ at, mistakes }: FilterScan): void {
  const message =
    'This parenthesis closes nothing. Remove it, or write text that has it in double quotes.'
  mistakes.push({ from: at, to: at + 1, message })
}

/** The end of the quotes or brackets that begin here; here where none do, or they do not close. */
function pastedEnd(scan: FilterScan): number {
  const { text, at } = scan
  if (text[at] === '"') return closingQuote(scan) ?? at
  if (text[at] !== '{' && text[at] !== '[') return at
  return closingBracket(scan) ?? at
}

/** After the quote that ends the text that begins at `scan.at`; null where there is none. */
export function closingQuote(scan: FilterScan): number | null {
  return closing(scan, '"', () => {
    const end = endOf(/"(?:[^"\\]|\\.)*"/sy, scan.text, scan.at)
    return end === scan.at ? null : end
  })
}

/** After the bracket that ends the one at `scan.at`, by the rules of JSON; null where there is none. */
function closingBracket(scan: FilterScan): number | null {
  return closing(scan, '{', () => {
    const token = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs
    token.lastIndex = scan.at
    let depth = 0
    for (let found = token.exec(scan.text); found; found = token.exec(scan.text)) {
      if ('[{'.includes(found[0])) depth++
      else if (']}'.includes(found[0]) && --depth === 0) return token.lastIndex
    }
    return null
  })
}

function closing(scan: FilterScan, what: string, find: () => number | null): number | null {
  if (scan.missing.has(what)) return null
  const end = find()
  if (end === null) scan.missing.add(what)
  return end
}

/** Reads `"…"` where the text ends with it; else null, and nothing is read. */
export function readQuoted(scan: FilterScan): string | null {
  if (scan.text[scan.at] !== '"') return null
  const end = closingQuote(scan)
  if (end === null || !isBoundary(scan, end)) return null
  const inner = scan.text.slice(scan.at + 1, end - 1)
  scan.at = end
  return inner.replace(/\\(u[\da-fA-F]{4}|.)/gs, unescaped)
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** As in JSON; another letter keeps its backslash. */
function unescaped(whole: string, what: string): string {
  if (what.length > 1) return String.fromCharCode(Number.parseInt(what.slice(1), 16))
  return escapes[what] ?? whole
}

/** The text in quotes, as `readQuoted` reads it. */
export function inQuotes(text: string): string {
  const inner = text.replace(/["\\\n\r\t]/g, (what) => {
    const letter = Object.keys(escapes).find((name) => escapes[name] === what)
    return `\\${letter}`
  })
  return `"${inner}"`
}

/** Reads `/…/i` where it stands for itself; else null, and nothing is read: it may be a path such as `/api/v1`. */
export function readRegex(scan: FilterScan): RegexSource | null {
  if (scan.text[scan.at] !== '/') return null
  const end = closing(scan, '/', () => {
    const found = endOf(/\/(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+\//sy, scan.text, scan.at)
    return found === scan.at ? null : found
  })
  if (end === null) return null
  const flagsEnd = endOf(/[dgimsuvy]*/y, scan.text, end)
  if (!isBoundary(scan, flagsEnd)) return null
  const flags = new Set(scan.text.slice(end, flagsEnd))
  const source = scan.text.slice(scan.at + 1, end - 1)
  scan.at = flagsEnd
  return { source, flags: ['i', 'm', 's'].filter((flag) => flags.has(flag)).join('') }
}
