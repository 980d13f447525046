// The options of `lifeline watch` that say what to watch: those of the fields of a profile entry.

import { profileFields } from '../shared/profile/profileFields.ts'
import type { EntryPath, FieldOption } from '../shared/profile/shapes/fieldOption.ts'

const options = profileFields.flatMap((field) => field.options ?? [])

export const fieldOptions: Readonly<Record<string, FieldOption>> = Object.fromEntries(
  options.map((option) => [option.name, option]),
)

/** Where the options put the paths of files. */
export const filePlaces: readonly EntryPath[] = options.flatMap(({ file }) => (file ? [file] : []))

/** The fields of which an option goes into what a profile says, name by name. */
export const mergedFields: readonly string[] = profileFields
  .filter(({ isMerged }) => isMerged)
  .map(({ name }) => name)

/** Fields that cannot stand beside each other. */
export const rivalFields: readonly (readonly [field: string, rival: string])[] =
  profileFields.flatMap(({ name, insteadOf }) =>
    insteadOf === undefined ? [] : [[name, insteadOf] as const],
  )

/** `--cursor-to` for `cursor.to`; null for the URL, which is no option, and for what has none. */
export function optionOf(path: string): string | null {
  const whole = path.replace(/\[\d+\]/g, '')
  const [field = ''] = whole.split('.')
  const found = optionFor(whole) ?? optionFor(field)
  return found ? `--${found.name}` : null
}

/** The names of the options for a field or its parts: of `tls.ca`, of `auth`. */
export function optionsOf(field: string): readonly string[] {
  const exact = options.filter(({ problems }) => problems[0] === field)
  const found = exact.length > 0 ? exact : options.filter(({ problems }) => isPart(problems, field))
  return found.map(({ name }) => name)
}

function isPart([own = '']: readonly string[], field: string): boolean {
  return own.startsWith(`${field}.`)
}

function optionFor(path: string): FieldOption | undefined {
  return options.find(({ problems }) => problems.includes(path))
}
