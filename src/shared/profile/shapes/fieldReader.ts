// Reads the fields of a JSON object, each with its shape, and collects what is wrong with them.

import type { Problem } from '../../endpoint/problem.ts'
import { hasReference } from '../../endpoint/references.ts'
import { defaultLimits, profilesLimits } from '../../limits.ts'
import { parseDuration } from '../../text/duration.ts'
import type { NamedValues } from '../../text/namedValues.ts'
import { isRecord } from '../../unknown.ts'

/** Each reader answers with a harmless value and reports a problem when the field has another shape. */
export interface FieldReader {
  /** Those of the objects inside among them. */
  readonly problems: readonly Problem[]
  /** `path` starts at this object; empty names the object itself. */
  report(path: string, message: string): void
  has(field: string): boolean
  /** Undefined when the object lacks it. */
  value(field: string): unknown
  reportUnknown(known: readonly string[], owner: string): void
  text(field: string): string | null
  texts(field: string): readonly string[]
  /** The list, or as much of it as is read; that it goes on is reported at the first entry that is not. */
  few<T>(field: string, list: readonly T[]): readonly T[]
  flag(field: string, otherwise?: boolean): boolean
  /** Milliseconds, more than 0. */
  duration(field: string): number | null
  /** A number within the bounds, which are in. */
  number(field: string, least: number, most: number, whole: boolean): number | null
  choice<T extends string>(field: string, choices: readonly T[]): T | null
  requestMethod(field: string): string | null
  headers(field: string): NamedValues
  query(field: string): NamedValues
  /** A JSON value other than null becomes its text. */
  body(field: string): string | null
  /** `null` when the field is absent or no object, which `example` then corrects. */
  object(field: string, example: string): FieldReader | null
  /** The objects of a list; an item of another type is reported and null. */
  objects(field: string, example: string): readonly (FieldReader | null)[]
}

/** Null when `input` is no JSON object. */
export function createFieldReader(input: unknown): FieldReader | null {
  return isRecord(input) ? readerOf(input, '', []) : null
}

function readerOf(
  input: Readonly<Record<string, unknown>>,
  prefix: string,
  problems: Problem[],
): FieldReader {
  const get = (field: string) => (Object.hasOwn(input, field) ? input[field] : undefined)
  const has = (field: string) => get(field) !== undefined
  const report = (path: string, message: string) => {
    problems.push({ path: path === '' ? prefix.replace(/\.$/, '') : prefix + path, message })
  }

  function reportUnknown(known: readonly string[], owner: string): void {
    for (const field of Object.keys(input)) {
      if (field.startsWith('$') || known.includes(field)) continue
      report(field, `Remove "${field}" or correct its name. ${owner} has: ${known.join(', ')}.`)
    }
  }

  function text(field: string): string | null {
    const value = get(field)
    if (value === undefined) return null
    if (typeof value === 'string') return value
    report(field, `Write "${field}" as text in quotes.`)
    return null
  }

  function texts(field: string): readonly string[] {
    const value = get(field)
    if (value === undefined) return []
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
      return few(field, value)
    }
    report(field, `Write "${field}" as a list of texts, for example ["a", "b"].`)
    return []
  }

  function few<T>(field: string, list: readonly T[]): readonly T[] {
    const most = profilesLimits.entries
    if (list.length <= most) return list
    report(
      `${field}[${most}]`,
      `Remove entries from here on: ${most} are read, and "${field}" has ${list.length}.`,
    )
    return list.slice(0, most)
  }

  function flag(field: string, otherwise = false): boolean {
    const value = get(field)
    if (typeof value === 'boolean') return value
    if (value !== undefined) report(field, `Write "${field}" as true or false, without quotes.`)
    return otherwise
  }

  function duration(field: string): number | null {
    const value = get(field)
    if (value === undefined) return null
    const ms = parseDuration(value)
    if (ms === null || ms <= 0) {
      report(field, `Write "${field}" as a time above zero with its unit: "1500ms", "2s" or "1m".`)
      return null
    }
    if (ms > defaultLimits.maxDelayMs) {
      report(field, `Shorten "${field}": the longest possible time is 24 days.`)
      return null
    }
    return ms
  }

  function number(field: string, least: number, most: number, whole: boolean): number | null {
    const value = get(field)
    if (value === undefined) return null
    const fits = typeof value === 'number' && value >= least && value <= most
    if (fits && (!whole || Number.isInteger(value))) return value
    const kind = whole ? 'a whole number' : 'a number'
    const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `${least} or more`
    const comma = most < Number.MAX_SAFE_INTEGER ? '' : ','
    report(field, `Write "${field}" as ${kind}${comma} ${range}.`)
    return null
  }

  function choice<T extends string>(field: string, choices: readonly T[]): T | null {
    const value = text(field)
    if (value === null) return null
    const chosen = choices.find((one) => one === value)
    const names = choices.map((one) => `"${one}"`).join(', ')
    if (chosen === undefined) report(field, `Change "${field}" to one of ${names}.`)
    return chosen ?? null
  }

  function requestMethod(field: string): string | null {
    const value = text(field)
    return value === null || hasReference(value) ? value : value.toUpperCase()
  }

  function pairs(
    field: string,
    example: string,
    toText: (value: unknown) => string | null,
  ): NamedValues {
    const value = get(field)
    if (value === undefined) return []
    if (!isRecord(value)) {
      report(field, `Write "${field}" as an object, for example ${example}.`)
      return []
    }
    const found: (readonly [string, string])[] = []
    for (const [name, held] of Object.entries(value)) {
      const values: readonly unknown[] = Array.isArray(held) ? held : [held]
      for (const one of values) {
        const written = toText(one)
        if (written !== null) found.push([name, written])
        else report(`${field}.${name}`, 'Write the value as text in quotes, or as a list of texts.')
      }
    }
    return found
  }

  function body(field: string): string | null {
    const value = get(field)
    if (value === undefined || value === null) return null
    return typeof value === 'string' ? value : JSON.stringify(value)
  }

  function object(field: string, example: string): FieldReader | null {
    const value = get(field)
    if (value === undefined) return null
    if (isRecord(value)) return readerOf(value, `${prefix}${field}.`, problems)
    report(field, `Write "${field}" as an object, for example ${example}.`)
    return null
  }

  function objects(field: string, example: string): readonly (FieldReader | null)[] {
    const value = get(field)
    if (value === undefined) return []
    if (!Array.isArray(value)) {
      report(field, `Write "${field}" as a list, for example [${example}].`)
      return []
    }
    return few(field, value).map((item: unknown, i) => {
      if (isRecord(item)) return readerOf(item, `${prefix}${field}[${i}].`, problems)
      report(`${field}[${i}]`, `Write it as an object, for example ${example}.`)
      return null
    })
  }

  return {
    problems,
    report,
    has,
    value: get,
    reportUnknown,
    text,
    texts,
    few,
    flag,
    duration,
    number,
    choice,
    requestMethod,
    headers: (field) => {
      return pairs(field, '{ "Accept": "application/json" }', (one) =>
        typeof one === 'string' ? one : null,
      )
    },
    query: (field) => pairs(field, '{ "room": "lobby" }', queryText),
    body,
    object,
    objects,
  }
}

/** A number, true or false can only be meant in one way. */
function queryText(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
