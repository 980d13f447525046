// Tells from JSON text how deep it nests: taking apart what is very deep takes seconds, and writing it again fails.

import { jsonStringEnd } from './jsonStringEnd.ts'

/** Whether brackets stand within brackets more than `depth` deep. The text may be broken JSON. */
export function nestsDeeper(json: string, depth: number): boolean {
  let open = 0
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') at = jsonStringEnd(json, at)
    else if (character === '[' || character === '{') open++
    else if (character === ']' || character === '}') open--
    if (open > depth) return true
  }
  return false
}
