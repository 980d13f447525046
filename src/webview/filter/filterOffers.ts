// Offers of the list under the filter box, and which of them is active.

import type { SavedFilter } from '../../shared/endpoint/endpoint.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { ConnectionRow } from '../../shared/session/connections.ts'
import { completeFilter, type FilterChoice } from './completeFilter.ts'
import { exampleChoices, usedChoices } from './filterLists.ts'
import { knownValues } from './knownValues.ts'

export type OfferKind = 'none' | 'completion' | 'used' | 'examples'

export interface OffersOptions {
  readonly text: () => string
  readonly caret: () => number
  /** Those in view. */
  readonly rows: () => readonly Row[]
  /** Those that are listed. */
  readonly connections: () => readonly ConnectionRow[]
  /** With the profile. */
  readonly saved: () => readonly SavedFilter[]
  /** Filters that were used, the latest first. */
  readonly last: () => readonly string[]
  readonly changed: () => void
}

export class FilterOffers {
  /** `none` where there is nothing to choose from. */
  kind: OfferKind = 'none'
  choices: readonly FilterChoice[] = []
  /** -1: none is. */
  active = -1
  readonly #options: OffersOptions

  constructor(options: OffersOptions) {
    this.#options = options
  }

  /** There are filters that were saved or used. */
  get hasUsed(): boolean {
    return this.#choicesOf('used', false).length > 0
  }

  /** `all`: completion is wanted though nothing has been typed. */
  offer(kind: OfferKind, all = false): void {
    this.choices = this.#choicesOf(kind, all)
    this.kind = this.choices.length === 0 ? 'none' : kind
    this.active = -1
    this.#options.changed()
  }

  activate(index: number): void {
    this.active = index
    this.#options.changed()
  }

  #choicesOf(kind: OfferKind, all: boolean): readonly FilterChoice[] {
    const { text, caret, rows, connections, saved, last } = this.#options
    const offers: Readonly<Record<OfferKind, () => readonly FilterChoice[]>> = {
      none: () => [],
      completion: () => completeFilter(text(), caret(), knownValues(rows(), connections()), all),
      used: () => usedChoices(text(), saved(), last()),
      examples: () => exampleChoices(text()),
    }
    return offers[kind]()
  }
}
