// The strip above the rows: the whole session by time, the part that the rows show, and the way there.

import type { Habits } from '../../shared/session/habits.ts'
import { formatCount } from '../../shared/text/units.ts'
import { keepWidth } from '../elements/keepWidth.ts'
import { menuContext } from '../elements/menuContext.ts'
import { onThemeChange } from '../elements/onThemeChange.ts'
import { withNextPicture } from '../elements/withNextPicture.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { drawStrip } from './drawStrip.ts'
import { createOverviewFeed } from './overviewFeed.ts'
import { seqAt } from './overviewTimes.ts'
import { placeParts } from './placeParts.ts'
import { movedTo, seenSpan, type TimedView } from './seenSpan.ts'
import { createSpanTools } from './spanTools.ts'
import { createStripElements } from './stripElements.ts'
import { stripFlags } from './stripFlags.ts'
import { stepFor } from './stripKeys.ts'
import { followStripPointer } from './stripPointer.ts'
import { createStripTimes } from './stripTimes.ts'
import { hintOf, overviewWords } from './stripWords.ts'

/** The time of a live session runs on by itself. */
const aliveMs = 1000
/** What the pointer points at. */
const pointedPx = 4

/** `<lifeline-overview>`: see `show`. */
export class OverviewStrip extends HTMLElement {
  #model: TimelineModel | null = null
  #byTime: TimedView | null = null
  readonly #schedule = withNextPicture(() => {
    if (this.#widthPx() > 0) this.#draw()
  })
  readonly #parts = createStripElements()
  readonly #tools = createSpanTools({ model: () => this.#model, clear: () => this.#clearSpan() })
  readonly #feed = createOverviewFeed({
    api: {
      analysis: (...args) => this.#api.analysis(...args),
      positions: (...args) => this.#api.positions(...args),
    },
    wanted: () => this.#wanted(),
    onChange: () => this.#schedule(),
  })

  readonly #widthPx = keepWidth(this.#parts.track, () => {
    this.#feed.refresh()
    this.#schedule()
  })

  readonly #times = createStripTimes({
    feed: this.#feed,
    widthPx: () => this.#widthPx(),
    now: () => (this.#isLive ? (this.#model?.clock.now() ?? null) : null),
    onSpan: () => this.#place(),
  })

  /** To be called once. `views` fire `drawn`; of them `byTime` is asked first. */
  show(model: TimelineModel, views: readonly EventTarget[], byTime: TimedView): void {
    this.#model = model
    this.#byTime = byTime
    for (const view of views) view.addEventListener('drawn', () => this.#see())
    model.onChange(() => {
      this.#feed.refresh()
      this.#schedule()
    })
  }

  connectedCallback(): void {
    if (this.childElementCount > 0) return
    const { track, unit } = this.#parts
    this.role = 'region'
    this.ariaLabel = 'Overview'
    const times = this.#times
    this.dataset.vscodeContext = menuContext('strip')
    this.append(...this.#parts.all, this.#tools.root)
    this.addEventListener('keydown', (event) => this.#handleEscape(event))
    unit.addEventListener('click', () => {
      this.#model?.habits.change({ stripUnit: this.#unit === 'frames' ? 'bytes' : 'frames' })
    })
    track.addEventListener('keydown', (event) => this.#handleKey(event))
    track.addEventListener('blur', () => {
      this.#times.cursorAt = null
      this.#place()
    })
    followStripPointer(track, {
      view: times.viewEdges,
      span: times.spanEdges,
      select: (from, to) => times.span.select(times.at(from), times.at(to)),
      goTo: (px) => this.#goTo(times.at(px), 'middle'),
      moveTo: (px) => this.#goTo(times.at(px), 'top'),
      pointAt: (px) => this.#pointAt(px),
    })
    onThemeChange(() => this.#schedule())
    setInterval(() => this.#isLive && this.#schedule(), aliveMs)
  }

  get #api() {
    if (!this.#model) throw new Error('the strip has no model')
    return this.#model.api
  }

  get #isLive(): boolean {
    const { session } = this.#model ?? {}
    return session != null && !session.readOnly && session.status.state !== 'ended'
  }

  get #unit(): Habits['stripUnit'] {
    return this.#model?.habits.current.stripUnit ?? 'frames'
  }

  #wanted() {
    const { session, shown, ready, bookmarks } = this.#model ?? {}
    if (!session || !shown || !ready || !bookmarks || this.#widthPx() === 0) return null
    const { sessionId, status } = session
    const { filter, search } = shown
    const { isStopped } = search
    return { sessionId, frames: status.frames, filter, isStopped, bookmarks: bookmarks.version }
  }

  #draw(): void {
    const { overview, matches } = this.#feed
    const scale = this.#times.rescale()
    const { canvas, unit, words, matchesWord } = this.#parts
    unit.textContent = this.#unit
    matchesWord.hidden = matches === null
    const found = matches?.reduce((sum, count) => sum + count, 0) ?? null
    matchesWord.title = found === null ? '' : `${formatCount(found)} match the filter`
    this.#place()
    if (overview === null || scale === null) return
    const bookmarks = this.#model?.bookmarks.all ?? []
    const marks = this.#model?.findings.marks ?? []
    const flags = stripFlags(marks, overview, this.#feed.upTo, scale)
    drawStrip(canvas, { overview, matches, bookmarks, flags, unit: this.#unit, scale })
    const text = overviewWords(overview, found)
    if (words.textContent !== text) words.textContent = text
  }

  #see(): void {
    const { shown, jump } = this.#model ?? {}
    const span = this.#byTime?.span ?? (shown && jump && seenSpan(shown.rows, jump.seen()))
    if (span) this.#times.seen = span
    if (span && this.#widthPx() > 0) this.#place()
  }

  /** Puts the frame around what the rows show. */
  #place(): void {
    const { overview } = this.#feed
    const scale = this.#times.scale()
    if (overview === null || scale === null) return
    placeParts(this.#parts, overview, scale, this.#times)
    const { span, spanEdges } = this.#times
    this.#tools.paint(span.current, spanEdges(), this.#parts.track.offsetLeft, overview)
  }

  #goTo(at: number, where: 'top' | 'middle'): void {
    const { overview, upTo } = this.#feed
    if (overview === null || overview.endAt === null || !this.#model) return
    // Until the rows are drawn there.
    if (this.#times.seen) this.#times.seen = movedTo(this.#times.seen, at, where)
    this.#place()
    if (at >= overview.endAt) this.#model.jump.showEnd()
    else if (!this.#byTime?.showTime(at, where))
      this.#model.jump.show(seqAt(overview, upTo, at), where)
  }

  #pointAt(px: number): void {
    const { overview } = this.#feed
    const { track } = this.#parts
    if (overview === null) return
    track.title = hintOf(
      overview,
      this.#times.at(px - pointedPx / 2),
      this.#times.at(px + pointedPx / 2),
    )
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && this.#times.span.current !== null) {
      event.preventDefault()
      this.#tools.focus()
      return
    }
    const scale = this.#times.scale()
    const at = this.#times.cursorAt ?? this.#times.seen?.fromAt
    if (scale === null || at === undefined) return
    const target = stepFor(event.key, at, scale, this.#feed.overview?.endAt ?? scale.untilAt)
    if (target === null) return
    event.preventDefault()
    this.#times.cursorAt = target
    if (event.shiftKey) this.#times.span.extend(at, target)
    else this.#goTo(target, 'middle')
    this.#place()
  }

  #handleEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.#times.span.current === null) return
    // The page would close the detail.
    event.stopPropagation()
    event.preventDefault()
    this.#clearSpan()
  }

  #clearSpan(): void {
    if (this.#times.span.clear()) this.#parts.track.focus()
  }
}

customElements.define('lifeline-overview', OverviewStrip)
