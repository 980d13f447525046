// One lane as the view keeps it: its feed, its life, and its scene, which is made anew when something has come.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import type { Outage } from '../../shared/session/overview.ts'
import type { TimeSlice } from '../../shared/session/timeSlice.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { rowView } from '../rows/rowView.ts'
import type { DrawnLane } from './drawnLane.ts'
import type { Lane } from './lane.ts'
import {
  createLaneFeed,
  type FedSession,
  type LaneFeed,
  tileRange,
  type WantedTime,
} from './laneFeed.ts'
import { createLaneLife, type LaneLife } from './laneLife.ts'
import { emptyScene, type LaneScene, laneScene, type SceneArrow } from './laneScene.ts'
import type { LanePlace } from './lanesLayout.ts'
import { isLive, type LifeSpan, lifeSpan } from './lanesTime.ts'
import { arrowWords } from './laneWords.ts'
import { msPerPx, type TimeScale } from './timeScale.ts'
import { binMsFor } from './timeTiles.ts'

export class LaneState {
  readonly lane: Lane
  readonly #feed: LaneFeed
  readonly #life: LaneLife
  readonly #end: () => void
  scene: LaneScene = emptyScene
  #sceneKey = ''
  #filterKey = ''
  #bookmarks: ReadonlySet<number> = new Set()
  #bookmarksVersion = -1
  #outages: readonly Outage[] = []
  #outagesOf: readonly Outage[] = []

  /** `changed`: something of it is to be drawn anew. */
  constructor(lane: Lane, changed: () => void) {
    const { model } = lane
    this.lane = lane
    this.#feed = createLaneFeed({
      api: { slice: (...args) => heardSlice(model, args) },
      session: () => fedSession(lane),
      onChange: changed,
      onProblem: (problem) => model.report(problem),
    })
    this.#life = createLaneLife(model, changed)
    this.#end = model.onChange(changed)
  }

  /** Nobody looks: nothing is read until the next update. */
  rest(): void {
    this.#feed.rest()
  }

  /** Hears no more of its session. */
  close(): void {
    this.rest()
    this.#end()
  }

  /** `stoppedAt`: the view stands at this time of the axis; null: it does not. */
  span(stoppedAt: number | null): LifeSpan {
    const span = lifeSpan(this.lane, this.#life.endAt)
    if (stoppedAt === null || span.untilAt === null) return span
    return { ...span, untilAt: Math.min(span.untilAt, stoppedAt) }
  }

  /** Makes the scene anew where something has come, and has the feed read what is missing. */
  update(scale: TimeScale): void {
    const { model, shiftMs } = this.lane
    this.#life.refresh()
    const fromAt = scale.topAt + shiftMs
    const time: WantedTime = { fromAt, untilAt: fromAt + scale.screenMs, binMs: binMsFor(scale) }
    this.#feed.want(time)
    const { filter, pausedSeq } = model.shown
    const show = filter.show ?? []
    const { first, last } = tileRange(time.fromAt, time.untilAt, time.binMs)
    const pxMs = msPerPx(scale)
    const filterKey = `${filter.afterSeq} ${filter.wire} ${filter.text}`
    const key = JSON.stringify([
      ...[this.#feed.version, time.binMs, first, last, pxMs, pausedSeq, shiftMs, show],
      filterKey,
    ])
    if (key === this.#sceneKey) return
    const read = this.#feed.read(time)
    // What was drawn before stays for the moment in which nothing is known.
    if (!read.isWhole && filterKey === this.#filterKey && this.scene !== emptyScene) return
    if (read.isWhole) this.#sceneKey = key
    this.#filterKey = filterKey
    this.scene = laneScene({ time: read, binMs: time.binMs, pxMs, shiftMs, pausedSeq, show })
  }

  drawn(place: LanePlace, stoppedAt: number | null, hasFocus: boolean): DrawnLane {
    const { model } = this.lane
    const { session } = model
    return {
      scene: this.scene,
      place,
      life: this.span(stoppedAt),
      outages: this.#shiftedOutages(),
      hasOpen: session !== null && !methods[session.status.method].polls,
      selected: this.selected(),
      hasFocus,
      bookmarks: this.#marked(),
      findings: model.findings,
    }
  }

  /** The selected frame, in the scene or not. */
  selected(): SceneArrow | null {
    const { seq, row } = this.lane.model.selected
    if (seq === null) return null
    const found = this.scene.arrows.find((arrow) => arrow.seq === seq)
    if (found || row === null || row.frame.seq !== seq) return found ?? null
    const view = rowView(row, 'unknown')
    const words = arrowWords(row, view, this.lane.model.shown.filter.show ?? [])
    const at = row.frame.at - this.lane.shiftMs
    return {
      at,
      seq,
      view,
      words,
      place: 'above',
      alonePx: Number.POSITIVE_INFINITY,
      isEmpty: false,
    }
  }

  #marked(): ReadonlySet<number> {
    const { bookmarks } = this.lane.model
    if (bookmarks.version !== this.#bookmarksVersion) {
      this.#bookmarksVersion = bookmarks.version
      this.#bookmarks = new Set(bookmarks.all.map(({ seq }) => seq))
    }
    return this.#bookmarks
  }

  #shiftedOutages(): readonly Outage[] {
    const { outages } = this.#life
    const { shiftMs } = this.lane
    if (outages !== this.#outagesOf) {
      this.#outagesOf = outages
      this.#outages = outages.map((outage) => ({
        ...outage,
        fromAt: outage.fromAt - shiftMs,
        untilAt: outage.untilAt === null ? null : outage.untilAt - shiftMs,
      }))
    }
    return this.#outages
  }
}

function fedSession({ model }: Lane): FedSession | null {
  const { session, ready, shown, status, bookmarks } = model
  if (!session || !ready || !status) return null
  return {
    filter: shown.filter,
    frames: Math.min(status.frames, shown.pausedSeq ?? status.frames),
    bookmarks: bookmarks.version,
    now: isLive(model) ? model.clock.now() : null,
    isStopped: shown.search.isStopped,
  }
}

/** The model hears of its rows. */
async function heardSlice(
  model: TimelineModel,
  args: Parameters<TimelineApi['slice']>,
): Promise<TimeSlice> {
  const slice = await model.api.slice(...args)
  model.heedRows(slice.rows)
  return slice
}
