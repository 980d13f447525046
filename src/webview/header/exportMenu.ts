// The menu that copies or saves frames of the timeline.

import type { RowFilter } from '../../shared/session/captureRows.ts'
import { allExportFormats, exportFormats } from '../../shared/session/exportFormats.ts'
import { openMenu } from '../elements/menu.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** Under `button`, for the frames of `filter`. */
export function openExportMenu(
  button: HTMLElement,
  { actions, api }: Pick<TimelineModel, 'actions' | 'api'>,
  filter: RowFilter,
): void {
  openMenu(button, [
    ...allExportFormats.map((format) => ({
      label: `Copy: ${exportFormats[format].label}`,
      run: () => actions.run(api.copyExport(format, filter)),
    })),
    ...allExportFormats.map((format) => ({
      label: `Save: ${exportFormats[format].label}…`,
      run: () => actions.run(api.saveExport(format, filter)),
    })),
    {
      label: 'Save: Lifeline capture…',
      run: () => actions.run(api.saveExport('capture', filter)),
    },
  ])
}
