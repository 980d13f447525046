// Compares the values at a path of a JSON text, the path having steps that lead to many places.

import type { Comparison, JsonCondition, JsonTest } from '../../../shared/filter/filterNode.ts'
import type { DeepPath } from '../../../shared/text/jsonPath.ts'
import { valuesIn } from '../../../shared/text/jsonPathValues.ts'
import { longNumber, parseJson } from '../../../shared/text/parseJson.ts'
import { isRecord } from '../../../shared/unknown.ts'
import type { TextTest } from './sqlContext.ts'
import { regexTest } from './wordSql.ts'

/** False of what is no JSON. Takes time linear in the text for each step of the path. */
export function jsonMatcher({ path, test }: JsonTest): TextTest {
  const holds = holdsOf(test)
  return (text) => {
    const root = parseJson(text, longNumber.test(text) ? keepIntegers : undefined)
    return root !== undefined && valuesAt(root, path).some(holds)
  }
}

/** Integers that a number would not hold are a `bigint`. */
function keepIntegers(source: string, value: number): unknown {
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(source) ? value : BigInt(source)
}

function valuesAt(root: unknown, path: DeepPath): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (values, step) =>
      typeof step === 'object' && step !== null
        ? deepIn(values, step.deep)
        : values.flatMap((value) => valuesIn(value, step)),
    [root],
  )
}

/** Each value is looked at once, though it may lie in several of those that are begun with. */
function deepIn(values: readonly unknown[], name: string): readonly unknown[] {
  const found: unknown[] = []
  const seen = new Set<unknown>()
  const waiting = [...values]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (!isBranch(value) || seen.has(value)) continue
    seen.add(value)
    if (hasName(value, name)) found.push(value[name])
    for (const inner of Object.values(value)) if (isBranch(inner)) waiting.push(inner)
  }
  return found
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function hasName(value: unknown, name: string): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.hasOwn(value, name)
}

function holdsOf(test: JsonCondition | null): (value: unknown) => boolean {
  if (test === null) return () => true
  if (test.is === '~') {
    const find = 'regex' in test ? regexTest(test.regex) : finderOf(test.text)
    return (value) => typeof value === 'string' && find(value)
  }
  const { is, value: literal } = test
  const { text, quoted } = literal
  if (quoted)
    return comparing(is, (value) => (typeof value === 'string' ? compareTexts(value, text) : null))
  if (/\d/.test(text)) return comparing(is, (value) => compareNumbers(value, numberOf(text)))
  const isSame = (value: unknown) => !isBranch(value) && String(value) === text
  return is === '=' ? isSame : is === '!=' ? (value) => !isSame(value) : () => false
}

function finderOf(text: string): TextTest {
  const lower = text.toLowerCase()
  return (value) => value.toLowerCase().includes(lower)
}

/** `compare`: below, at or above 0; null where they cannot be compared. */
function comparing(
  is: Comparison | '!=',
  compare: (value: unknown) => number | null,
): (value: unknown) => boolean {
  const holds: Readonly<Record<Comparison, (order: number) => boolean>> = {
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
    '=': (order) => order === 0,
    '>=': (order) => order >= 0,
    '>': (order) => order > 0,
  }
  return (value) => {
    const order = compare(value)
    if (is === '!=') return order !== 0
    return order !== null && holds[is](order)
  }
}

/** As SQLite does, by characters and not by their halves. */
function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function compareNumbers(value: unknown, sought: number | bigint): number | null {
  const number = typeof value === 'string' ? numberIn(value) : value
  if (typeof number !== 'number' && typeof number !== 'bigint') return null
  return number < sought ? -1 : number > sought ? 1 : 0
}

/** Text that reads as a JSON number; null of other text. */
function numberIn(text: string): number | bigint | null {
  return text.length <= 40 && /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i.test(text)
    ? numberOf(text.trim())
    : null
}

function numberOf(text: string): number | bigint {
  const value = Number(text)
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text)
}
