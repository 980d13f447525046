// A path into JSON as JavaScript reads it.

import type { JsonPath } from '../../shared/text/jsonPath.ts'

/** `data.items[3]["a b"]`. */
export function formatAccess(path: JsonPath): string {
  return `data${path.map(stepOf).join('')}`
}

function stepOf(step: JsonPath[number]): string {
  if (typeof step === 'number') return `[${step}]`
  const name = step ?? ''
  // A name of more letters than these needs no brackets either; with them it is right in any case.
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}
