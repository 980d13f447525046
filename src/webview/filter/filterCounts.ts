// The counts beside a filter, and what can be done with it: empty it, save it with the profile.

import { html, nothing, type TemplateResult } from 'lit'
import { isStopped, stopSearch } from '../model/stopSearch.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { FilterDraft } from './filterDraft.ts'
import { foundWords } from './foundWords.ts'

export interface FilterCounts {
  readonly model: TimelineModel
  /** The search has gone on for a while. */
  readonly slow: boolean
  readonly draft: FilterDraft
  readonly empty: () => void
}

/** Of a box that is not empty. */
export function filterCounts({ model, slow, draft, empty }: FilterCounts): TemplateResult {
  const { shown } = model
  const { text } = shown.filter
  return html`<span class="found" title="Frames that match, of all that could be shown">${text === '' ? '' : foundWords(model, slow)}</span>
    ${canSave(model) ? iconButton('save', 'Save this filter with the profile…', () => draft.applyOrTell() && saveFilter(model)) : nothing}
    ${isStopped(shown) ? iconButton('debug-continue', 'Search on', () => stopSearch(model, false)) : nothing}
    ${slow && !isStopped(shown) ? iconButton('debug-stop', 'Stop the search; what was found stays (Escape)', () => stopSearch(model, true)) : nothing}
    ${iconButton('close', 'Empty the filter', empty)}`
}

function iconButton(icon: string, name: string, press: () => unknown): TemplateResult {
  return html`<button type="button" class="icon ${icon}" title=${name} aria-label=${name} @click=${press}>
    <i class="codicon codicon-${icon}" aria-hidden="true"></i></button>`
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
