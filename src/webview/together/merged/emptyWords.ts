// The sentence in the place of the merged rows that says why there are none.

import type { Lane } from '../../lanes/lane.ts'

/** `there`: rows that there are. */
export function emptyWords(lanes: readonly Lane[], there: number): string {
  const models = lanes.map(({ model }) => model)
  if (models.some(({ session }) => session === null)) return 'Loading the sessions.'
  if (there > 0) return 'Loading rows.'
  if (models.some(({ shown }) => shown.search.isOpen)) return 'Searching.'
  const text = models[0]?.shown.filter.text ?? ''
  if (text !== '') return `No frame matches “${text}”. Empty the filter to see all.`
  if (models.some(({ shown }) => shown.filter.afterSeq > 0))
    return 'The frames that there were are cleared away. New ones will show here.'
  return 'Nothing has crossed the wire yet.'
}
