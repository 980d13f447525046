// Reads the fields of a profile entry, each with its shape, and collects what is wrong with them.

import { parseCursorSource, parseCursorTarget } from './cursor.ts'
import { parseDuration } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import { defaultLimits } from './limits.ts'
import type { Problem } from './problem.ts'
import { hasReference } from './references.ts'

/** With back-off 1, 2, 4 … 30 s this is some three minutes: longer than a restart or a deployment. */
export const defaultReconnectAttempts = 10

/** Each reader answers with a harmless value and reports a problem when the field has another shape. */
export interface FieldReader {
  readonly problems: readonly Problem[]
  report(path: string, message: string): void
  has(field: string): boolean
  reportUnknown(known: readonly string[], owner: string): void
  text(field: string): string | null
  texts(field: string): readonly string[]
  flag(field: string): boolean
  /** Milliseconds, more than 0. */
  duration(field: string): number | null
  requestMethod(field: string): string | null
  headers(field: string): readonly (readonly [string, string])[]
  /** A JSON value other than null becomes its text, and `headers` gets a content type when it has none. */
  body(field: string, headers: (readonly [string, string])[]): string | null
  /** Texts as they are, objects and arrays as JSON. */
  messages(field: string): readonly string[]
  cursor(field: string): Endpoint['cursor']
  reconnect(field: string, defaultAttempts: number): number
  allowUntrusted(field: string): boolean
}

/** Null when `input` is no JSON object. */
export function createFieldReader(input: unknown): FieldReader | null {
  if (!isRecord(input)) return null
  const problems: Problem[] = []
  const get = (field: string) => (Object.hasOwn(input, field) ? input[field] : undefined)
  const has = (field: string) => get(field) !== undefined
  const report = (path: string, message: string) => {
    problems.push({ path, message })
  }

  function reportUnknown(
    known: readonly string[],
    owner: string,
    record = input,
    prefix = '',
  ): void {
    if (!isRecord(record)) return
    for (const field of Object.keys(record)) {
      if (field.startsWith('$') || known.includes(field)) continue
      report(
        `${prefix}${field}`,
        `Remove "${field}" or correct its name. ${owner} has: ${known.join(', ')}.`,
      )
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
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    report(field, `Write "${field}" as a list of texts, for example ["a", "b"].`)
    return []
  }

  function flag(field: string): boolean {
    const value = get(field)
    if (value !== undefined && typeof value !== 'boolean') {
      report(field, `Write "${field}" as true or false, without quotes.`)
    }
    return value === true
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

  function requestMethod(field: string): string | null {
    const value = text(field)
    return value === null || hasReference(value) ? value : value.toUpperCase()
  }

  function headers(field: string): readonly (readonly [string, string])[] {
    const value = get(field)
    if (value === undefined) return []
    if (!isRecord(value)) {
      report(field, `Write "${field}" as an object, for example { "Accept": "application/json" }.`)
      return []
    }
    const pairs: (readonly [string, string])[] = []
    for (const [name, held] of Object.entries(value)) {
      const values: readonly unknown[] = Array.isArray(held) ? held : [held]
      for (const one of values) {
        if (typeof one === 'string') pairs.push([name, one])
        else
          report(
            `${field}.${name}`,
            'Write the header’s value as text in quotes, or as a list of texts.',
          )
      }
    }
    return pairs
  }

  function body(field: string, pairs: (readonly [string, string])[]): string | null {
    const value = get(field)
    if (value === undefined || value === null) return null
    if (typeof value === 'string') return value
    if (!pairs.some(([name]) => name.toLowerCase() === 'content-type')) {
      pairs.push(['Content-Type', 'application/json'])
    }
    return JSON.stringify(value)
  }

  function messages(field: string): readonly string[] {
    const value = get(field)
    if (value === undefined) return []
    if (!Array.isArray(value)) {
      report(
        field,
        `Write "${field}" as a list of messages, for example ["hello", { "op": "subscribe" }].`,
      )
      return []
    }
    return value.flatMap((item: unknown, i) => {
      if (typeof item === 'string') return [item]
      if (typeof item === 'object' && item !== null) return [JSON.stringify(item)]
      report(`${field}[${i}]`, 'Write the message as text in quotes, or as a JSON object or list.')
      return []
    })
  }

  function cursor(field: string): Endpoint['cursor'] {
    const value = get(field)
    if (value === undefined) return null
    if (!isRecord(value)) {
      report(field, 'Write "cursor" as { "from": "json:next", "to": "query:since" }.')
      return null
    }
    reportUnknown(['from', 'to'], 'A cursor', value, `${field}.`)
    const from = typeof value.from === 'string' ? parseCursorSource(value.from) : null
    const to = typeof value.to === 'string' ? parseCursorTarget(value.to) : null
    if (!from) {
      report(
        `${field}.from`,
        'Say where the cursor is in the answer: "json:items[0].id" or "header:X-Cursor".',
      )
    }
    if (!to) {
      report(
        `${field}.to`,
        'Say where the cursor goes in the next request: "query:since" or "header:X-Since".',
      )
    }
    return from && to && { from, to }
  }

  function reconnect(field: string, defaultAttempts: number): number {
    const value = get(field)
    if (value === false) return 0
    if (value === undefined) return defaultAttempts
    // The profile asks for it in words, so a setting that turns it off does not hold here.
    if (value === true) return defaultAttempts || defaultReconnectAttempts
    if (!isRecord(value)) {
      report(field, 'Write "reconnect" as true, false or { "attempts": 5 }.')
      return defaultAttempts
    }
    reportUnknown(['attempts'], '"reconnect"', value, `${field}.`)
    const { attempts } = value
    if (attempts === undefined) return defaultAttempts
    if (typeof attempts === 'number' && Number.isSafeInteger(attempts) && attempts >= 0)
      return attempts
    report(`${field}.attempts`, 'Write "attempts" as a whole number, 0 or more.')
    return defaultAttempts
  }

  function allowUntrusted(field: string): boolean {
    const value = get(field)
    if (value === undefined) return false
    if (!isRecord(value)) {
      report(field, 'Write "tls" as an object, for example { "allowUntrusted": true }.')
      return false
    }
    reportUnknown(['allowUntrusted'], '"tls"', value, `${field}.`)
    const allow = value.allowUntrusted ?? false
    if (typeof allow !== 'boolean') {
      report(`${field}.allowUntrusted`, 'Write "allowUntrusted" as true or false, without quotes.')
    }
    return allow === true
  }

  return {
    problems,
    report,
    has,
    reportUnknown: (known, owner) => reportUnknown(known, owner),
    text,
    texts,
    flag,
    duration,
    requestMethod,
    headers,
    body,
    messages,
    cursor,
    reconnect,
    allowUntrusted,
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
