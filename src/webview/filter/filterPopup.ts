// The popup under the filter box: a mistake, or a list of what may be chosen.

import { html, nothing, type TemplateResult } from 'lit'
import '../elements/choiceList.ts'
import type { FilterDraft } from './filterDraft.ts'
import type { FilterOffers, OfferKind } from './filterOffers.ts'

/** The id of the list, by which the box names it. */
export const listId = 'filter-choices'

const listNames: Readonly<Record<OfferKind, string>> = {
  none: '',
  completion: 'Completions',
  used: 'Saved and last filters',
  examples: 'Examples',
}

/** Over what is below: nothing moves when it comes. `choose` is given the index of a choice that is clicked. */
export function filterPopup(
  { mistakes, hints }: FilterDraft,
  { kind, choices, active }: FilterOffers,
  choose: (index: number) => void,
): TemplateResult {
  const told = mistakes[0] ?? hints[0]
  return html`<div class="under ${kind}" ?hidden=${told === undefined && choices.length === 0}>
    <p id="filter-told" role="status" class=${mistakes.length > 0 ? 'mistake' : ''} ?hidden=${told === undefined}>${told === undefined ? nothing : withCode(told.message)}</p>
    ${
      choices.length === 0
        ? nothing
        : html`<lifeline-choices .choices=${choices} .active=${active} .listId=${listId} .name=${listNames[kind]}
            @choose=${({ detail }: CustomEvent<number>) => choose(detail)}></lifeline-choices>`
    }
  </div>`
}

/** What stands in backquotes is code. */
function withCode(sentence: string): readonly (string | TemplateResult)[] {
  return sentence.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))
}
