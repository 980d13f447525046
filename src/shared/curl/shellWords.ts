// A command line as it is pasted → its words, by the rules of a POSIX shell or of Windows' cmd.

import { type Parsed, refused } from '../endpoint/problem.ts'

/**
 * The words up to the end of the command. A shell's variables
 * become references (`$TOKEN` is `${env:TOKEN}`); what is literal is escaped, so that `replaceReferences`
 * gives the text back. Line ends may have been lost on the way: `\` and `^` before white space continue
 * the line as they do before its end.
 */
export function shellWords(text: string): Parsed<readonly string[]> {
  return isCmd(text) ? cmdWords(text) : posixWords(text)
}

/** A caret before a quote, a line's end or another line's option: how browsers quote for cmd. */
function isCmd(text: string): boolean {
  return /\^"|\s\^\s+-|\^\r?\n/.test(text)
}

/** `${` that a shell leaves alone must not become a reference. */
function literal(text: string): string {
  return text.replace(/\$\{[^{}]*\}/g, '$$$&')
}

// [posix] Shell Command Language 2.2; 2.2.4 is `$'…'`.
function posixWords(text: string): Parsed<readonly string[]> {
  const words: string[] = []
  let word = ''
  /** Literal text that waits to be escaped as a whole. */
  let plain = ''
  let started = false
  const settle = () => {
    word += literal(plain)
    plain = ''
  }
  const finish = () => {
    settle()
    if (started) words.push(word)
    word = ''
    started = false
  }

  const token =
    /\\(?<space>\s+)|\\(?<escaped>.)|'(?<single>[^']*)'|\$'(?<ansi>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<variable>\$(?:\{[^{}]*\}|[A-Za-z_]\w*))|(?<command>\$\(|`)|(?<end>[|;\n]|&(?=&|\s|$)|[0-9]*[<>])|(?<blank>\s+)|(?<open>['"])|(?<other>.)/gsy
  for (const { groups = {} } of text.matchAll(token)) {
    const { space, escaped, single, ansi, double, variable, command, end, blank, open, other } =
      groups
    if (blank !== undefined && !/\n/.test(blank)) finish()
    else if (end !== undefined && !(started && /^[0-9]/.test(end))) {
      finish()
      // A comment or an empty line before the command ends nothing.
      if (words.length > 0) break
    } else if (blank !== undefined) {
      finish()
      if (words.length > 0) break
    } else if (space !== undefined) {
      // Within a word the first blank is meant; elsewhere the line goes on.
      if (started && !space.includes('\n')) plain += space.charAt(0)
      if (!started || space.length > 1) finish()
    } else if (command !== undefined) return refused(commandSubstitution)
    else if (open !== undefined) return refused(`Close the quote ${open} that was opened.`)
    else {
      started = true
      if (variable !== undefined) {
        settle()
        word += referenceOf(variable)
      } else if (double !== undefined) {
        settle()
        const read = readDouble(double)
        if (read === null) return refused(commandSubstitution)
        word += read
      } else plain += escaped ?? single ?? (ansi === undefined ? other : readAnsi(ansi)) ?? end
    }
  }
  finish()
  return { ok: true, value: words }
}

const commandSubstitution =
  'Replace $(…) and `…` by what they stand for: Lifeline runs no commands.'

/** `$NAME` and `${NAME}` as a reference; what Lifeline itself knows stays. */
function referenceOf(variable: string): string {
  const name = variable.replace(/^\$\{?|\}$/g, '')
  return /^[A-Za-z_]\w*$/.test(name) && !/^(?:workspaceFolder|userHome)$/.test(name)
    ? `\${env:${name}}`
    : variable
}

/** What stands between double quotes; null where a command is to be run. */
function readDouble(text: string): string | null {
  let read = ''
  let plain = ''
  const token =
    /\\\n|\\(?<escaped>[$`"\\])|(?<variable>\$(?:\{[^{}]*\}|[A-Za-z_]\w*))|(?<command>\$\(|`)|(?<other>.)/gsy
  for (const { groups = {} } of text.matchAll(token)) {
    const { escaped, variable, command, other } = groups
    if (command !== undefined) return null
    if (variable !== undefined) {
      read += literal(plain) + referenceOf(variable)
      plain = ''
    } else plain += escaped ?? other ?? ''
  }
  return read + literal(plain)
}

const ansiEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
}

function readAnsi(text: string): string {
  const sequence = /\\(?:u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|x([0-9a-f]{1,2})|([0-7]{1,3})|(.))/gis
  return text.replace(sequence, (_whole, u4, u8, hex, octal, letter) => {
    if (letter !== undefined) return ansiEscapes[letter] ?? letter
    const code =
      octal === undefined ? Number.parseInt(u4 ?? u8 ?? hex, 16) : Number.parseInt(octal, 8)
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
  })
}

/**
 * First cmd's own carets, then the quotes of the program's start-up code. Browsers double every
 * backslash, where the start-up code wants it before a quote only; what they meant is one.
 */
function cmdWords(text: string): Parsed<readonly string[]> {
  const uncaret = withoutCarets(text)
  const words: string[] = []
  let word = ''
  let started = false
  let quoted = false
  const token = /\\(?<escaped>["\\])|(?<twice>"")|(?<quote>")|(?<blank>\s+)|(?<other>.)/gsy
  for (const { groups = {} } of uncaret.matchAll(token)) {
    const { escaped, twice, quote, blank, other } = groups
    if (blank !== undefined && !quoted) {
      if (started) words.push(literal(word))
      word = ''
      started = false
      continue
    }
    started = true
    if (quote !== undefined) quoted = !quoted
    else if (twice !== undefined) word += quoted ? '"' : ''
    else word += escaped ?? blank ?? other ?? ''
  }
  if (quoted) return refused('Close the quote " that was opened.')
  if (started) words.push(literal(word))
  return { ok: true, value: words }
}

function withoutCarets(text: string): string {
  let read = ''
  let quoted = false
  const token = /\^\r?\n(?<kept>\r?\n)?|\^(?<escaped>.)|(?<quote>")|(?<other>.)/gsy
  for (const { 0: whole, groups = {} } of text.matchAll(token)) {
    const { kept, escaped, quote, other } = groups
    if (quote !== undefined) quoted = !quoted
    // Within quotes that cmd sees a caret is a caret.
    if (quoted && whole.startsWith('^')) read += whole
    else read += escaped ?? quote ?? other ?? kept ?? ''
  }
  return read
}
