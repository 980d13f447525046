// The frames behind a figure of a comparison, in the order in which a press leads to them.

import {
  createItemDelays,
  type ItemDelays,
  type JoinedLane,
  missedItems,
} from '../../../shared/comparison/compareLanes.ts'
import type { Comparison } from '../../../shared/comparison/comparison.ts'
import type { FigureName, QuantileName } from '../../../shared/comparison/figureNames.ts'
import type { ItemJoin } from '../../../shared/comparison/itemJoin.ts'
import type { LaneMark, LaneMarks } from '../../../shared/comparison/lane.ts'
import { finish } from '../../../shared/comparison/sortedNumbers.ts'
import { comparisonLimits } from '../../../shared/limits.ts'

export interface BehindFrame {
  /** The session's index. */
  readonly lane: number
  readonly seq: number
}

/** Frames, or a filter that shows them. */
export type Behind = { readonly frames: readonly BehindFrame[] } | { readonly filter: string }

export interface FigureSource {
  readonly lanes: readonly JoinedLane[]
  readonly join: ItemJoin
  readonly marks: readonly LaneMarks[]
  readonly comparison: Comparison
}

const filters: Partial<Readonly<Record<FigureName, string>>> = {
  payload: 'kind:message,event,record,response size>0B',
  wireIn: 'dir:in',
  wireOut: 'dir:out',
  overhead: 'kind:request,response,ping,pong,comment',
  closed: 'kind:request,response,wait,close,end',
}

const marked: Partial<Readonly<Record<FigureName, LaneMark>>> = {
  duplicates: 'duplicates',
  requests: 'requests',
  emptyAnswers: 'emptyAnswers',
  connections: 'connections',
  losses: 'losses',
  sent: 'sent',
}

/** Null where there are none. */
export function behindFigure(source: FigureSource, lane: number, name: FigureName): Behind | null {
  const filter = filters[name]
  if (filter !== undefined) return { filter }
  const frames = framesOf(source, lane, name)
  return frames.length === 0 ? null : { frames }
}

function framesOf(source: FigureSource, lane: number, name: FigureName): readonly BehindFrame[] {
  const { join, marks, comparison } = source
  const of = (seqs: readonly number[]) => seqs.map((seq) => ({ lane, seq }))
  const mark = marked[name]
  if (mark !== undefined) return of(marks[lane]?.[mark] ?? [])
  if (name === 'watched') return of([1])
  const method = comparison.methods[lane]
  if (method === undefined) return []
  const delays = createItemDelays(source.lanes, join, lane, comparison.clockOffsetMs)
  if (name === 'items') return of(newFrames(delays))
  if (name === 'missed') {
    const behindMs = method.behindMs?.max ?? 0
    return finish(missedItems(delays, behindMs, comparisonLimits.marks)).frames
  }
  const [which, quantile] = name.split('-') as ['fresh' | 'behind', QuantileName]
  const ms = (which === 'fresh' ? method.freshnessMs : method.behindMs)?.[quantile]
  if (ms === undefined) return []
  const delay = which === 'fresh' ? delays.fresh : delays.behind
  return of(nearest(join, lane, delay, ms))
}

/** Frames that brought items which were not there before. */
function newFrames({ join, index, isNew }: ItemDelays): readonly number[] {
  const arrivals = join.arrivals(index)
  const seqs = new Set<number>()
  for (let arrival = 0; arrival < arrivals.length; arrival++) {
    if (seqs.size >= comparisonLimits.marks) break
    if (isNew(arrivals.item(arrival))) seqs.add(arrivals.seq(arrival))
  }
  return [...seqs]
}

/** Frames whose items came as late as that, the nearest first. */
function nearest(
  join: ItemJoin,
  lane: number,
  delay: (arrival: number) => number,
  ms: number,
): readonly number[] {
  const arrivals = join.arrivals(lane)
  let near: { readonly distance: number; readonly seq: number }[] = []
  let furthest = Number.POSITIVE_INFINITY
  for (let arrival = 0; arrival < arrivals.length; arrival++) {
    const distance = Math.abs(delay(arrival) - ms)
    if (!(distance < furthest)) continue
    near.push({ distance, seq: arrivals.seq(arrival) })
    if (near.length < 2 * nearestFrames) continue
    near = near.sort((a, b) => a.distance - b.distance).slice(0, nearestFrames)
    furthest = near.at(-1)?.distance ?? furthest
  }
  near.sort((a, b) => a.distance - b.distance)
  return [...new Set(near.map(({ seq }) => seq))].slice(0, nearestFrames)
}

const nearestFrames = 10
