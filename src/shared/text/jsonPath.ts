// Paths into JSON as people write them: `price`, `$.items[0].id`, `items[*].id`, `["a b"].c`, `items[-1]`.

import { profilesLimits } from '../limits.ts'

/** A name; an index, of which a negative one counts from the end; or null for `[*]`, every value in there. */
export type PathStep = string | number | null

/** From the root; empty for the root itself. */
export type JsonPath = readonly PathStep[]

/** A path that stands in a longer text, and the offset after it. */
export interface PathPlace {
  readonly path: JsonPath
  readonly end: number
}

// What would end a path in a filter or a list of paths is written in quotes.
const bareName = '[^\\s.,[\\](){}<>=!~*"\'`]+'
const step = new RegExp(
  `\\.(?<name>${bareName})|\\.?\\[(?:(?<index>-?\\d{1,15})|(?<every>\\*)|(?<double>"(?:[^"\\\\]|\\\\.)*")|'(?<single>[^']*)')\\]`,
  'y',
)
const first = new RegExp(bareName, 'y')
const root = /\$(?![^\s.,[\](){}<>=!~*"'`])/y
const wholeName = new RegExp(`^${bareName}$`)

/** The path that begins at `from`, as far as it goes; null where none does. */
export function readPath(text: string, from: number): PathPlace | null {
  const path: PathStep[] = []
  let end = from
  root.lastIndex = from
  if (root.test(text)) end = root.lastIndex
  else {
    first.lastIndex = from
    const name = first.exec(text)?.[0]
    if (name !== undefined) path.push(name)
    end += name?.length ?? 0
  }
  for (;;) {
    step.lastIndex = end
    const groups = step.exec(text)?.groups
    const next = groups && stepOf(groups)
    if (next === undefined) break
    path.push(next)
    end = step.lastIndex
  }
  return end === from ? null : { path, end }
}

/** Undefined where the quotes hold no text. */
function stepOf({ name, index, every, double, single }: Groups): PathStep | undefined {
  if (every !== undefined) return null
  if (index !== undefined) return Number(index)
  return name ?? single ?? (double === undefined ? undefined : unquoted(double))
}

type Groups = Readonly<Record<string, string | undefined>>

function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    // An escape that JSON does not know.
    return undefined
  }
}

/** Null where the text is something else, or longer than paths may be. */
export function parsePath(text: string): JsonPath | null {
  if (text.length > profilesLimits.pathChars) return null
  const place = readPath(text, 0)
  return place?.end === text.length ? place.path : null
}

/** `$.items[0]["a b"]`. */
export function formatPath(path: JsonPath): string {
  return `$${path.map(formatStep).join('')}`
}

/** The same without `$.` where that says as much: `items[0].id`. */
export function formatShortPath(path: JsonPath): string {
  const whole = formatPath(path)
  return whole.startsWith('$.') && !whole.startsWith('$.$') ? whole.slice(2) : whole
}

/** Whether it is written without quotes. */
export function isPlainName(name: string): boolean {
  return wholeName.test(name)
}

/** `.items`, `[0]`, `[*]`, `["a b"]`. */
export function formatStep(step: PathStep): string {
  if (step === null) return '[*]'
  if (typeof step === 'number') return `[${step}]`
  return isPlainName(step) ? `.${step}` : `[${JSON.stringify(step)}]`
}

/** `[*]` finds so many values at the most. */
const mostValues = 1000

/** The values at a path in a parsed JSON value, in order; several only where it has `[*]`. */
export function valuesAt(value: unknown, path: JsonPath): readonly unknown[] {
  let found: readonly unknown[] = [value]
  for (const step of path) {
    found = found.flatMap((each) => inner(each, step)).slice(0, mostValues)
  }
  return found
}

function inner(value: unknown, step: PathStep): readonly unknown[] {
  if (Array.isArray(value)) {
    if (step === null) return value.slice(0, mostValues)
    // `items.0.id` is written, too.
    const index = typeof step === 'string' && /^\d+$/.test(step) ? Number(step) : step
    const at = typeof index === 'number' && index < 0 ? value.length + index : index
    return typeof at === 'number' && at in value ? [value[at]] : []
  }
  if (typeof value !== 'object' || value === null) return []
  if (step === null) return Object.values(value).slice(0, mostValues)
  const name = String(step)
  return Object.hasOwn(value, name) ? [(value as Groups)[name]] : []
}
