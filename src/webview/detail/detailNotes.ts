// The parts of the detail that lead to rows which are not shown: those of a fold, and one that is hidden.

import { html, nothing, type TemplateResult } from 'lit'
import type { Fold } from '../../shared/session/captureRows.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { foldFacts } from './foldFacts.ts'

/** `startedAt`: epoch ms of its first frame. */
export function foldBody(model: TimelineModel, fold: Fold, startedAt: number): TemplateResult {
  return html`<dl class="facts">${foldFacts(fold, startedAt).map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    <p class="fold-action"><button type="button" class="link" @click=${() => model.setFolded(fold.firstSeq, false)}>Show each of them</button></p>`
}

/** Nothing where the row of the selected frame is shown. */
export function hiddenNote({
  selected,
  selection,
}: TimelineModel): TemplateResult | typeof nothing {
  if (selected.hidden !== true) return nothing
  return html`<p class="hidden-row" role="status">The row of this frame is not shown.
    <button type="button" class="link" @click=${() => void selection.unhide()}>Show it</button></p>`
}
