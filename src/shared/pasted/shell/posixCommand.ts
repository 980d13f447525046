// The words of the command that is wanted, among the statements of a POSIX shell's text.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import { type PosixDialect, type PosixToken, posixTokens } from './posixTokens.ts'
import {
  behindDollar,
  commandSubstitution,
  hidesReference,
  literal,
  readAnsi,
  readDouble,
} from './quoting.ts'
import { createShellVariables, type ShellVariables } from './shellVariables.ts'
import {
  curlyQuotes,
  curlyRefusal,
  type IsWanted,
  type ShellCommand,
  type ShellInput,
  unjoined,
} from './wantedCommand.ts'

interface Statement {
  readonly words: string[]
  input: ShellInput | null
  /** Of the first thing in it that cannot be read. */
  problem: string | null
  readonly notes: Set<string>
}

const assignment = /^([A-Za-z_]\w*)=(.*)$/s

/** Words that stand before a command and leave it as it is. */
const prefixes =
  /^(?:\S*\/)?(?:sudo|time|command|exec|noglob|nohup|env|then|do|while|until|if|else|!|\{)$/

export function posixCommand(
  text: string,
  isWanted: IsWanted,
  dialect: PosixDialect,
): Parsed<ShellCommand | null> {
  const variables = createShellVariables()
  const reader = createReader(variables, !text.includes('\n'))
  let found: Statement | null = null
  let more = 0
  const done = reader.statements
  for (const token of posixTokens(text, dialect)) {
    if (token.kind === 'open') return refused(`Close the quote ${token.quote} that was opened.`)
    reader.take(token)
  }
  reader.take({ kind: 'end', by: '\n' })
  for (const statement of done) {
    const [first = ''] = statement.words
    if (found !== null && /^-/.test(first)) return refused(unjoined(first, '\\'))
    if (!isWanted(first)) continue
    if (found === null) found = statement
    else more++
  }
  if (found === null) {
    const lost = done.find(({ words, problem }) => words.length === 0 && problem !== null)
    return lost?.problem == null ? { ok: true, value: null } : refused(lost.problem)
  }
  if (found.problem !== null) return refused(found.problem)
  const repeated = more === 0 ? [] : [`Of ${more + 1} commands the first is taken.`]
  const notes = [...variables.notes, ...found.notes, ...repeated]
  return { ok: true, value: { words: found.words, input: found.input, notes } }
}

interface Reader {
  readonly statements: Statement[]
  take(token: PosixToken): void
}

/** `isJoined`: the text has no line ends, which may have been lost. */
function createReader(variables: ShellVariables, isJoined: boolean): Reader {
  const statements: Statement[] = []
  let statement: Statement = newStatement(null)
  let word = ''
  /** Literal text that waits to be escaped as a whole. */
  let plain = ''
  /** What the word got last. */
  let last = ''
  let started = false
  let quoted = false
  /** What the next word is, rather than an argument. */
  let next: '<' | '>' | '<<<' | null = null
  let unknown = false

  function settle(): void {
    if (plain === '') return
    last = literal(plain)
    word += last
    plain = ''
  }

  function finish(): void {
    settle()
    if (started) finishWord()
    word = ''
    last = ''
    started = false
    quoted = false
    unknown = false
  }

  function finishWord(): void {
    const { words } = statement
    if (next !== null) {
      if (next === '<') statement.input = { kind: 'file', file: word }
      if (next === '<<<') statement.input = { kind: 'text', text: `${word}\n` }
      next = null
      return
    }
    const [, name, value = ''] = assignment.exec(word) ?? []
    const isAssigned = words.length === 0 || words[0] === 'export' || words[0] === 'declare'
    if (name !== undefined && isAssigned) {
      variables.set(name, unknown ? null : value)
      return
    }
    // fish
    if (words[0] === 'set' && words.length > 1 && !words.at(-1)?.startsWith('-')) {
      variables.set(words.at(-1) ?? '', unknown ? null : word)
    }
    if (unknown) statement.problem ??= commandSubstitution
    if (words.length === 0 && !quoted && prefixes.test(word)) return
    words.push(word)
  }

  function end(by: string): void {
    finish()
    if (statement.words.length > 0 || statement.problem !== null) statements.push(statement)
    statement = newStatement(by === '|' ? { kind: 'unknown' } : null)
  }

  function addBare(character: string): void {
    if (!started && character === '(') return
    if (character === ')' && !word.includes('(') && !plain.includes('(')) return
    if (curlyQuotes.test(character) && !quoted && plain + word === '') {
      statement.problem ??= curlyRefusal(character)
    }
    if (character === '&' && statement.words.length > 0) {
      statement.notes.add('& is taken as part of its word; a shell would end the command there.')
    }
    plain += character
    // A home folder, as the shell names it.
    if (character === '/' && plain === '~/' && word === '') {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference is what it becomes
      word = '${userHome}/'
      plain = ''
    }
    started = true
  }

  function addDouble(text: string): string {
    const read = readDouble(text)
    if (!read.ok) {
      unknown = true
      return ''
    }
    let before = ''
    const pieces = read.value.map((part) => {
      const isVariable = part.kind === 'variable'
      const after = isVariable ? variables.read(part.written) : literal(part.text)
      if (isVariable && hidesReference(before, after)) statement.problem ??= behindDollar
      before = after
      return after
    })
    return pieces.join('')
  }

  function addQuoted(value: string): void {
    settle()
    if (hidesReference(last, value)) statement.problem ??= behindDollar
    word += value
    last = value
    started = true
    quoted = true
  }

  const takers: { readonly [K in PosixToken['kind']]: (token: PosixToken & { kind: K }) => void } =
    {
      blank: finish,
      end: ({ by }) => end(by),
      comment: ({ text }) => {
        finish()
        if (isJoined && statement.words.length === 0) statement.problem ??= lostComment
        else if (isJoined && /\s-{1,2}\w|\\\s/.test(text)) statement.problem ??= lostComment
      },
      text: ({ text, bare }) => {
        if (bare) addBare(text)
        else {
          plain += text
          started = true
          quoted = true
        }
      },
      ansi: ({ text }) => {
        const read = readAnsi(text)
        if (read.hasBytes) statement.notes.add(bytesAsText)
        plain += read.text
        started = true
        quoted = true
      },
      double: ({ text }) => addQuoted(addDouble(text)),
      variable: ({ text }) => addQuoted(variables.read(text)),
      substitution: () => {
        unknown = true
        started = true
      },
      redirect: ({ operator }) => {
        finish()
        next = operator
      },
      heredoc: ({ body, expands }) => {
        finish()
        // There `"` needs no escape, and has none. [posix] 2.7.4
        const read = expands ? addDouble(body.replace(/\\([\\"])/g, keepQuote)) : literal(body)
        statement.input = { kind: 'text', text: read }
        if (unknown) statement.problem ??= commandSubstitution
        unknown = false
      },
      lost: ({ mark }) => {
        statement.problem ??= `Write the data after -d instead of <<${mark}: its lines up to ${mark} are not there, as where a text box has joined them.`
      },
      open: () => {},
    }

  return {
    statements,
    take<K extends PosixToken['kind']>(token: PosixToken & { kind: K }) {
      takers[token.kind](token)
    },
  }
}

function keepQuote(whole: string, character: string): string {
  return character === '"' ? `\\${whole}` : whole
}

const lostComment =
  'Remove the comment after #: the lines have been joined, so that nothing tells where it ends.'

const bytesAsText =
  'Bytes such as \\xfc that are no UTF-8 are taken as characters; they are sent in UTF-8.'

function newStatement(input: ShellInput | null): Statement {
  return { words: [], input, problem: null, notes: new Set() }
}
