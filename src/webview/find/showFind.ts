// Joins the find bar and the go-to box to the rows that they are over.

import type { TimelineModel } from '../model/timelineModel.ts'
import type { FindBar } from './findBar.ts'
import { Finder } from './finder.ts'
import type { GoToBox } from './goToBox.ts'

export interface FindParts {
  /** Marks the rows. */
  readonly bar: FindBar
  readonly goTo: GoToBox
}

/** Puts them over the rows. */
export function showFind({ bar, goTo }: FindParts, rows: HTMLElement, model: TimelineModel): void {
  const finder = new Finder(model, () => model.redraw())
  bar.finder = finder
  model.marks = finder
  model.onChange(() => {
    finder.refresh()
    bar.requestUpdate()
  })
  goTo.model = model
  rows.append(bar, goTo)
}
