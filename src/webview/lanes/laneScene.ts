// Makes a lane ready to be painted: arrows with their words, blocks and bars.

import { bringsNothing } from '../../shared/frame/httpDetail.ts'
import type { Label } from '../../shared/frame/label.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { type RowView, rowView } from '../rows/rowView.ts'
import { type LaneBar, laneBars } from './laneBars.ts'
import type { FedTime } from './laneFeed.ts'
import { type LaneBlock, type LaneRow, laneItems } from './laneItems.ts'
import { arrowWords } from './laneWords.ts'
import { type LabelPlace, type Placed, placeLabels } from './placeLabels.ts'

/** Times in epoch ms of the axis. */
export interface SceneArrow {
  readonly at: number
  readonly seq: number
  readonly view: RowView
  /** Where they are to be drawn; null without words or room. */
  readonly place: LabelPlace
  readonly words: Label | null
  /** Pixels to the arrow before or after it, whichever is farther. */
  readonly alonePx: number
  /** A poll that brought nothing new. */
  readonly isEmpty: boolean
}

type Unplaced = Omit<SceneArrow, 'place' | 'alonePx'>

export interface SceneBlock extends LaneBlock {
  readonly place: LabelPlace
}

export interface LaneScene {
  readonly arrows: readonly SceneArrow[]
  readonly blocks: readonly SceneBlock[]
  readonly bars: readonly LaneBar[]
}

export const emptyScene: LaneScene = { arrows: [], blocks: [], bars: [] }

export interface SceneParts {
  readonly time: FedTime
  readonly binMs: number
  /** Milliseconds of a pixel. */
  readonly pxMs: number
  readonly shiftMs: number
  /** Nothing after this frame is drawn; null: all is. */
  readonly pausedSeq: number | null
  /** The fields that rows show. */
  readonly show: readonly string[]
}

/** Rows are data that does not change: their words are made once. */
const views = new WeakMap<Row, RowView>()

function viewOf(row: Row): RowView {
  const known = views.get(row)
  if (known) return known
  const view = rowView(row, 'unknown')
  views.set(row, view)
  return view
}

export function laneScene(parts: SceneParts): LaneScene {
  const { time, binMs, pxMs, shiftMs, pausedSeq, show } = parts
  const last = pausedSeq ?? Number.POSITIVE_INFINITY
  const bins = time.bins.flatMap((bin) => {
    if (bin.sums !== null && bin.sums.firstSeq > last) return []
    const rows = bin.rows.filter(({ frame }) => frame.seq <= last)
    return rows.length > 0 || bin.sums !== null ? [{ ...bin, rows }] : []
  })
  const all = bins.flatMap(({ rows }) => rows)
  const empty = emptyPolls(all)
  const { rows, blocks } = laneItems(bins, binMs, pxMs, shiftMs)
  const arrows = rows.map(({ row, at }) => {
    const view = viewOf(row)
    const { seq } = row.frame
    return { at, seq, view, words: arrowWords(row, view, show), isEmpty: empty.has(seq) }
  })
  const places = placesOf(arrows, blocks, pxMs)
  return {
    arrows: arrows.map((arrow, index) => ({
      ...arrow,
      place: places.get(arrow) ?? null,
      alonePx: alone(arrows, index) / pxMs,
    })),
    blocks: blocks.map((block) => ({ ...block, place: places.get(block) ?? null })),
    bars: laneBars(all, time.reaching, shiftMs, lastAt(rows, blocks)),
  }
}

function lastAt(rows: readonly LaneRow[], blocks: readonly LaneBlock[]): number {
  return Math.max(rows.at(-1)?.at ?? -Infinity, blocks.at(-1)?.untilAt ?? -Infinity)
}

/** Answers without news, and the requests for them. */
function emptyPolls(rows: readonly Row[]): ReadonlySet<number> {
  const empty = new Set<number>()
  for (const { frame } of rows) {
    if (frame.kind !== 'response' || !bringsNothing(frame.detail)) continue
    empty.add(frame.seq)
    if (frame.replyTo !== null) empty.add(frame.replyTo)
  }
  return empty
}

/** Milliseconds. A request and its answer are a pair: they crowd where what is around them does. */
function alone(arrows: readonly { readonly at: number }[], index: number): number {
  const at = arrows[index]?.at ?? 0
  const before = arrows[index - 1]?.at ?? Number.NEGATIVE_INFINITY
  const after = arrows[index + 1]?.at ?? Number.POSITIVE_INFINITY
  return Math.max(at - before, after - at)
}

function placesOf(
  arrows: readonly Unplaced[],
  blocks: readonly LaneBlock[],
  pxMs: number,
): ReadonlyMap<object, LabelPlace> {
  const base = Math.min(arrows[0]?.at ?? Infinity, blocks[0]?.fromAt ?? Infinity)
  const px = (at: number) => (at - base) / pxMs
  const items: { readonly of: object; readonly placed: Placed }[] = [
    ...arrows.map((arrow) => ({ of: arrow, placed: { px: px(arrow.at), words: wish(arrow) } })),
    ...blocks.map((block) => ({
      of: block,
      placed: { px: px(block.fromAt), untilPx: px(block.untilAt), words: 'wanted' as const },
    })),
  ].sort((one, other) => one.placed.px - other.placed.px)
  const places = placeLabels(items.map(({ placed }) => placed))
  // By the object that the arrow is made of: `laneScene` looks them up before it copies them.
  return new Map(items.map(({ of }, index) => [of, places[index] ?? null]))
}

function wish({ words, view }: Unplaced): Placed['words'] {
  if (words === null) return 'none'
  return view.tone === 'error' ? 'must' : 'wanted'
}
