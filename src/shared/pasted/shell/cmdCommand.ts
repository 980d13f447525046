// The words of the command that is wanted, in a text for Windows' cmd, of either form that browsers wrote.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import { literal } from './quoting.ts'
import { createShellVariables, type ShellVariables } from './shellVariables.ts'
import { type IsWanted, type ShellCommand, unjoined } from './wantedCommand.ts'

/**
 * What stands between plain quotes in Chrome's copy until about 2024: each character that it was not sure about has a
 * caret, and so has the one after a percent sign. The caret of a text that is meant stands before other characters.
 */
const oldText = /(?:[^"^\\{}[\]%!#$@|<>\n]+|\^%\^\w|\^[^\w\s])*/y

/** A caret before a word's quote, a line's end or another line's option: how browsers quote for cmd. */
const marks = /\s\^"|\s\^\s+-|\^\r?\n/

/** Apart from the other marks, nothing but carets that are meant for no one tells that a text is for cmd. */
const oldMarks = /\^(?:[&%]|\\\^")/

/** For single quotes cmd has no use. */
export function isForCmd(text: string): boolean {
  const bare = text.replace(/'[^'\n]*'/g, '')
  if (marks.test(bare) || /^\s*[A-Z]:\\[^>\n]*>/i.test(text)) return true
  if (hasOldQuotes(text)) return true
  return !text.includes("'") && /\bcurl\.exe\s/i.test(text) && /%[A-Za-z_]\w{2,}%/.test(text)
}

function hasOldQuotes(text: string): boolean {
  if (!oldMarks.test(text)) return false
  const find = createOldQuotes(text)
  const single = /'[^']*'/y
  for (let i = text.search(/['"]/); i >= 0 && i < text.length; i++) {
    single.lastIndex = i
    if (single.test(text)) i = single.lastIndex - 1
    else {
      const end = find(i)
      if (end < 0) continue
      if (oldMarks.test(text.slice(i, end))) return true
      i = end - 1
    }
  }
  return false
}

/** Finds where such a text in quotes ends that begins at an index; −1 where none begins there. */
function createOldQuotes(text: string): (start: number) => number {
  /** A quote before it that has been read over begins none either: it would be read to the same place. */
  let failed = 0
  return (start) => {
    if (text[start] !== '"' || start < failed) return -1
    oldText.lastIndex = start + 1
    oldText.test(text)
    const end = oldText.lastIndex
    if (text[end] === '"') return end + 1
    failed = end
    return -1
  }
}

export function cmdCommand(text: string, isWanted: IsWanted): Parsed<ShellCommand | null> {
  const variables = createShellVariables()
  const isJoined = !text.includes('\n')
  const guessed = marks.test(text) ? [] : ['Carets (^) are taken as those of cmd.']
  let found: ShellCommand | null = null
  for (const { line, isPiped } of statementsOf(text, isJoined)) {
    const words = startUpWords(line, variables)
    if (words === null) {
      if (found !== null) continue
      return refused('Close the quote " that was opened.')
    }
    const [first = ''] = words
    if (found !== null) {
      if (/^-/.test(first)) return refused(unjoined(first, '^'))
      continue
    }
    if (/^@?set$/i.test(first)) {
      const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(words.slice(1).join(' ')) ?? []
      if (name !== undefined) variables.set(name, value)
    } else if (isWanted(first)) {
      if (words.some((word) => word.startsWith("'"))) return refused(singleQuotes)
      const input = isPiped ? ({ kind: 'unknown' } as const) : null
      found = { words, input, notes: [...variables.notes, ...guessed] }
    }
  }
  return { ok: true, value: found }
}

const singleQuotes = 'Write double quotes instead of single ones: cmd does not know those.'

/** Stand around the name of a variable once carets are gone. */
const [opening, closing] = ['\u{f0000}', '\u{f0001}']

const token = new RegExp(
  [
    /\^\r?\n(?<kept>\r?\n)?|\^(?<escaped>.)|(?<quote>")/.source,
    /%(?<variable>[A-Za-z_]\w{2,})%/.source,
    /(?<end>&&?|\|\|?|\r?\n)|(?<redirect>[0-9]?(?:>>?|<)(?:&\d|\s*[^\s|&]+)?)|(?<other>[^%^"&|<>\d\r\n]+|[\s\S])/
      .source,
  ].join('|'),
  'gy',
)

/** The statements of the text without cmd's own carets and redirections. */
function statementsOf(
  text: string,
  isJoined: boolean,
): readonly { readonly line: string; readonly isPiped: boolean }[] {
  const statements: { line: string; isPiped: boolean }[] = []
  let line = ''
  let isPiped = false
  let quoted = false
  const shape = new RegExp(token)
  const findOld = createOldQuotes(text)
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    const { 0: whole, index, groups = {} } = match
    const { escaped, kept, quote, variable, end, redirect } = groups
    const oldEnd = quote !== undefined && !quoted ? findOld(index) : -1
    const old = text.slice(index, oldEnd)
    if (oldEnd >= 0 && old.includes('^')) {
      line += old.replace(/\^(.)/gs, '$1')
      shape.lastIndex = oldEnd
    } else if (quote !== undefined) {
      quoted = !quoted
      line += quote
    } else if (variable !== undefined) line += opening + variable + closing
    else if (quoted) line += quotedPiece(whole, line, isJoined)
    else if (end !== undefined) {
      statements.push({ line, isPiped })
      line = ''
      isPiped = end === '|'
    } else if (redirect === undefined)
      line += escaped ?? kept ?? (/^\^\r?\n/.test(whole) ? '' : whole)
  }
  return [...statements, { line, isPiped }]
}

/** Within quotes that cmd sees a caret is a caret, but where it is to continue the line of a snippet. */
function quotedPiece(whole: string, before: string, isJoined: boolean): string {
  if (/^\^\r?\n/.test(whole)) return whole.replace(/^\^\r?\n/, '')
  if (isJoined && /^\^\s/.test(whole) && !/\s$/.test(before)) return whole.slice(1)
  return whole
}

const word =
  /\\(?<escaped>["\\])|(?<twice>"")|(?<quote>")|(?<blank>\s+)|\u{f0000}(?<variable>\w+)\u{f0001}|(?<other>[^\\"\s\u{f0000}]+|.)/gsuy

/**
 * The words as the program's start-up code reads them; null where a quote is not closed. Browsers double every
 * backslash, where the start-up code wants it before a quote only; what they meant is one.
 */
function startUpWords(line: string, variables: ShellVariables): readonly string[] | null {
  const words: string[] = []
  let read = ''
  let plain = ''
  let started = false
  let quoted = false
  const settle = () => {
    read += literal(plain)
    plain = ''
  }
  for (const { groups = {} } of line.matchAll(word)) {
    const { escaped, twice, quote, blank, variable, other } = groups
    if (blank !== undefined && !quoted) {
      settle()
      if (started) words.push(read)
      read = ''
      started = false
      continue
    }
    started = true
    if (variable !== undefined) {
      settle()
      read += variables.read(`\${${variable}}`)
    } else if (quote !== undefined) quoted = !quoted
    else if (twice !== undefined) plain += quoted ? '"' : ''
    else plain += escaped ?? blank ?? other ?? ''
  }
  settle()
  if (started) words.push(read)
  return quoted ? null : words
}
