// Compares the two rows that are selected: in the detail, or in the diff editor where the active row has no tabs.

import type { TimelineModel } from '../model/timelineModel.ts'
import { isComparable } from './comparable.ts'
import type { FrameDetail } from './frameDetail.ts'

/** Says so where not exactly two rows are selected, or one has nothing to compare. `open`: the detail. */
export async function compareRows(
  model: TimelineModel,
  open: () => Promise<void>,
  detail: () => FrameDetail | null,
): Promise<void> {
  const { api, actions, selected, selection } = model
  const { pair } = selection.many
  if (pair === null) return model.report('Select two rows first: the second one with Ctrl held.')
  if (!pair.every(isComparable)) return model.report('Select two rows that have a payload.')
  if (selected.row === null || selected.row.fold?.open === false) {
    const [older, newer] = pair
    await actions.run(api.openDifference(older.frame.seq, newer.frame.seq))
    return
  }
  await open()
  detail()?.showDifference()
}
