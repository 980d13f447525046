// The strip above the rows: the whole session by time, the part that the rows show, and the way there.

import type { Habits } from '../../shared/session/habits.ts'
import { formatCount } from '../../shared/text/units.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { drawStrip } from './drawStrip.ts'
import { onThemeChange } from './onThemeChange.ts'
import { createOverviewFeed } from './overviewFeed.ts'
import { seqAt } from './overviewTimes.ts'
import { placeParts } from './placeParts.ts'
import { type Edges, edgesOf, movedTo, seenSpan, type TimeSpan } from './seenSpan.ts'
import { createStripElements } from './stripElements.ts'
import { stepFor } from './stripKeys.ts'
import { followStripPointer } from './stripPointer.ts'
import { createRunningEnd, type StripScale, scaleOf, timeAt } from './stripScale.ts'
import { hintOf, overviewWords } from './stripWords.ts'

/** The time of a live session runs on by itself. */
const aliveMs = 1000
/** What the pointer points at. */
const pointedPx = 4

/** `<lifeline-overview>`: set `model` and `rows` once. */
export class OverviewStrip extends HTMLElement {
  #model: TimelineModel | null = null
  #rows: EventTarget | null = null
  /** The part of the rows that was seen last. */
  #seen: TimeSpan | null = null
  /** Where the keys have led, until the focus goes. */
  #cursorAt: number | null = null
  #frameRequested = false
  readonly #end = createRunningEnd(() => performance.now())
  readonly #parts = createStripElements()
  readonly #feed = createOverviewFeed({
    api: {
      analysis: (...args) => this.#api.analysis(...args),
      positions: (...args) => this.#api.positions(...args),
    },
    wanted: () => this.#wanted(),
    onChange: () => this.#schedule(),
  })

  set model(model: TimelineModel) {
    if (this.#model !== null) return
    this.#model = model
    model.onChange(() => {
      this.#feed.refresh()
      this.#schedule()
    })
  }

  /** They fire `drawn`. */
  set rows(rows: EventTarget) {
    if (this.#rows !== null) return
    this.#rows = rows
    rows.addEventListener('drawn', () => this.#see())
  }

  connectedCallback(): void {
    if (this.childElementCount > 0) return
    const { track, unit } = this.#parts
    this.append(...this.#parts.all)
    unit.addEventListener('click', () => {
      this.#model?.habits.change({ stripUnit: this.#unit === 'frames' ? 'bytes' : 'frames' })
    })
    track.addEventListener('keydown', (event) => this.#handleKey(event))
    track.addEventListener('blur', () => {
      this.#cursorAt = null
      this.#place()
    })
    followStripPointer(track, {
      view: () => this.#viewEdges(),
      goTo: (px) => this.#goTo(this.#atPx(px), 'middle'),
      moveTo: (px) => this.#goTo(this.#atPx(px), 'top'),
      pointAt: (px) => this.#pointAt(px),
    })
    new ResizeObserver(() => {
      this.#feed.refresh()
      this.#schedule()
    }).observe(track)
    onThemeChange(() => this.#schedule())
    setInterval(() => this.#isLive && this.#schedule(), aliveMs)
  }

  focusStrip(): void {
    this.#parts.track.focus()
  }

  get #api() {
    if (!this.#model) throw new Error('the strip has no model')
    return this.#model.api
  }

  get #isShown(): boolean {
    return this.#parts.track.clientWidth > 0
  }

  get #isLive(): boolean {
    const { session } = this.#model ?? {}
    return session != null && !session.readOnly && session.status.state !== 'ended'
  }

  get #unit(): Habits['stripUnit'] {
    return this.#model?.habits.current.stripUnit ?? 'frames'
  }

  #wanted() {
    const { session, shown, ready } = this.#model ?? {}
    if (!session || !shown || !ready || !this.#isShown) return null
    return { sessionId: session.sessionId, frames: session.status.frames, filter: shown.filter }
  }

  /** Null before the first frame. */
  #scale(): StripScale | null {
    const { overview } = this.#feed
    if (overview === null || overview.startAt === null || overview.endAt === null) return null
    const reachedAt = this.#end.reached(overview.endAt, this.#isLive)
    return scaleOf(overview.startAt, reachedAt, this.#parts.track.clientWidth, this.#isLive)
  }

  #schedule(): void {
    if (this.#frameRequested) return
    this.#frameRequested = true
    requestAnimationFrame(() => {
      this.#frameRequested = false
      if (this.#isShown) this.#draw()
    })
  }

  #draw(): void {
    const { overview, matches } = this.#feed
    const scale = this.#scale()
    const { canvas, unit, words, matchesWord } = this.#parts
    unit.textContent = this.#unit
    matchesWord.hidden = matches === null
    const found = matches?.reduce((sum, count) => sum + count, 0) ?? null
    matchesWord.title = found === null ? '' : `${formatCount(found)} match the filter`
    this.#place()
    if (overview === null || scale === null) return
    drawStrip(canvas, { overview, matches, unit: this.#unit, scale })
    const text = overviewWords(overview, found)
    if (words.textContent !== text) words.textContent = text
  }

  #see(): void {
    const { shown, jump } = this.#model ?? {}
    const span = shown && jump && seenSpan(shown.rows, jump.seen())
    if (span) this.#seen = span
    if (span && this.#isShown) this.#place()
  }

  /** Puts the frame around what the rows show. */
  #place(): void {
    const { overview } = this.#feed
    const scale = this.#scale()
    if (overview && scale) placeParts(this.#parts, overview, scale, this.#seen, this.#cursorAt)
  }

  #viewEdges(): Edges | null {
    const scale = this.#scale()
    return scale === null || this.#seen === null ? null : edgesOf(this.#seen, scale)
  }

  #atPx(px: number): number {
    const scale = this.#scale()
    return scale === null ? 0 : timeAt(px, scale)
  }

  #goTo(at: number, where: 'top' | 'middle'): void {
    const { overview, upTo } = this.#feed
    if (overview === null || overview.endAt === null || !this.#model) return
    // Until the rows are drawn there.
    if (this.#seen) this.#seen = movedTo(this.#seen, at, where)
    this.#place()
    if (at >= overview.endAt) this.#model.jump.showEnd()
    else this.#model.jump.show(seqAt(overview, upTo, at), where)
  }

  #pointAt(px: number): void {
    const { overview } = this.#feed
    const { track } = this.#parts
    if (overview === null) return
    track.title = hintOf(overview, this.#atPx(px - pointedPx / 2), this.#atPx(px + pointedPx / 2))
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const scale = this.#scale()
    const at = this.#cursorAt ?? this.#seen?.fromAt
    if (scale === null || at === undefined) return
    const target = stepFor(event.key, at, scale, this.#feed.overview?.endAt ?? scale.untilAt)
    if (target === null) return
    event.preventDefault()
    this.#cursorAt = target
    this.#goTo(target, 'middle')
    this.#place()
  }
}

customElements.define('lifeline-overview', OverviewStrip)
