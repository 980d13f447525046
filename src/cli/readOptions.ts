// Reads single options of the command line.

import type { Entry, EntryDraft } from '../shared/profile/shapes/fieldOption.ts'
import { parseDuration } from '../shared/text/duration.ts'
import type { WatchOptions } from './command.ts'
import { UsageError } from './usageError.ts'
import { fieldOptions } from './watchFields.ts'

export interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

/** What was written: options by name, and all in order. */
export interface Written {
  text(name: string): string | null
  flag(name: string): boolean
  readonly options: readonly OptionToken[]
}

export function readFields(options: readonly OptionToken[]): Entry {
  const fields: EntryDraft = {}
  for (const { name, value } of options) {
    const correction = fieldOptions[name]?.put(fields, value ?? '') ?? null
    if (correction !== null) throw new UsageError(correction)
  }
  return fields
}

export function readNumber(
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

export function readDuration(option: string, written: string | null): number | null {
  if (written === null) return null
  const ms = parseDuration(written)
  if (ms !== null && ms > 0) return ms
  throw new UsageError(`Change --${option} to a time such as 1500ms, 2s or 1m.`)
}

/** What to watch. Throws `UsageError`. */
export function readWatch({ text, options }: Written, url: string | null): WatchOptions {
  const [curl, profile, workspace] = [text('curl'), text('profile'), text('workspace')]
  const fields = readFields(options)
  if (curl !== null && (url !== null || profile !== null)) {
    const other = url === null ? '--profile' : 'the URL'
    throw new UsageError(`Leave out ${other} or --curl: both say what to watch.`)
  }
  if (workspace !== null && profile === null) {
    throw new UsageError('Add --profile <name>: --workspace only says where to look for it.')
  }
  return { url, curl, profile, workspace, fields }
}
