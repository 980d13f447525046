// Facts about a row, for its native menu.

import { hasPayload } from '../../shared/frame/frame.ts'
import { frameType } from '../../shared/frame/frameType.ts'
import { menuContext } from '../elements/menuContext.ts'
import { jsonTypeOf } from '../model/jsonTypeOf.ts'
import { actsOf } from '../model/rowActs.ts'
import { timelineFacts } from '../model/timelineFacts.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** For `data-vscode-context`: of the selected row, or where none is, of the timeline. */
export function rowMenu(
  model: Pick<TimelineModel, 'selected' | 'session' | 'selection' | 'bookmarks'>,
): string {
  const { row } = model.selected
  if (row === null) return menuContext('timeline', timelineFacts(model))
  const { frame } = row
  const { again, edit, keep, pair: isPaired } = actsOf(row, model.session?.status.method)
  const { spans, pair } = model.selection.many
  return menuContext('rows', {
    lifelinePayload: hasPayload(frame),
    lifelineType: frameType(frame, jsonTypeOf(row)) !== null,
    lifelineConnection: frame.connection > 0,
    lifelineSendAgain: again,
    lifelineEdit: edit,
    lifelineKeep: keep,
    lifelinePair: isPaired,
    lifelineBookmark: model.bookmarks.of(frame.seq) !== undefined,
    lifelineSelected: pair !== null ? 'two' : spans === null ? 'one' : 'many',
  })
}

/** The menu opens on a row: it is about all that are selected where the row is one of them, or about the row alone. */
export function chooseForMenu({ selection, shown }: TimelineModel, index: number): void {
  if (index < shown.total && !selection.many.has(shown.rows.row(index)))
    selection.selectIndex(index)
}
