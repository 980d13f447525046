// Completion of JSON that is being typed: names and words that messages of the session had in the same place.

import type { Choice } from '../elements/choice.ts'
import { type JsonSpot, jsonSpot } from './jsonSpot.ts'
import type { SeenJson } from './seenJson.ts'

export interface JsonChoice extends Choice {
  /** Stands in the place of the text from `from` to `to`. */
  readonly insert: string
  readonly from: number
  readonly to: number
}

/** So many are looked at. */
const mostChoices = 30

/** Empty where nothing fits. With `all`, also where no letter has been typed yet. */
export function completeJson(
  text: string,
  caret: number,
  seen: SeenJson,
  all = false,
): readonly JsonChoice[] {
  const spot = jsonSpot(text, caret)
  if (spot === null || (spot.typed === '' && !spot.quoted && !all)) return []
  const choices = spot.kind === 'key' ? keyChoices(spot, seen) : wordChoices(spot, seen)
  return choices.slice(0, mostChoices)
}

function keyChoices({ path, typed, keys, from, to, followed }: JsonSpot, seen: SeenJson) {
  return seen
    .keysAt(path)
    .filter(({ name }) => begins(name, typed) && !keys.includes(name))
    .map(({ name, holds, onlyCame }) => ({
      label: name,
      detail: onlyCame ? `${holds}, received` : holds,
      insert: `${JSON.stringify(name)}${followed ? '' : ': '}`,
      from,
      to,
    }))
}

function wordChoices({ path, typed, from, to }: JsonSpot, seen: SeenJson) {
  return seen
    .wordsAt(path)
    .filter((word) => begins(word.slice(1, -1), typed) && word.slice(1, -1) !== typed)
    .map((word) => ({ label: word, insert: word, from, to }))
}

function begins(whole: string, typed: string): boolean {
  return whole.toLowerCase().startsWith(typed.toLowerCase())
}
