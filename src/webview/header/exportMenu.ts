// The menu that copies or saves frames of the timeline.

import type { RowFilter } from '../../shared/session/captureRows.ts'
import {
  allExportFormats,
  exportFormats,
  savedExportFormats,
} from '../../shared/session/exportFormats.ts'
import { openMenu } from '../elements/menu.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/**
 * Under `button`, for the frames of `filter`. `chosen`: the user has chosen them: nothing is asked, and a
 * capture, which holds all frames, is not offered.
 */
export function openExportMenu(
  button: HTMLElement,
  { actions, api }: Pick<TimelineModel, 'actions' | 'api'>,
  filter: RowFilter,
  chosen = false,
): void {
  openMenu(button, [
    ...allExportFormats.map((format) => ({
      label: `Copy: ${exportFormats[format].label}`,
      run: () => actions.run(api.copyExport(format, filter, chosen)),
    })),
    ...savedExportFormats.map((format) => ({
      label: `Save: ${exportFormats[format].label}…`,
      run: () => actions.run(api.saveExport(format, filter, chosen)),
    })),
    ...(chosen
      ? []
      : [
          {
            label: 'Save: Lifeline capture…',
            run: () => actions.run(api.saveExport('capture', filter, false)),
          },
        ]),
  ])
}
