// SQL that compares a value in the JSON of a payload; JavaScript takes the paths that SQL cannot follow quickly.

import type { Comparison, JsonLiteral, JsonTest } from '../../../shared/filter/filterNode.ts'
import type { DeepPath } from '../../../shared/text/jsonPath.ts'
import { isIndexName } from '../../../shared/text/jsonPathValues.ts'
import { mayHold } from './frameSql.ts'
import { jsonMatcher } from './jsonMatcher.ts'
import { contains } from './likeSql.ts'
import type { SqlContext } from './sqlContext.ts'
import { regexTest } from './wordSql.ts'

/** The value of a path, as `holds` wants to see it: its JSON type, and what it is in SQL. */
type Holds = (type: string, value: string) => string

export function jsonSql(context: SqlContext, test: JsonTest): string {
  const path = plainPath(test.path)
  const condition =
    path === null
      ? context.test(jsonMatcher(test), 'payload_text')
      : plainSql(path, holdsOf(context, test), context)
  return `iif(${sieve(context, test)}, ${condition}, 0)`
}

/** The payload is JSON, and has text at this name of its top level for which the condition holds. */
export function topTextSql(
  context: SqlContext,
  name: string,
  holds: (value: string) => string,
): string {
  const path = [name]
  const condition = plainSql(
    plainPath(path) ?? '$',
    (type, value) => `iif(${type} = 'text', ${holds(value)}, 0)`,
    context,
  )
  return `iif(${sieve(context, { kind: 'json', path, test: null })}, ${condition}, 0)`
}

/** A name that JSON writes in another way has a backslash in it, and so has a text. */
function sieve(context: SqlContext, { path, test }: JsonTest): string {
  const text = test !== null && test.is === '=' && test.value.quoted ? test.value.text : ''
  const sought = [lastName(path), text]
    .filter((part) => part !== '')
    .map((part) => mayHold(context.bind(new TextEncoder().encode(part))))
  return sought.length === 0 ? '1' : `(${sought.join(' AND ')} OR ${mayHold(`x'5c'`)})`
}

/** Empty where the path has none that must stand in the text. */
function lastName(path: DeepPath): string {
  const names = path.map((step) => (typeof step === 'object' ? (step?.deep ?? '') : String(step)))
  return names.findLast((name) => name !== '' && !/^-?\d+$/.test(name)) ?? ''
}

/** SQLite counts the items of a list in 32 bits. */
const longestList = 0x7fff_ffff

/** As SQLite writes paths; null where it cannot follow them, or only by reading each value again. */
function plainPath(path: DeepPath): string | null {
  let written = '$'
  for (const step of path) {
    if (typeof step === 'number' && Math.abs(step) <= longestList)
      written += step < 0 ? `[#${step}]` : `[${step}]`
    else if (typeof step === 'string' && isPlain(step)) written += `."${step}"`
    else return null
  }
  return written
}

/** SQLite reads a name up to the next quote, and compares it with what JSON's escapes stand for. Digits may be an index. */
function isPlain(name: string): boolean {
  return name !== '' && !isIndexName(name) && JSON.stringify(name) === `"${name}"`
}

/** A payload is read once for all that is asked of it: SQLite keeps what it read last. */
function plainSql(path: string, holds: Holds, context: SqlContext): string {
  const at = context.bind(path)
  return `iif(json_valid(payload_text), ${holds(`json_type(payload_text, ${at})`, `json_extract(payload_text, ${at})`)}, 0)`
}

function holdsOf(context: SqlContext, { test }: JsonTest): Holds {
  if (test === null) return (type) => `${type} IS NOT NULL`
  if (test.is === '~') {
    const find =
      'regex' in test
        ? (value: string) => context.test(regexTest(test.regex), value)
        : contains(context, test.text)
    return (type, value) => `iif(${type} = 'text', ${find(value)}, 0)`
  }
  const { is, value: literal } = test
  if (is !== '!=') return comparesTo(context, is, literal)
  const same = comparesTo(context, '=', literal)
  return (type, value) => `iif(${type} IS NULL, 0, NOT ${same(type, value)})`
}

function comparesTo(context: SqlContext, is: Comparison, literal: JsonLiteral): Holds {
  const { text, quoted } = literal
  const asText: Holds = (type, value) => `iif(${type} = 'text', ${value} ${is} ${bound}, 0)`
  const bound = context.bind(quoted || !isNumber(text) ? text : numberOf(text))
  if (quoted) return asText
  if (isNumber(text)) return numbers(is, bound)
  if (is !== '=') return () => '0'
  return (type, value) => `iif(${type} = ${bound}, 1, ${asText(type, value)})`
}

/** Longer text is no number that anybody wrote. */
const numberChars = 40

/** Text that reads as a JSON number counts as one: many a server writes prices so. */
function numbers(is: Comparison, bound: string): Holds {
  return (type, value) => `CASE ${type}
    WHEN 'integer' THEN ${value} ${is} ${bound}
    WHEN 'real' THEN ${value} ${is} ${bound}
    WHEN 'text' THEN iif(octet_length(${value}) <= ${numberChars} AND json_valid(${value}),
      iif(json_type(${value}) IN ('integer', 'real'), json_extract(${value}, '$') ${is} ${bound}, 0), 0)
    ELSE 0 END`
}

function isNumber(text: string): boolean {
  return /\d/.test(text)
}

/** SQLite holds integers of 64 bits, of which JavaScript's numbers lose digits. */
function numberOf(text: string): number | bigint {
  const value = Number(text)
  if (Number.isSafeInteger(value) || !/^-?\d+$/.test(text)) return value
  const whole = BigInt(text)
  return BigInt.asIntN(64, whole) === whole ? whole : value
}
