// The bar under a selected span: what is in it, and what can be done with it.

import { filterForSpan } from '../../shared/filter/filterForSpan.ts'
import type { Overview } from '../../shared/session/overview.ts'
import { createToolbar, toolButton } from '../elements/toolbar.ts'
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

  function openExports(button: HTMLElement): void {
    const one = model()
    const shown = one?.shown.filter
    if (!one || !shown) return
    openExportMenu(button, one, { ...shown, text: filterText(shown.text) }, true)
  }

  const filter = toolButton('Filter', 'Show the frames of this span only', setFilter)
  const statistics = toolButton('Statistics', 'Figures and charts of this span', () => {
    setFilter()
    root.dispatchEvent(new CustomEvent('show-statistics', { bubbles: true }))
  })
  const exportTitle = 'Copy or save the frames of this span'
  const { root, tell } = createToolbar({
    className: 'span-tools',
    name: 'Selected span',
    buttons: [filter, statistics, toolButton('Export', exportTitle, openExports, true)],
    clear,
  })

  return {
    root,
    paint(span, edges, trackPx, overview) {
      root.hidden = span === null || edges === null || overview.startAt === null
      if (span === null || edges === null || overview.startAt === null) return
      times = [span.fromAt - overview.startAt, span.untilAt - overview.startAt]
      tell(spanWords(overview, span.fromAt, span.untilAt))
      const rest = (root.parentElement?.clientWidth ?? 0) - root.offsetWidth
      root.style.left = `${Math.max(0, Math.min(edges.fromPx + trackPx, rest))}px`
    },
    focus: () => filter.focus(),
  }
}
