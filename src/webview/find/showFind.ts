// Joins the find bar to the rows that it is over.

import type { TimelineModel } from '../model/timelineModel.ts'
import type { FindBar } from './findBar.ts'
import { Finder } from './finder.ts'

/** Puts the bar over the rows, which it marks. */
export function showFind(bar: FindBar, rows: HTMLElement, model: TimelineModel): void {
  const finder = new Finder(model, () => model.redraw())
  bar.finder = finder
  model.marks = finder
  model.onChange(() => {
    finder.refresh()
    bar.requestUpdate()
  })
  rows.append(bar)
}
