// The filter for frames that have this value at this place of their JSON: "Filter by this value".

import { formatFilter } from './formatFilter.ts'
import { readJsonPath } from './jsonPathText.ts'

/**
 * `path`: as profiles write it, `$.items[0].id`. `source`: the value as the JSON has it, text in its quotes; of an object
 * or a list it is asked whether there is one. Null where the path is none.
 */
export function filterForValue(path: string, source: string): string | null {
  const read = readJsonPath(path, 0)
  if (!path.startsWith('$') || read.end !== path.length) return null
  if (/^[{[]/.test(source)) {
    return read.path.length === 0
      ? null
      : formatFilter({ kind: 'json', path: read.path, test: null })
  }
  const value = source.startsWith('"')
    ? { text: textOf(source), quoted: true }
    : { text: source, quoted: false }
  return formatFilter({ kind: 'json', path: read.path, test: { is: '=', value } })
}

function textOf(source: string): string {
  try {
    return String(JSON.parse(source))
  } catch {
    // It was cut: what is there of it.
    return source.slice(1)
  }
}
