// The one grammar of paths into JSON, for filters, shown fields, profiles, differences and plots: `$.items[0]["a b"].id`.
//
// As [rfc9535] has them: names after a dot or in brackets and quotes, `[0]`, `[-1]` from the end, `[*]` or `.*` for each
// value. Beyond it a name after a dot may have every letter that ends no path where people write one, as in `x-y` or `$ref`,
// and `$.` may be left out before a name.

import { profilesLimits } from '../limits.ts'

/** A name; an index, of which a negative one counts from the end; or null for `[*]`, every value in there. */
export type PathStep = string | number | null

/** From the root; empty for the root itself. */
export type JsonPath = readonly PathStep[]

/** The name at any depth, `..id`. Filters alone have it. */
export interface DeepStep {
  readonly deep: string
}

export type DeepPath = readonly (PathStep | DeepStep)[]

/** A path that stands in a longer text, and the offset after it. */
export interface PathPlace<Path = JsonPath> {
  readonly path: Path
  readonly end: number
}

// Sources of patterns: the schema of profiles is made of them, too. What ends a path in a filter, a list of paths or a
// cursor is no letter of a name that stands without quotes.
const letter = '[^\\s.,:;[\\](){}<>=!~*|"\'`]'
const bareName = `${letter}+`
const quotedName = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`
const index = '-?\\d{1,15}'

/** Of a path that leads to one value, from its beginning to its end. */
export const onePlacePattern = pathPattern(`${index}|${quotedName}`)

/** Of one that is names only, so that it can be made where it is missing. */
export const namesPattern = pathPattern(quotedName)

function pathPattern(bracketed: string): string {
  const steps = `(?:\\.${bareName}|\\[(?:${bracketed})\\])`
  return `(?:\\$${steps}*|(?:${bareName}|\\[(?:${bracketed})\\])${steps}*)`
}

const step = new RegExp(
  `\\.(?<name>${bareName})|(?<every>\\[\\*\\]|\\.\\*)|\\[(?:(?<index>${index})|(?<quoted>${quotedName}))\\]`,
  'y',
)
const deepStep = new RegExp(`\\.\\.(?:(?<name>${bareName})|\\[(?<quoted>${quotedName})\\])`, 'y')
const first = new RegExp(bareName, 'y')
const root = new RegExp(`\\$(?!${letter})`, 'y')
const wholeName = new RegExp(`^${bareName}$`)

/** The path that begins at `from`, as far as it goes; null where none does. */
export function readPath(text: string, from: number): PathPlace | null {
  const start = endOf(root, text, from)
  const nameEnd = start > from ? start : endOf(first, text, from)
  const path: PathStep[] = start > from || nameEnd === from ? [] : [text.slice(from, nameEnd)]
  const end = readSteps(text, nameEnd, (at) => readStep(text, at, path))
  return end === from ? null : { path, end }
}

/** As a filter has it: it begins with `$` and may have steps to any depth. */
export function readDeepPath(text: string, from: number): PathPlace<DeepPath> | null {
  const start = endOf(root, text, from)
  if (start === from) return null
  const path: (PathStep | DeepStep)[] = []
  const end = readSteps(text, start, (at) => {
    deepStep.lastIndex = at
    const groups = deepStep.exec(text)?.groups
    const deep = groups && nameIn(groups)
    if (deep === undefined) return readStep(text, at, path)
    path.push({ deep })
    return deepStep.lastIndex
  })
  return { path, end }
}

/** `read`: adds the step that begins there, and answers its end; the same place where none does. */
function readSteps(text: string, from: number, read: (at: number) => number): number {
  let end = from
  while (end < text.length) {
    const next = read(end)
    if (next === end) break
    end = next
  }
  return end
}

function readStep(text: string, at: number, path: (PathStep | DeepStep)[]): number {
  step.lastIndex = at
  const groups = step.exec(text)?.groups
  const found = groups && stepOf(groups)
  if (found === undefined) return at
  path.push(found)
  return step.lastIndex
}

function endOf(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : at
}

type Groups = Readonly<Record<string, string | undefined>>

/** Undefined where the quotes hold no text. */
function stepOf(groups: Groups): PathStep | undefined {
  if (groups.every !== undefined) return null
  return groups.index === undefined ? nameIn(groups) : Number(groups.index)
}

function nameIn({ name, quoted = '' }: Groups): string | undefined {
  if (name !== undefined) return name
  const json = quoted.startsWith('"')
    ? quoted
    : `"${quoted.slice(1, -1).replace(/\\'|"/g, (char) => (char === '"' ? '\\"' : "'"))}"`
  try {
    return String(JSON.parse(json))
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

/** The path to one place, which therefore has no `[*]`; else null. */
export function parseOnePlace(text: string): JsonPath | null {
  const path = parsePath(text)
  return path?.includes(null) ? null : path
}

/** Whether the text is a path of names only. */
export function isNamesPath(text: string): boolean {
  return parseOnePlace(text)?.every((step) => typeof step === 'string') === true
}

/** What would be right where a path goes no further. */
export function pathMistake(text: string, end: number): string {
  const next = text[end]
  if (next === '[') return inBrackets
  if (next === '.') return afterDot
  return next === ':' && end > 0 ? colonInName : aPath
}

const inBrackets = 'In brackets stands a number, * or a name in double quotes: [0], [*], ["a b"].'
const afterDot =
  'A name follows the dot: $.price. Other letters than those of a name stand in ["…"].'
const colonInName = 'A name that has a colon stands in quotes: ["dc:title"].'
const aPath =
  'Write a path such as price, maker.venue or items[0].id; a name with other letters than those as ["a b"].'

/** What is wrong with a text that is to lead to one place; null where it does. */
export function checkOnePlace(text: string): string | null {
  return checkPath(text) ?? (parseOnePlace(text) === null ? onePlace : null)
}

const onePlace = 'Write a path that leads to one value: [0] or [-1] in place of [*].'

/** What is wrong with a text that is to be a path; null where it is one. */
export function checkPath(text: string): string | null {
  if (parsePath(text) !== null) return null
  if (text.length > profilesLimits.pathChars) return 'Shorten this path.'
  return pathMistake(text, readPath(text, 0)?.end ?? 0)
}

/** `$.items[0]["a b"]`. */
export function formatPath(path: DeepPath): string {
  return `$${path.map(formatStep).join('')}`
}

/** The same without `$.` where that says as much: `items[0].id`. */
export function formatShortPath(path: JsonPath): string {
  return shortPath(formatPath(path))
}

/** Of a path as `formatPath` writes it. */
export function shortPath(whole: string): string {
  return whole.startsWith('$.') && !whole.startsWith('$.$') ? whole.slice(2) : whole
}

/** Whether it is written without quotes. */
export function isPlainName(name: string): boolean {
  return wholeName.test(name)
}

/** `.items`, `[0]`, `[*]`, `["a b"]`, `..id`. */
export function formatStep(step: PathStep | DeepStep): string {
  if (step === null) return '[*]'
  if (typeof step === 'number') return `[${step}]`
  if (typeof step === 'string') return isPlainName(step) ? `.${step}` : inBracketsOf(step)
  return isPlainName(step.deep) ? `..${step.deep}` : `..${inBracketsOf(step.deep)}`
}

function inBracketsOf(name: string): string {
  return `[${JSON.stringify(name)}]`
}
