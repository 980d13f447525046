// The frames of the page with what stands under the last of them: the panel that says why a session does not go on.

import { visibleLine } from '../../shared/text/visibleText.ts'
import { FailureView } from '../detail/failureView.ts'
import type { LanesView } from '../lanes/lanesView.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { RowsView } from '../rows/rowsView.ts'

/** Has the rows draw the model, with the panel, which comes and goes with its failure and leaves out what a row says in full. */
export function showRows(rows: RowsView, model: TimelineModel): void {
  rows.model = model
  const panel = failurePanel(model)
  rows.hold(panel, () => {
    const { failure } = model
    panel.failure = failure
    // One that comes and goes keeps its height.
    panel.told = failure?.passing === null && rows.shows(failure.seq, visibleLine(failure.sentence))
  })
}

/** The same panel at the lower edge of the true-to-time layout. */
export function showFailure(lanes: LanesView, model: TimelineModel): void {
  const panel = failurePanel(model)
  lanes.append(panel)
  model.onChange(() => {
    panel.failure = model.failure
  })
}

function failurePanel(model: TimelineModel): FailureView {
  const panel = new FailureView()
  panel.model = model
  return panel
}
