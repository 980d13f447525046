// Reads the words of `lifeline compare`.

import type { SaidNeeds } from '../shared/advice/needs.ts'
import { checkPath } from '../shared/text/jsonPath.ts'
import type { Command } from './command.ts'
import { type ComparisonFormat, comparisonFormats } from './comparisonText.ts'
import { readDuration, readFields, readNumber, type Written } from './readOptions.ts'
import { UsageError } from './usageError.ts'

const defaultForMs = 60_000
const mostOperands = 4

/** What it takes, beside the fields of a profile. */
const taken = new Set(['item', 'time', 'max-age', 'viewers', 'for', 'format', 'workspace'])
/** Fields that are another's in each session. */
const own = new Set(['method', 'show'])

/** `isField`: whether an option says a field of a profile. Throws `UsageError`. */
export function readCompareCommand(
  written: Written,
  operands: readonly string[],
  isField: (name: string) => boolean,
): Command {
  const { text, options } = written
  const foreign = options.find(({ name }) => !taken.has(name) && (own.has(name) || !isField(name)))
  if (foreign)
    throw new UsageError(`Leave out ${foreign.rawName}: lifeline compare has no use for it.`)
  if (operands.length < 2 || operands.length > mostOperands) {
    throw new UsageError(
      `Name two to ${mostOperands} URLs, profiles or captures: lifeline compare <one> <other>.`,
    )
  }
  const [item, time] = [readPlace('item', text('item')), readPlace('time', text('time'))]
  if (time !== null && item === null) {
    throw new UsageError(
      'Add --item json:<path>: --time only says where its time of origin stands.',
    )
  }
  const fields = readFields(options.filter(({ name }) => isField(name)))
  return {
    kind: 'compare',
    operands,
    watch: { url: null, curl: null, profile: null, workspace: text('workspace'), fields },
    item,
    time,
    said: readSaid(written),
    forMs: readDuration('for', text('for')) ?? defaultForMs,
    format: readFormat(text('format')),
  }
}

function readSaid({ text }: Written): SaidNeeds {
  const maxAgeMs = readDuration('max-age', text('max-age'))
  const viewers = readNumber('viewers', text('viewers'), 1)
  return { ...(maxAgeMs !== null && { maxAgeMs }), ...(viewers !== null && { viewers }) }
}

/** The path of `json:id`. */
function readPlace(option: string, written: string | null): string | null {
  if (written === null) return null
  const path = /^json:(.+)$/s.exec(written)?.[1]
  if (path === undefined) throw new UsageError(`Write --${option} as json:<path>, such as json:id.`)
  const mistake = checkPath(path)
  if (mistake !== null) throw new UsageError(`Correct --${option}: ${mistake}`)
  return path
}

function readFormat(written: string | null): ComparisonFormat {
  const format = comparisonFormats.find((one) => one === (written ?? 'table'))
  if (format !== undefined) return format
  throw new UsageError(`Change --format to one of ${comparisonFormats.join(', ')}.`)
}
