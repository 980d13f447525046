// The guess of what an item is, from the fields that the threads of the sessions tell: made again while more comes.

import type { TimelineApi } from '../../../shared/calls/messages.ts'
import { guessByFields } from '../../../shared/comparison/guessPlaces.ts'
import type { ItemPlaces } from '../../../shared/comparison/itemPlaces.ts'
import type { AnalysisScope, FieldsAnswer } from '../../../shared/session/analysisResults.ts'

type Reading = Pick<TimelineApi, 'analysis'>

export interface PlaceGuess {
  readonly places: ItemPlaces | null
  /** Asks all sessions, while another answer is possible. Rejects as `analysis` does. */
  look(apis: readonly Reading[]): Promise<void>
}

/** Payloads of all sessions with which a guess stays. */
const enoughSamples = 400

export function createPlaceGuess(): PlaceGuess {
  let places: ItemPlaces | null = null
  let settled = false

  return {
    get places() {
      return places
    },
    async look(apis) {
      if (settled) return
      const all = await fieldsOf(apis, { afterSeq: 0 })
      const starts = all.flatMap(({ startAt }) => startAt ?? [])
      if (starts.length < 2) return
      // What they brought since the last of them began; where that is too little, what each began with.
      const sinceAt = Math.max(...starts)
      const since = await fieldsOf(apis, { afterSeq: 0, sinceAt })
      const guess = (answers: readonly FieldsAnswer[]) =>
        guessByFields(answers.map(({ fields }) => fields))
      places = guess(since) ?? guess(all) ?? places
      const samples = since.reduce((sum, answer) => sum + answer.samples, 0)
      const areFull = (answers: readonly FieldsAnswer[]) => answers.every(({ isFull }) => isFull)
      const isFull = areFull(all) && (places !== null || areFull(since))
      settled = isFull || (places !== null && samples >= enoughSamples)
    },
  }
}

function fieldsOf(
  apis: readonly Reading[],
  scope: AnalysisScope,
): Promise<readonly FieldsAnswer[]> {
  return Promise.all(apis.map(async (api) => (await api.analysis('itemFields', scope)).result))
}
