// The bar under a selected span: what is in it, and what can be done with it.

import { filterForSpan } from '../../shared/filter/filterForSpan.ts'
import type { Overview } from '../../shared/session/overview.ts'
import { makeElement } from '../elements/makeElement.ts'
import { openExportMenu } from '../header/exportMenu.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { Edges, TimeSpan } from './seenSpan.ts'
import { spanWords } from './stripWords.ts'

export interface SpanTools {
  readonly root: HTMLElement
  /** Null where no span is selected. `edges`: of the span, in pixels of the track, which begins at `trackPx`. */
  paint(span: TimeSpan | null, edges: Edges | null, trackPx: number, overview: Overview): void
  /** On the first of its buttons. */
  focus(): void
}

export interface SpanToolsParts {
  readonly model: () => TimelineModel | null
  readonly clear: () => void
}

export function createSpanTools({ model, clear }: SpanToolsParts): SpanTools {
  const root = makeElement('div', 'span-tools')
  root.role = 'toolbar'
  root.ariaLabel = 'Selected span'
  root.hidden = true
  const told = makeElement('span', 'told')
  const filter = textButton('Filter', 'Show the frames of this span only')
  const statistics = textButton('Statistics', 'Figures and charts of this span')
  const exports = textButton('Export', 'Copy or save the frames of this span')
  exports.ariaHasPopup = 'menu'
  const close = makeElement('button', 'icon')
  close.type = 'button'
  close.title = 'Clear the selection'
  close.ariaLabel = close.title
  const icon = makeElement('i', 'codicon codicon-close')
  icon.ariaHidden = 'true'
  close.append(icon)
  root.append(told, filter, statistics, exports, close)
  /** In ms since the session's start. */
  let times: readonly [number, number] | null = null

  function filterText(text: string): string {
    return times === null ? text : filterForSpan(text, ...times)
  }

  function setFilter(): void {
    const { shown } = model() ?? {}
    shown?.setText(filterText(shown.filter.text))
    clear()
  }

  filter.addEventListener('click', setFilter)
  statistics.addEventListener('click', () => {
    setFilter()
    root.dispatchEvent(new CustomEvent('show-statistics', { bubbles: true }))
  })
  exports.addEventListener('click', () => {
    const one = model()
    const shown = one?.shown.filter
    if (!one || !shown) return
    openExportMenu(exports, one, { ...shown, text: filterText(shown.text) }, true)
  })
  close.addEventListener('click', clear)

  return {
    root,
    paint(span, edges, trackPx, overview) {
      root.hidden = span === null || edges === null || overview.startAt === null
      if (span === null || edges === null || overview.startAt === null) return
      times = [span.fromAt - overview.startAt, span.untilAt - overview.startAt]
      const words = spanWords(overview, span.fromAt, span.untilAt)
      if (told.textContent !== words) told.textContent = words
      const rest = (root.parentElement?.clientWidth ?? 0) - root.offsetWidth
      root.style.left = `${Math.max(0, Math.min(edges.fromPx + trackPx, rest))}px`
    },
    focus: () => filter.focus(),
  }
}

function textButton(name: string, title: string): HTMLButtonElement {
  const made = makeElement('button', 'tool')
  made.type = 'button'
  made.textContent = name
  made.title = title
  return made
}
