// The counts beside a filter, and what can be done with it: empty it, save it with the profile.

import { html, nothing, type TemplateResult } from 'lit'
import { iconButton, searchButton } from '../elements/iconButton.ts'
import { searchOn, stopSearch } from '../model/stopSearch.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { FilterDraft } from './filterDraft.ts'
import { foundWords } from './foundWords.ts'

export interface FilterCounts {
  readonly model: TimelineModel
  readonly draft: FilterDraft
  readonly empty: () => void
}

/** Of a box that is not empty. */
export function filterCounts({ model, draft, empty }: FilterCounts): TemplateResult {
  const { filter, search } = model.shown
  const { text } = filter
  const { isSlow, isStopped } = search
  return html`<span class="found" title="Frames that match, of all that could be shown">${text === '' ? '' : foundWords(model)}</span>
    ${canSave(model) ? iconButton({ icon: 'save', name: 'Save this filter with the profile…', press: () => draft.applyOrTell() && saveFilter(model) }) : nothing}
    ${searchButton({ isSlow, isStopped, stop: () => stopSearch(model), goOn: () => searchOn(model) })}
    ${iconButton({ icon: 'close', name: 'Empty the filter', press: empty })}`
}

/** Not one that is saved already. */
function canSave({ session, shown }: TimelineModel): boolean {
  const { text } = shown.filter
  return text !== '' && session?.filters.every(({ filter }) => filter !== text) === true
}

/** The host asks for its name, and may be told none: what is saved then is asked of it again. */
function saveFilter(model: TimelineModel): void {
  const saving = async () => {
    await model.api.keepFilter(model.shown.filter.text)
    await model.hydrate()
  }
  model.actions.run(saving())
}
