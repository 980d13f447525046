// The sentence under a form, and the sentences that both forms use.

import { formatCount } from '../../shared/text/units.ts'
import { type CallProblem, callOffers, type Offer } from '../model/callProblem.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

export interface Hint {
  readonly text: string
  readonly tone: '' | 'good' | 'warning' | 'error'
  /** Stand behind the sentence. */
  readonly offers?: readonly Offer[]
}

/** Tells that the form holds a saved entry unchanged. */
export function savedHint(name: string): Hint {
  return { text: `“${name}”, as saved in the profile`, tone: 'good' }
}

/** Tells that what was made of a frame is sent with the values that its references stand for. */
export function filledHint(of: number): Hint {
  const text = `References to secrets are filled in as in #${formatCount(of)}`
  return { text, tone: 'good' }
}

/** Of a call that failed, with what can be done about it. */
export function problemHint({ text, code }: CallProblem, model: TimelineModel): Hint {
  return { text, tone: 'error', offers: callOffers(model, code) }
}

/** References that were typed stay as they are; this says so. */
export function unfilledReferences(what: 'message' | 'request'): string {
  return `References such as \${secret:name} are filled in only in a saved ${what} that was not changed.`
}
