// Paints the lanes: the canvas, their heads, and what a screen reader hears.

import { onThemeChange } from '../elements/onThemeChange.ts'
import { emptySentence } from '../rows/emptySentence.ts'
import { rowMenu } from '../rows/rowMenu.ts'
import { spokenMarks } from '../rows/spokenMarks.ts'
import { drawLanes } from './drawLanes.ts'
import { frameLabel } from './frameLabel.ts'
import type { MarksIn } from './lane.ts'
import { type LaneColours, laneColours } from './laneColours.ts'
import type { LaneHeads } from './laneHeads.ts'
import type { SceneArrow } from './laneScene.ts'
import type { LaneState } from './laneState.ts'
import type { LaneStates } from './laneStates.ts'
import { gutterFor } from './lanesGutter.ts'
import { type LanesLayout, layOutLanes } from './lanesLayout.ts'
import type { LanesParts } from './lanesParts.ts'
import type { LanesTime } from './lanesTime.ts'
import type { TimeWindow } from './timeWindow.ts'

export interface PainterParts {
  readonly states: LaneStates
  readonly window: TimeWindow
  readonly elements: LanesParts
  readonly heads: LaneHeads
}

export class LanesPainter {
  marks: MarksIn | null = null
  /** As it was painted last. */
  layout: LanesLayout = layOutLanes(0, 0, 0, 0)
  #theme: { readonly colours: LaneColours; readonly letterPx: number } | null = null
  readonly #parts: PainterParts

  constructor(parts: PainterParts) {
    this.#parts = parts
  }

  /** `changed`: the theme has, and all is to be painted anew. */
  watchTheme(changed: () => void): void {
    onThemeChange(() => {
      this.#theme = null
      changed()
    })
  }

  paint(time: LanesTime, widthPx: number): void {
    const { states, window, elements, heads } = this.#parts
    const { scale, stoppedAt } = window
    const { colours, letterPx } = this.#themeNow()
    const { timeMode } = states.current?.lane.model.habits.current ?? {}
    const countsFrom = timeMode === 'clock' ? null : (time.firstAt ?? scale.topAt)
    const gutterPx = gutterFor(scale, countsFrom, letterPx)
    this.layout = layOutLanes(states.all.length, widthPx, gutterPx, letterPx)
    const hasFocus = elements.viewport.matches(':focus-visible')
    const lanes = states.all.flatMap((state, index) => {
      state.update(scale)
      const place = this.layout.lanes[index]
      return place ? [state.drawn(place, stoppedAt, hasFocus && state === states.current)] : []
    })
    const { layout } = this
    const marks = this.marks?.(window.span) ?? []
    drawLanes(elements.canvas, { scale, layout, lanes, marks, countsFrom, colours })
    heads.paint(states.all, layout, states.active)
    this.#tell(time)
  }

  #themeNow() {
    if (this.#theme) return this.#theme
    const colours = laneColours(this.#parts.elements.viewport)
    this.#theme = { colours, letterPx: letterOf(colours.font) }
    return this.#theme
  }

  #tell({ endAt }: LanesTime): void {
    const { states, window, elements } = this.#parts
    const { jump, empty, tell } = elements
    const { current } = states
    const selected = current?.selected() ?? null
    const label = selected && current ? spoken(selected, current) : null
    tell(current?.lane.model.session?.name ?? '', label)
    const menu = current ? rowMenu(current.lane.model) : ''
    if (elements.viewport.dataset.vscodeContext !== menu)
      elements.viewport.dataset.vscodeContext = menu
    const { topAt, screenMs } = window.scale
    jump.hidden = window.follow || window.isPaused || (endAt ?? 0) <= topAt + screenMs
    const isEmpty = states.all.every(({ scene }) => scene.arrows.length + scene.blocks.length === 0)
    const model = current?.lane.model
    const sentence = isEmpty && model ? emptySentence(model, model.shown) : ''
    if (empty.textContent !== sentence) empty.textContent = sentence
    empty.hidden = sentence === ''
  }
}

/** Of the selected frame. */
function spoken(selected: SceneArrow, { scene, lane: { model } }: LaneState): string {
  const { seq } = selected
  const bookmark = model.bookmarks.of(seq)?.note ?? null
  const finding = model.findings.within(seq, seq)
  return `${frameLabel(selected, scene)}${spokenMarks({ bookmark, finding })}`
}

/** All letters of the font are as wide. */
function letterOf(font: string): number {
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  if (!context) return 0
  context.font = font
  return context.measureText('0').width
}
