// Acts on a value of the payload's tree that concern the rows: each is a button in its line.

import { bothFilters } from '../../../shared/filter/bothFilters.ts'
import { filterForValue } from '../../../shared/filter/filterForValue.ts'
import { parseFilter } from '../../../shared/filter/parseFilter.ts'
import type { FrameWithPreview } from '../../../shared/frame/frame.ts'
import type { TreeAction, TreePlace } from '../../json/treeAction.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { fieldActions } from './fieldActions.ts'
import { plotAction } from './plotAction.ts'

/** A longer value makes no filter that can be read. */
const maxValueChars = 1000

/** In the order in which they stand. */
export function valueActions(model: TimelineModel, row: FrameWithPreview): readonly TreeAction[] {
  return [...fieldActions(model.fields), filterByValue(model), plotAction(model, row)]
}

/** Shows only the frames that have the same there, of those that are shown. */
export function filterByValue({ shown }: Pick<TimelineModel, 'shown'>): TreeAction {
  return {
    name: 'Filter',
    title: 'Filter by this value',
    fits: (place) => nextFilter(shown.filter.text, place) !== null,
    run(place) {
      const next = nextFilter(shown.filter.text, place)
      if (next !== null) shown.setText(next)
    },
  }
}

/** Null where it would leave the rows as they are, or be more than a filter may be. */
function nextFilter(text: string, { node, path }: TreePlace): string | null {
  if (path.length === 0 || node.count > 0 || node.end - node.start > maxValueChars) return null
  const added = filterForValue(path, node.source)
  if (added === null || text === added || text.endsWith(` ${added}`)) return null
  const next = bothFilters(text, added)
  return parseFilter(next).mistakes.length > 0 ? null : next
}
