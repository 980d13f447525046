// The tokens of a POSIX shell's text, with here-documents taken out of the lines below them.

export type PosixToken =
  /** White space between words; also a line's continuation. */
  | { readonly kind: 'blank' }
  | { readonly kind: 'end'; readonly by: string }
  | { readonly kind: 'comment'; readonly text: string }
  /** Characters of a word; `bare` are those that no quote holds. */
  | { readonly kind: 'text'; readonly text: string; readonly bare: boolean }
  | { readonly kind: 'ansi' | 'double' | 'variable'; readonly text: string }
  | { readonly kind: 'substitution' }
  | { readonly kind: 'redirect'; readonly operator: '<' | '>' | '<<<' }
  | { readonly kind: 'heredoc'; readonly body: string; readonly expands: boolean }
  /** A here-document whose lines are not there. */
  | { readonly kind: 'lost'; readonly mark: string }
  | { readonly kind: 'open'; readonly quote: string }

/** Fish escapes a single quote between single quotes. */
export type PosixDialect = 'posix' | 'fish'

const singles: Readonly<Record<PosixDialect, string>> = {
  posix: "[^']*",
  fish: "[^'\\\\]*(?:\\\\.[^'\\\\]*)*",
}

// [posix] Shell Command Language 2.2 and 2.3; 2.2.4 is `$'…'`.
function tokenShape(dialect: PosixDialect): RegExp {
  return new RegExp(
    [
      /\\(?<space>\s+)|\\(?<escaped>.)/,
      new RegExp(`'(?<single>${singles[dialect]})'`),
      /\$'(?<ansi>[^'\\]*(?:\\.[^'\\]*)*)'|\$?"(?<double>[^"\\]*(?:\\.[^"\\]*)*)"/,
      /(?<variable>\$(?:\{[^{}]*\}|[A-Za-z_]\w*|\d))|(?<command>[$<>]\(|`)/,
      /(?<here><<-?)(?!<)[ \t]*(?:'(?<quoted>[^'\n]+)'|"(?<doubled>[^"\n]+)"|\\?(?<bare>[\w.!-]+))/,
      /(?:[0-9]{1,2}|&)?(?<redirect><<<|>>|>\||[<>]&|[<>])|(?<end>&&|\|\|?&?|;+|\n|&(?=[\s&]|$))/,
      /(?<blank>[^\S\n]+)|(?<open>['"])|(?<other>[\s\S])/,
    ]
      .map(({ source }) => source)
      .join('|'),
    'gsy',
  )
}

const shapes: Readonly<Record<PosixDialect, RegExp>> = {
  posix: tokenShape('posix'),
  fish: tokenShape('fish'),
}

/** Each is looked for in all that follows it. */
const mostDocuments = 16

/** Never throws; the text is read once, from its start to its end. */
export function* posixTokens(text: string, dialect: PosixDialect): Generator<PosixToken> {
  const shape = new RegExp(shapes[dialect])
  /** Where the lines of the here-documents of this line end; −1 without any. */
  let below = -1
  let started = false
  let documents = 0
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    const { groups = {} } = match
    const { here, end, blank, command, space, other } = groups
    const wasStarted = started
    started = !(blank !== undefined || end !== undefined || here !== undefined)
    if (space !== undefined) started = false
    if (here !== undefined) {
      documents++
      const from = below < 0 ? shape.lastIndex : below - 1
      const document = readHeredoc(documents > mostDocuments ? '' : text, from, groups)
      if (document.token.kind === 'heredoc') below = document.end
      yield document.token
    } else if (end === '\n' && below >= 0) {
      shape.lastIndex = below
      below = -1
      yield { kind: 'end', by: end }
    } else if (command !== undefined) {
      shape.lastIndex = afterSubstitution(text, match.index, command)
      yield { kind: 'substitution' }
    } else if (other === '#' && !wasStarted) {
      const line = /[^\n]*/y
      line.lastIndex = shape.lastIndex
      const comment = line.exec(text)?.[0] ?? ''
      shape.lastIndex += comment.length
      yield { kind: 'comment', text: comment }
    } else yield* plainTokens(match[0], groups, wasStarted, dialect)
  }
}

function* plainTokens(
  whole: string,
  groups: Readonly<Record<string, string | undefined>>,
  started: boolean,
  dialect: PosixDialect,
): Generator<PosixToken> {
  const { space, escaped, single, ansi, double, variable, redirect, end, blank, open, other } =
    groups
  if (blank !== undefined) yield { kind: 'blank' }
  else if (end !== undefined) yield { kind: 'end', by: end }
  else if (space !== undefined) {
    // Within a word the first blank is meant; elsewhere the line goes on.
    if (started && !space.includes('\n')) yield { kind: 'text', text: space.charAt(0), bare: false }
    if (!started || space.length > 1) yield { kind: 'blank' }
  } else if (redirect !== undefined) {
    // The digit belongs to a word that has begun.
    const digits = /^\d+/.exec(whole)?.[0] ?? ''
    if (started && digits !== '') yield { kind: 'text', text: digits, bare: true }
    const operator = redirect === '<<<' || redirect === '<' ? redirect : '>'
    yield { kind: 'redirect', operator }
  } else if (ansi !== undefined) yield { kind: 'ansi', text: ansi }
  else if (double !== undefined) yield { kind: 'double', text: double }
  else if (variable !== undefined) yield { kind: 'variable', text: variable }
  else if (open !== undefined) yield { kind: 'open', quote: open }
  else if (single !== undefined) {
    const text = dialect === 'fish' ? single.replace(/\\([\\'])/g, '$1') : single
    yield { kind: 'text', text, bare: false }
  } else if (escaped !== undefined) yield { kind: 'text', text: escaped, bare: false }
  else yield { kind: 'text', text: other ?? '', bare: true }
}

/** `from` is somewhere in the line above the here-document. */
function readHeredoc(
  text: string,
  from: number,
  { here, quoted, doubled, bare }: Readonly<Record<string, string | undefined>>,
): { readonly token: PosixToken; readonly end: number } {
  const mark = quoted ?? doubled ?? bare ?? ''
  const start = text.indexOf('\n', from) + 1
  const lines = start === 0 ? [] : text.slice(start).split('\n')
  const isLast = (line: string) => (here === '<<-' ? line.replace(/^\t+/, '') : line) === mark
  let count = lines.findIndex(isLast)
  // A delimiter that has been indented with the rest of a snippet ends nothing in a shell, and is meant to.
  if (count < 0) count = lines.findIndex((line) => line.trim() === mark)
  if (count < 0) return { token: { kind: 'lost', mark }, end: text.length }
  const own = lines.slice(0, count)
  const body = own.map((line) => `${here === '<<-' ? line.replace(/^\t+/, '') : line}\n`).join('')
  const end =
    start + own.reduce((sum, line) => sum + line.length + 1, 0) + (lines[count] ?? '').length
  const expands = quoted === undefined && doubled === undefined
  return { token: { kind: 'heredoc', body, expands }, end: Math.min(end + 1, text.length) }
}

/** The index after `$(…)` or `` `…` ``; quotes in it may hold parentheses. */
function afterSubstitution(text: string, index: number, opening: string): number {
  if (opening === '`') {
    const close = text.indexOf('`', index + 1)
    return close < 0 ? text.length : close + 1
  }
  const shape = /'[^']*'|"[^"\\]*(?:\\.[^"\\]*)*"|\\.|[()]|[\s\S]/gsy
  shape.lastIndex = index + 1
  let depth = 0
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    if (match[0] === '(') depth++
    if (match[0] === ')') depth--
    if (depth === 0) break
  }
  return shape.lastIndex === 0 ? text.length : shape.lastIndex
}
