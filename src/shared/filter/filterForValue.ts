// The filter for frames that have this value at this place of their JSON: "Filter by this value".

import { filterLimits } from '../limits.ts'
import type { JsonPath } from '../text/jsonPath.ts'
import { formatFilter } from './formatFilter.ts'

/**
 * `source`: the value as the JSON has it, text in its quotes; of an object or a list it is asked whether there is one. Null
 * where there is nothing to ask, or the value is too long for a filter.
 */
export function filterForValue(path: JsonPath, source: string): string | null {
  if (source.length > filterLimits.chars) return null
  if (/^[{[]/.test(source))
    return path.length === 0 ? null : formatFilter({ kind: 'json', path, test: null })
  const quoted = source.startsWith('"')
  const text = quoted ? String(JSON.parse(source)) : source
  return formatFilter({ kind: 'json', path, test: { is: '=', value: { text, quoted } } })
}
