// Headers and query parameters as a profile has them: an object of names, with a value or a list of values each.

import type { NamedValues } from '../../text/namedValues.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import type { MapText, TextRole } from '../shapes/textRole.ts'

/** The field `headers`, with a content type for a `body` of JSON where they have none. */
export function readHeaders(read: FieldReader): NamedValues {
  const headers = read.headers('headers')
  const body = read.value('body') ?? ''
  if (typeof body === 'string') return headers
  if (headers.some(([name]) => name.toLowerCase() === 'content-type')) return headers
  return [...headers, ['Content-Type', 'application/json']]
}

/** Undefined without any. */
export function formatPairs(pairs: NamedValues): Record<string, unknown> | undefined {
  if (pairs.length === 0) return undefined
  const grouped = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const values = grouped.get(name)
    if (values) values.push(value)
    else grouped.set(name, [value])
  }
  return Object.fromEntries(
    [...grouped].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}

/** Names and values. */
export function mapPairs(
  pairs: NamedValues,
  field: string,
  map: MapText,
  role: TextRole,
): NamedValues {
  return pairs.map(([name, value]) => {
    const path = `${field}.${name}`
    return [map(name, path, role), map(value, path, role)] as const
  })
}
