// The bar over the heads of the rows while several are selected: how many, over how long, how large, and what can be done.

import type { SelectedSums } from '../../shared/session/captureRows.ts'
import { allExportFormats, exportFormats } from '../../shared/session/exportFormats.ts'
import { formatCount, formatDelay, formatSize } from '../../shared/text/units.ts'
import { makeElement } from '../elements/makeElement.ts'
import { openMenu } from '../elements/menu.ts'
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
  const root = makeElement('div', 'selected-bar')
  root.role = 'toolbar'
  root.ariaLabel = 'Selected rows'
  root.hidden = true
  const told = makeElement('span', 'told')
  const copy = textButton('Copy', 'Copy the selected rows (Ctrl+C as a diagram)')
  copy.ariaHasPopup = 'menu'
  copy.append(codicon('chevron-down'))
  const compare = textButton('Difference', 'Compare the two selected rows')
  const clear = makeElement('button', 'icon')
  clear.type = 'button'
  clear.title = 'Clear the selection (Escape)'
  clear.ariaLabel = 'Clear the selection'
  clear.append(codicon('close'))
  root.append(told, copy, compare, clear)
  const spoken = makeElement('span', 'sr')
  spoken.role = 'status'
  let drawn: TimelineModel | null = null

  copy.addEventListener('click', () => {
    const model = drawn
    if (model)
      openMenu(
        copy,
        allExportFormats.map((format) => ({
          label: exportFormats[format].label,
          run: () => copyRows(model, format),
        })),
      )
  })
  compare.addEventListener('click', () =>
    root.dispatchEvent(new CustomEvent('perform', { bubbles: true, detail: 'compare-rows' })),
  )
  clear.addEventListener('click', () => {
    drawn?.selection.many.reduce()
    root.dispatchEvent(new CustomEvent('leave-selection', { bubbles: true }))
  })

  return {
    root,
    spoken,
    paint: (model) => {
      drawn = model
      const { isShown, sums, pair } = model.selection.many
      root.hidden = !isShown
      compare.hidden = pair === null
      setText(told, isShown && sums ? selectedWords(sums) : '')
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

function textButton(name: string, title: string): HTMLButtonElement {
  const made = makeElement('button', 'tool')
  made.type = 'button'
  made.textContent = name
  made.title = title
  return made
}

function codicon(name: string): HTMLElement {
  const icon = makeElement('i', `codicon codicon-${name}`)
  icon.ariaHidden = 'true'
  return icon
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text
}
