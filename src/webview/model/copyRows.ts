// Copies the selected rows as text of a format.

import type { ExportFormat } from '../../shared/session/exportFormats.ts'
import { spanOf } from './manyRows.ts'
import type { TimelineModel } from './timelineModel.ts'

/** The active row where it alone is selected. Says so where none is, or none of them is shown. */
export function copyRows(model: TimelineModel, format: ExportFormat): void {
  const { actions, api, selected, selection, shown } = model
  const { spans, isShown } = selection.many
  const within = spans ?? (selected.row && [spanOf(selected.row)])
  if (within === null) model.report('Select a row first.')
  else if (spans !== null && !isShown) model.report('No selected row is shown.')
  else void actions.run(api.copySelected(format, shown.filter, within))
}
