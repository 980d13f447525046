// Puts the lifelines where the columns beside them leave off.

import { type ColumnNeeds, columnsFor } from './columns.ts'
import { letterPx } from './letterPx.ts'

/** `root` is as wide as the rows and holds all that stands in columns; `viewport` has the rows' font. */
export function createColumnPlacer(
  root: HTMLElement,
  viewport: HTMLElement,
): (needs: ColumnNeeds) => void {
  let letter = 0
  return (needs) => {
    // A page whose font changes is loaded anew.
    letter ||= letterPx(viewport)
    const { clientPx, serverPx, notePx } = columnsFor(viewport.clientWidth, letter, needs)
    root.style.setProperty('--client', `${clientPx}px`)
    root.style.setProperty('--server', `${serverPx}px`)
    root.style.setProperty('--note', `${notePx}px`)
  }
}
