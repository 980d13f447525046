// Reads the words of `lifeline doctor`.

import type { Command } from './command.ts'
import { doctorFormats } from './doctorText.ts'
import { readDuration, readWatch, type Written } from './readOptions.ts'
import { UsageError } from './usageError.ts'

const defaultForMs = 30_000

/** What it takes, beside the fields of a profile. */
const taken = new Set(['profile', 'workspace', 'curl', 'for', 'format', 'capture'])

/** `isField`: whether an option says a field of a profile. Throws `UsageError`. */
export function readDoctorCommand(
  written: Written,
  operands: readonly string[],
  isField: (name: string) => boolean,
): Command {
  const { text, options } = written
  const isUseful = (name: string) => taken.has(name) || (name !== 'show' && isField(name))
  const foreign = options.find(({ name }) => !isUseful(name))
  if (foreign) {
    throw new UsageError(`Leave out ${foreign.rawName}: lifeline doctor has no use for it.`)
  }
  const [operand = null, ...others] = operands
  const isNamed = operand !== null || text('profile') !== null || text('curl') !== null
  if (others.length > 0 || !isNamed) {
    throw new UsageError('Give one capture or URL: lifeline doctor <capture or url>.')
  }
  const fields = { ...written, options: options.filter(({ name }) => isField(name)) }
  return {
    kind: 'doctor',
    watch: readWatch(fields, operand),
    forMs: readDuration('for', text('for')) ?? defaultForMs,
    format: readFormat(text('format')),
    capture: text('capture'),
    asks: options.find(({ name }) => name !== 'format')?.rawName ?? null,
  }
}

function readFormat(written: string | null) {
  const format = doctorFormats.find((one) => one === (written ?? 'text'))
  if (format !== undefined) return format
  throw new UsageError(`Change --format to one of ${doctorFormats.join(', ')}.`)
}
