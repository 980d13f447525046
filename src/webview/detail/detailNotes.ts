// The parts of the detail that lead to rows which are not shown: those of a fold, and one that is hidden.

import { html, nothing, type TemplateResult } from 'lit'
import type { Fold, Row } from '../../shared/session/captureRows.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { foldFacts, foldTitles } from './foldFacts.ts'
import { placeButtons } from './headButtons.ts'

function foldBody({ model, row }: FoldedDetail, fold: Fold): TemplateResult {
  return html`<dl class="facts">${foldFacts(fold, row.frame).map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
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

interface FoldedDetail {
  readonly model: TimelineModel
  readonly row: Row
  readonly stacked: boolean | null
}

/** The detail of a folded run, drawn in `detail`. */
export function foldDetail(detail: EventTarget & FoldedDetail, fold: Fold): TemplateResult {
  const { title, tab } = foldTitles[fold.what]
  return html`<section class="detail" aria-label=${title}>
    <div class="detail-head">
      <div role="tablist" aria-label="Detail"><button type="button" role="tab" aria-selected="true" aria-controls="detail-panel">${tab}</button></div>
      <div class="places">${placeButtons(detail, detail.stacked)}</div>
    </div>
    <div class="detail-body" role="tabpanel" id="detail-panel">
      ${foldBody(detail, fold)}
    </div>
  </section>`
}
