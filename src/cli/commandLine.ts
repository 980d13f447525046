// The command line's words → a command, or a usage error.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { maxWidth, minWidth } from '../engine/exports/exporter.ts'
import type { ExportFormat } from '../shared/session/exportOptions.ts'
import { parseDuration } from '../shared/text/duration.ts'
import { shownOption } from '../shared/text/shownOption.ts'
import { UsageError } from './usageError.ts'
import { type Entry, fieldOptions } from './watchFields.ts'

/** How to print, for both commands. */
export interface PrintOptions {
  readonly format: ExportFormat
  readonly width: number | null
  readonly times: boolean
  readonly runLength: number | null
  /** The wire layer as well. */
  readonly wire: boolean
}

/** What to watch, as it was written; `watchedEndpoint` makes an endpoint of it. */
export interface WatchOptions {
  readonly url: string | null
  /** A `curl …` command to start from. */
  readonly curl: string | null
  readonly profile: string | null
  readonly workspace: string | null
  /** What the options say, as fields of a profile entry. */
  readonly fields: Entry
}

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'show'; readonly capture: string; readonly print: PrintOptions }
  | {
      readonly kind: 'watch'
      readonly watch: WatchOptions
      readonly print: PrintOptions
      readonly forMs: number | null
      readonly frames: number | null
      readonly capture: string | null
    }

type ParserOptions = NonNullable<ParseArgsConfig['options']>

const printOptions = {
  format: { type: 'string' },
  width: { type: 'string' },
  times: { type: 'boolean' },
  'run-length': { type: 'string' },
  wire: { type: 'boolean' },
} as const

const watchOptions = {
  ...parserOptions(fieldOptions),
  curl: { type: 'string' },
  profile: { type: 'string' },
  workspace: { type: 'string' },
  for: { type: 'string' },
  frames: { type: 'string' },
  capture: { type: 'string' },
} as const

const generalOptions = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

const allOptions: ParserOptions = { ...generalOptions, ...printOptions, ...watchOptions }

/** The same as the argument parser takes them; each may be repeated, which the fields decide upon. */
function parserOptions(options: typeof fieldOptions): ParserOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => {
      return [name, { type, multiple: true, ...(short !== undefined && { short }) }]
    }),
  )
}

const formats: readonly ExportFormat[] = ['ascii', 'ndjson', 'mermaid']

/** `words`: without the program's own names. Throws `UsageError`. */
export function parseCommandLine(words: readonly string[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: allOptions,
    allowPositionals: true,
    // The parser's own errors name its settings rather than what to change.
    strict: false,
    tokens: true,
  })
  for (const token of tokens) if (token.kind === 'option') checkOption(token)
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value : null
  }

  const [command, ...operands] = positionals
  if (command === undefined) {
    throw new UsageError('Say what to do: lifeline watch <url>, or lifeline show <capture>.')
  }
  if (command !== 'watch' && command !== 'show') {
    const url = /^(https?|wss?):/i.test(command)
    // Part of a header that was not quoted may stand there: it is not repeated.
    throw new UsageError(
      url
        ? 'Write watch before the URL: lifeline watch <url>.'
        : 'Begin with a command: lifeline watch <url> or lifeline show <capture> (quote what has spaces).',
    )
  }
  const format = readFormat(text('format'))
  const print: PrintOptions = {
    format,
    width: readNumber('width', text('width'), minWidth, maxWidth),
    times: values.times === true,
    runLength: readNumber('run-length', text('run-length'), 1),
    // NDJSON is the whole record, whose numbers have no gaps.
    wire: values.wire === true || format === 'ndjson',
  }

  if (command === 'show') {
    const foreign = tokens.find((token) => token.kind === 'option' && token.name in watchOptions)
    if (foreign?.kind === 'option') {
      throw new UsageError(`Leave out ${foreign.rawName}: it belongs to lifeline watch.`)
    }
    const [capture] = operands
    if (capture === undefined) throw new UsageError('Name the capture: lifeline show <capture>.')
    checkSingle(operands, 'capture')
    return { kind: 'show', capture, print }
  }

  checkSingle(operands, 'URL')
  const fields: Record<string, unknown> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    fieldOptions[token.name]?.put(fields, token.value ?? '', token.rawName)
  }
  const watch: WatchOptions = {
    url: operands[0] ?? null,
    curl: text('curl'),
    profile: text('profile'),
    workspace: text('workspace'),
    fields,
  }
  if (watch.curl !== null && (watch.url !== null || watch.profile !== null)) {
    const other = watch.url === null ? '--profile' : 'the URL'
    throw new UsageError(`Leave out ${other} or --curl: both say what to watch.`)
  }
  if (watch.workspace !== null && watch.profile === null) {
    throw new UsageError('Add --profile <name>: --workspace only says where to look for it.')
  }
  return {
    kind: 'watch',
    watch,
    print,
    forMs: readDuration('for', text('for')),
    frames: readNumber('frames', text('frames'), 1),
    capture: text('capture'),
  }
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  if (!Object.hasOwn(allOptions, name)) {
    const option = shownOption(rawName, Object.keys(allOptions))
    throw new UsageError(`There is no option ${option}; lifeline --help lists them all.`)
  }
  if (allOptions[name]?.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`Write ${rawName} alone: it takes no value.`)
    return
  }
  // `--method --times`: the next option has been taken for the value.
  const swallowed = !inlineValue && value !== undefined && isOption(value)
  if (value === undefined || value === '' || swallowed) {
    throw new UsageError(`Write a value after ${rawName}.`)
  }
}

function isOption(word: string): boolean {
  if (word === '-H' || word === '-h') return true
  const [name = ''] = word.split('=', 1)
  return name.startsWith('--') && Object.hasOwn(allOptions, name.slice(2))
}

function checkSingle(operands: readonly string[], what: string): void {
  if (operands.length < 2) return
  const count = operands.length
  throw new UsageError(`Give one ${what}; there are ${count} words for it (quote what has spaces).`)
}

function readFormat(written: string | null): ExportFormat {
  if (written === null) return 'ascii'
  const format = formats.find((name) => name === written)
  if (!format) throw new UsageError(`Change --format to one of ${formats.join(', ')}.`)
  return format
}

function readNumber(
  option: string,
  written: string | null,
  least: number,
  most = Number.POSITIVE_INFINITY,
): number | null {
  if (written === null) return null
  const value = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN
  if (value >= least && value <= most) return value
  const range = Number.isFinite(most) ? ` from ${least} to ${most}` : `, ${least} or more`
  throw new UsageError(`Change --${option} to a whole number${range}.`)
}

function readDuration(option: string, written: string | null): number | null {
  if (written === null) return null
  const ms = parseDuration(written)
  if (ms !== null && ms > 0) return ms
  throw new UsageError(`Change --${option} to a time such as 1500ms, 2s or 1m.`)
}
