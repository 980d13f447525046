// The command line's words → a command, or a usage error.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { maxWidth, minWidth } from '../engine/exports/exporter.ts'
import {
  allExportFormats,
  defaultExportFormat,
  type ExportFormat,
  exportFormats,
  isExportFormat,
} from '../shared/session/exportFormats.ts'
import { shownOption } from '../shared/text/shownOption.ts'
import type { Command, PrintOptions } from './command.ts'
import { checkFilter, checkLiveFilter } from './filterMistake.ts'
import {
  type CommandOption,
  captureOptions,
  comparisonOptions,
  endOptions,
  filterOptions,
  generalOptions,
  printOptions,
  replayOptions,
  serveOptions,
  sourceOptions,
} from './options.ts'
import { readCompareCommand } from './readCompare.ts'
import { readDoctorCommand } from './readDoctor.ts'
import {
  type OptionToken,
  readDuration,
  readFields,
  readNumber,
  readWatch,
  type Written,
} from './readOptions.ts'
import { readReplay } from './readReplay.ts'
import { readServeCommand } from './readServe.ts'
import { readTapped, tapOptions } from './readTap.ts'
import { UsageError } from './usageError.ts'
import { fieldOptions } from './watchFields.ts'

type WatchCommand = Extract<Command, { kind: 'watch' }>
type ParserOptions = NonNullable<ParseArgsConfig['options']>

/** Those that `lifeline show` does not take. */
const watchOptions: readonly CommandOption[] = [
  ...Object.values(fieldOptions).filter(({ name }) => name !== 'show'),
  ...sourceOptions,
  ...endOptions,
  ...captureOptions,
]

/** Options in the form of the argument parser. A repeated option of a field is left to that field. */
const allOptions: ParserOptions = Object.fromEntries(
  [
    ...generalOptions,
    ...printOptions,
    ...filterOptions,
    ...Object.values(fieldOptions),
    ...watchOptions,
    ...comparisonOptions,
    ...serveOptions,
    ...replayOptions,
  ].map(({ name, value, short }) => {
    const type = value === null ? 'boolean' : 'string'
    const multiple = Object.hasOwn(fieldOptions, name)
    return [name, { type, multiple, ...(short !== undefined && { short }) }]
  }),
)

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
  const options = tokens.filter((token) => token.kind === 'option')
  for (const option of options) checkOption(option)
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const written: Written = {
    text(name) {
      const value = values[name]
      return typeof value === 'string' ? value : null
    },
    flag: (name) => values[name] === true,
    options,
  }
  const [command, ...operands] = positionals
  const isField = (name: string) => Object.hasOwn(fieldOptions, name)
  if (command === 'serve') return readServeCommand(written, operands)
  if (command === 'replay') return watching(written, readReplay(written, operands))
  refuseOptions(written, replayOptions, 'replay')
  refuseOptions(written, serveOptions, 'serve')
  if (command !== 'tap') refuseOptions(written, tapOptions, 'tap')
  if (command === 'compare') return readCompareCommand(written, operands, isField)
  if (command === 'doctor') return readDoctorCommand(written, operands, isField)
  refuseOptions(written, comparisonOptions, 'compare')
  if (command === 'watch') return readWatchCommand(written, operands)
  if (command === 'tap') return readTapCommand(written, operands)
  if (command === 'show') return readShowCommand(written, operands)
  throw new UsageError(noCommand(command))
}

function noCommand(word: string | undefined): string {
  if (word === undefined) {
    return 'Say what to do: lifeline watch <url>, or lifeline show <capture>.'
  }
  // Not repeated in the message: it may be part of an unquoted header, which may hold a secret.
  return /^(https?|wss?):/i.test(word)
    ? 'Write watch before the URL: lifeline watch <url>.'
    : 'Begin with a command: lifeline watch <url> or lifeline show <capture> (quote what has spaces).'
}

function readShowCommand(written: Written, operands: readonly string[]): Command {
  const print = readPrint(written)
  refuseOptions(written, watchOptions, 'watch')
  const [capture] = operands
  if (capture === undefined) throw new UsageError('Name the capture: lifeline show <capture>.')
  checkSingle(operands, 'capture')
  return { kind: 'show', capture, print, filter: checkFilter(written.text('filter') ?? '') }
}

/** Those of the other command. */
function refuseOptions(
  { options }: Written,
  refused: readonly { readonly name: string }[],
  command: string,
): void {
  const foreign = options.find((option) => refused.some(({ name }) => name === option.name))
  if (!foreign) return
  throw new UsageError(`Leave out ${foreign.rawName}: it belongs to lifeline ${command}.`)
}

function readWatchCommand(written: Written, operands: readonly string[]): Command {
  checkSingle(operands, 'URL')
  return watching(written, { watch: readWatch(written, operands[0] ?? null), resend: null })
}

function readTapCommand(written: Written, operands: readonly string[]): Command {
  checkSingle(operands, 'server')
  return watching(written, { watch: readTapped(written, operands[0] ?? null), resend: null })
}

function watching(written: Written, asked: Pick<WatchCommand, 'watch' | 'resend'>): Command {
  return {
    kind: 'watch',
    ...asked,
    print: readPrint(written),
    forMs: readDuration('for', written.text('for')),
    frames: readNumber('frames', written.text('frames'), 1),
    capture: written.text('capture'),
    filter: checkLiveFilter(written.text('filter') ?? ''),
  }
}

function readPrint({ text, flag, options }: Written): PrintOptions {
  const format = readFormat(text('format'), flag('short'))
  return {
    format,
    width: readNumber('width', text('width'), minWidth, maxWidth),
    times: flag('times'),
    runLength: readNumber('run-length', text('run-length'), 1),
    show: readShow(options),
    wire: flag('wire') || !exportFormats[format].options.includes('wire'),
  }
}

function readShow(options: readonly OptionToken[]): readonly string[] | null {
  const { show } = readFields(options.filter(({ name }) => name === 'show'))
  return Array.isArray(show) ? show : null
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
  const missing = value === '' && fieldOptions[name]?.mayBeEmpty !== true
  if (value === undefined || missing || swallowed) {
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

function readFormat(written: string | null, isShort: boolean): ExportFormat {
  if (isShort && written !== null && written !== 'short') {
    throw new UsageError(
      `Leave out --short or --format ${written}: they ask for different formats.`,
    )
  }
  if (isShort) return 'short'
  if (written === null) return defaultExportFormat
  if (isExportFormat(written)) return written
  throw new UsageError(`Change --format to one of ${allExportFormats.join(', ')}.`)
}
