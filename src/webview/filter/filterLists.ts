// The lists under the filter box: completion, filters that were used, examples.

import type { SavedFilter } from '../../shared/endpoint/endpoint.ts'
import {
  type FilterRow,
  fieldRows,
  flagRows,
  joinRows,
  jsonRows,
  textRows,
} from '../../shared/filter/filterTable.ts'
import type { FilterChoice } from './completeFilter.ts'
import { plainSentence } from './plainSentence.ts'

const exampleGroups: readonly (readonly [string, readonly FilterRow[]])[] = [
  ['Text', textRows],
  ['Frames', [...Object.values(fieldRows), ...Object.values(flagRows)]],
  ['JSON', jsonRows],
  ['Together', joinRows],
]

/** Each is added to `text`. */
export function exampleChoices(text: string): readonly FilterChoice[] {
  const before = text.trim() === '' ? '' : ' '
  const place = { from: text.trimEnd().length, to: text.length }
  return exampleGroups.flatMap(([group, rows]) =>
    rows.map(({ example, sentence }, index) => ({
      label: example,
      detail: plainSentence(sentence),
      insert: `${before}${example}`,
      ...place,
      ...(index === 0 && { group }),
    })),
  )
}

/** Those of the profile, then the last ones that are none of them. Each takes the place of `text`. */
export function usedChoices(
  text: string,
  saved: readonly SavedFilter[],
  last: readonly string[],
): readonly FilterChoice[] {
  const place = { from: 0, to: text.length }
  const others = last.filter((filter) => saved.every((one) => one.filter !== filter))
  return [
    ...saved.map(({ name, filter }, index) => ({
      label: name,
      ...(name !== filter && { detail: filter }),
      insert: filter,
      ...place,
      ...(index === 0 && { group: 'Saved with the profile' }),
    })),
    ...others.map((filter, index) => ({
      label: filter,
      insert: filter,
      ...place,
      ...(index === 0 && { group: 'Last filters' }),
    })),
  ]
}
