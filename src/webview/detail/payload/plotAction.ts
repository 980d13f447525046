// The act on a number of the payload's tree that draws it over time.

import type { FrameWithPreview } from '../../../shared/frame/frame.ts'
import type { TreeAction, TreePlace } from '../../json/treeAction.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'

export function plotAction(model: Pick<TimelineModel, 'plots'>, row: FrameWithPreview): TreeAction {
  return {
    name: 'Plot',
    title: 'Draw this number over time, of all frames like this one',
    fits: (place) => isNumber(place) && model.plots.canAdd(place.path, row),
    run: ({ path }) => model.plots.add(path, row),
  }
}

/** Text that is a number counts as one. */
function isNumber({ node: { kind, source } }: TreePlace): boolean {
  return kind === 'number' || (kind === 'string' && /^"-?\d+(\.\d+)?"$/.test(source))
}
