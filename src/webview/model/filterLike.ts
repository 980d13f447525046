// Narrows the rows to those that are like the selected one.

import { type FrameLikeness, filterForFrame } from '../../shared/filter/filterForFrame.ts'
import { parseFilter } from '../../shared/filter/parseFilter.ts'
import { jsonTypeOf } from './jsonTypeOf.ts'
import type { TimelineModel } from './timelineModel.ts'

/** What is not there, of a frame that has none. */
const lacking: Readonly<Record<FrameLikeness, string>> = {
  kind: 'kind',
  type: 'type',
  direction: 'direction',
  connection: 'connection',
  before: 'time',
  after: 'time',
}

/** Says so where no frame is selected, or it has no such thing. */
export async function filterLike(model: TimelineModel, likeness: FrameLikeness): Promise<void> {
  const { seq, row } = model.selected
  if (seq === null) return model.report('Select a frame first.')
  const found = row ?? (await model.actions.related(seq))?.row
  const startedAt = model.status?.startedAt ?? null
  if (!found || startedAt === null) return
  const { frame } = found
  const { text } = model.shown.filter
  const next = filterForFrame(text, likeness, { frame, jsonType: jsonTypeOf(found), startedAt })
  if (next === null) model.report(`Frame #${seq} has no ${lacking[likeness]} to filter by.`)
  else if (parseFilter(next).mistakes.length === 0) model.shown.setText(next)
}
