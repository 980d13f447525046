// The bar over the heads of the rows while several are selected: how many, over how long, how large, and what can be done.

import type { SelectedSums } from '../../shared/session/captureRows.ts'
import { allExportFormats, exportFormats } from '../../shared/session/exportFormats.ts'
import { formatCount, formatDelay, formatSize } from '../../shared/text/units.ts'
import { makeElement } from '../elements/makeElement.ts'
import { openMenu } from '../elements/menu.ts'
import { createToolbar, toolButton } from '../elements/toolbar.ts'
import { copyRows } from '../model/copyRows.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

export interface SelectedBar {
  /** It fires `perform` with `compare-rows`, and `leave-selection` once only the active row is selected. */
  readonly root: HTMLElement
  /** What tells a screen reader. */
  readonly spoken: HTMLElement
  paint(model: TimelineModel): void
}

export function createSelectedBar(): SelectedBar {
  let drawn: TimelineModel | null = null
  const compare = toolButton('Difference', 'Compare the two selected rows', () =>
    root.dispatchEvent(new CustomEvent('perform', { bubbles: true, detail: 'compare-rows' })),
  )
  const title = 'Copy the selected rows (Ctrl+C as a diagram)'
  const { root, tell } = createToolbar({
    className: 'selected-bar',
    name: 'Selected rows',
    buttons: [toolButton('Copy', title, (button) => openCopyMenu(button, drawn), true), compare],
    clear: () => {
      drawn?.selection.many.reduce()
      root.dispatchEvent(new CustomEvent('leave-selection', { bubbles: true }))
    },
  })
  const spoken = makeElement('span', 'sr')
  spoken.role = 'status'

  return {
    root,
    spoken,
    paint: (model) => {
      drawn = model
      const { isShown, sums, pair } = model.selection.many
      root.hidden = !isShown
      compare.hidden = pair === null
      tell(isShown && sums ? selectedWords(sums) : '')
      if (!isShown) setText(spoken, '')
      else if (sums && !sums.partial) setText(spoken, rowsWords(sums))
    },
  }
}

/** `12 rows selected · 34 ms · 1.2 kB`; `…` behind what is still counted. */
export function selectedWords(sums: SelectedSums): string {
  const { frames, rows, spanMs, sizeBytes, partial } = sums
  const parts = [
    rowsWords(sums),
    ...(frames > rows ? [`${formatCount(frames)} frames`] : []),
    ...(rows > 1 ? [formatDelay(spanMs)] : []),
    formatSize(sizeBytes),
  ]
  return parts.join(' · ') + (partial ? '…' : '')
}

function rowsWords({ rows }: SelectedSums): string {
  return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'} selected`
}

function openCopyMenu(button: HTMLElement, model: TimelineModel | null): void {
  if (!model) return
  openMenu(
    button,
    allExportFormats.map((format) => ({
      label: exportFormats[format].label,
      run: () => copyRows(model, format),
    })),
  )
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text
}
