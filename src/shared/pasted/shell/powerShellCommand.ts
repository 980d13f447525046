// The words of the command that is wanted, in a text for PowerShell.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import { quotedText, readPowerShellText, readVariable, withoutLostHeads } from './powerShellText.ts'
import { commandSubstitution, literal } from './quoting.ts'
import { createShellVariables, type ShellVariables } from './shellVariables.ts'
import { type IsWanted, type ShellCommand, unjoined } from './wantedCommand.ts'

const marks = [
  // A backtick that continues the line, before its end or where that has been lost.
  /`[^\S\n]*\n|\s`\s+\S/,
  /`"[^`]/,
  /\$env:\w/i,
  /\s--%\s/,
  /@['"][^\S\n]*\n/,
  /^\s*PS [^>\n]*>/,
  /^[^\S\n]*\$(?:env:)?\w+\s*=\s/im,
  /^[^\S\n]*(?:invoke-webrequest|invoke-restmethod|iwr|irm)\s/im,
  // Nobody writes single quotes for cmd.
  /^[^\S\n]*(?:\S*\\)?curl\.exe\s[^"\n]*'/im,
]

export function isForPowerShell(text: string): boolean {
  return marks.some((mark) => mark.test(text))
}

const assigned = new RegExp(
  `^[^\\S\\n]*\\$(?:env:)?(?<name>\\w+)\\s*=\\s*(?:(?:${quotedText})[^\\S\\n]*(?:;|$)|(?!(?:curl|iwr|irm|invoke)\\b)(?<other>[^\\n]*))`,
  'gim',
)

/** Takes the settings out of the text. */
export function withoutSettings(text: string, variables: ShellVariables): string {
  const kept = text.replace(assigned, (...parts) => {
    const groups: Readonly<Record<string, string | undefined>> = parts.at(-1)
    const isObject = /^New-Object\s/i.test(groups.other ?? '')
    const run = isObject ? '' : null
    const value = groups.other === undefined ? readPowerShellText(groups, variables) : run
    variables.set(groups.name ?? '', value)
    return ''
  })
  return kept.replace(/^[^\S\n]*\$\w+\s*=\s*(?=curl|iwr|irm|invoke)/gim, '')
}

const token = new RegExp(
  [
    quotedText,
    /`[^\S\n]*(?<joined>\n|\s+)|`(?<escaped>[\s\S])|(?<variable>\$(?:env:\w+|\{(?:env:)?\w+\}|[A-Za-z_]\w*))/
      .source,
    /(?<lost>@(?=['"]))|(?<command>\$\()|(?<verbatim>--%[^\n]*)|(?<=^|\s)#[^\n]*|<#[\s\S]*?#>|(?<end>\|\|?|&&?|[;\n])/
      .source,
    /(?<redirect>[0-9*]?(?:>>?|<)(?:&\d|\s*[^\s|&;]+)?)|(?<blank>[^\S\n]+)|(?<open>["'])|(?<other>[\s\S])/
      .source,
  ].join('|'),
  'giy',
)

export function powerShellCommand(text: string, isWanted: IsWanted): Parsed<ShellCommand | null> {
  const variables = createShellVariables()
  const own = withoutLostHeads(text.replace(/^\s*PS [^>\n]*>\s*/, ''))
  const left = withoutSettings(own, variables)
  let found: Statement | null = null
  let isPiped = false
  for (const statement of statementsOf(left, variables)) {
    const [first = ''] = statement.words
    if (found !== null && /^-/.test(first)) return refused(unjoined(first, '`'))
    if (found === null && isWanted(first)) {
      found = isPiped ? { ...statement, isPiped } : statement
    }
    isPiped = statement.by === '|'
  }
  if (found === null) return { ok: true, value: null }
  if (found.problem !== null) return refused(found.problem)
  const input = found.isPiped ? ({ kind: 'unknown' } as const) : null
  const words = found.words.map(asProgramReads)
  return { ok: true, value: { words, input, notes: [...variables.notes] } }
}

const lostHereString =
  'Write the text in quotes instead of @"…"@: its lines are not there, as where a text box has joined them.'

interface Statement {
  readonly words: readonly string[]
  readonly problem: string | null
  readonly isPiped: boolean
  /** What ends it. */
  readonly by: string
}

function* statementsOf(text: string, variables: ShellVariables): Generator<Statement> {
  let words: string[] = []
  let word = ''
  let plain = ''
  let started = false
  let problem: string | null = null
  const finish = () => {
    word += literal(plain)
    if (started) words.push(word)
    word = plain = ''
    started = false
  }
  for (const { 0: whole, groups = {} } of text.matchAll(token)) {
    const { joined, escaped, variable, command, verbatim, end, redirect, blank, open } = groups
    const { other, lost } = groups
    if (end !== undefined) {
      // The operator that calls what stands in quotes.
      if (end === '&' && words.length === 0 && !started) continue
      if (end === '&' && started) {
        plain += end
        continue
      }
      finish()
      yield { words, problem, isPiped: false, by: end }
      words = []
      problem = null
    } else if (blank !== undefined || joined !== undefined) finish()
    else if (verbatim !== undefined) {
      finish()
      words.push(...verbatimWords(verbatim.slice(3), variables))
    } else if (redirect !== undefined && !started) continue
    else if (command !== undefined) problem ??= commandSubstitution
    else if (lost !== undefined) problem ??= lostHereString
    else if (open !== undefined) problem ??= `Close the quote ${open} that was opened.`
    else if (variable !== undefined) {
      word += literal(plain) + readVariable(variable, variables)
      plain = ''
      started = true
    } else if (escaped !== undefined || other !== undefined || redirect !== undefined) {
      plain += escaped ?? whole
      started = true
    } else if (!/^<?#/.test(whole)) {
      const read = readPowerShellText(groups, variables)
      if (read === null) problem ??= commandSubstitution
      word += literal(plain) + (read ?? '')
      plain = ''
      started = true
    }
  }
  finish()
  yield { words, problem, isPiped: false, by: '\n' }
}

/** After `--%` nothing is PowerShell's: the program's start-up code reads it, with cmd's variables. */
function verbatimWords(text: string, variables: ShellVariables): readonly string[] {
  const words = text.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/gs) ?? []
  return words.map((word) => {
    const read = word.replace(
      /\\(["\\])|"/g,
      (_whole, escaped: string | undefined) => escaped ?? '',
    )
    return literal(read).replace(/%([A-Za-z_]\w{2,})%/g, (_whole, name: string) =>
      variables.read(`\${${name}}`),
    )
  })
}

/**
 * Windows PowerShell hands quotes on as they are, and the program's start-up code wants a backslash before each:
 * `'{\"a\":1}'` is written for it. Newer ones hand on the text itself: `'{"a":1}'`. Both mean the same.
 */
function asProgramReads(word: string): string {
  return /(?:^|[^\\])"/.test(word) ? word : word.replace(/\\(\\*)"/g, '$1"')
}
