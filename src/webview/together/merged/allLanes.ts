// Facts that hold for all sessions of a list.

import type { Lane } from '../../lanes/lane.ts'

type Lanes = readonly Lane[]

export function followsAll(lanes: Lanes): boolean {
  return lanes.every(({ model }) => model.shown.follow)
}

export function followAll(lanes: Lanes, follow: boolean): void {
  for (const { model } of lanes) model.shown.setFollow(follow)
}

export function isAnyPaused(lanes: Lanes): boolean {
  return lanes.some(({ model: { shown } }) => shown.pausedSeq !== null)
}

/** Nothing will come any more. */
export function areOver(lanes: Lanes): boolean {
  return lanes.every(
    ({ model: { session, status } }) => session?.readOnly === true || status?.state === 'ended',
  )
}

/** Rows that have come since following stopped and were not seen yet, as far as each session counts them. */
export function newRowsOf(lanes: Lanes): number {
  return lanes.reduce((sum, { model: { shown } }) => sum + shown.newRows, 0)
}

/** Epoch ms, by the common axis, at which the first of them began. */
export function originOf(lanes: Lanes): number {
  const starts = lanes.map(({ model, shiftMs }) => (model.status?.startedAt ?? Infinity) - shiftMs)
  return Math.min(...starts)
}
