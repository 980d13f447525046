// The numbers of payloads that the user has picked to be drawn over time.

import type { FrameWithPreview } from '../../shared/frame/frame.ts'
import { frameType } from '../../shared/frame/frameType.ts'
import { plotLimits } from '../../shared/limits.ts'
import { readValuePlace, type ValuePlace } from '../../shared/session/values.ts'
import { formatPath, type JsonPath } from '../../shared/text/jsonPath.ts'
import { jsonTypeOf } from './jsonTypeOf.ts'

export interface Plots {
  /** In the order in which they were picked. */
  readonly list: readonly ValuePlace[]
  /** Whether the host would take it: a peer's names can be longer than paths may be. */
  canAdd(path: JsonPath, row: FrameWithPreview): boolean
  /** Draws the number at this path of all frames like this one; once. Says so where there are too many already. */
  add(path: JsonPath, row: FrameWithPreview): void
  remove(place: ValuePlace): void
  /** Those that this frame has a part in. */
  of(row: FrameWithPreview): readonly ValuePlace[]
  /** Those that the view was left with. */
  restore(list: readonly ValuePlace[]): void
}

export function createPlots(onChange: () => void, report: (problem: string) => void): Plots {
  let list: readonly ValuePlace[] = []

  function change(next: readonly ValuePlace[]): void {
    list = next
    onChange()
  }

  return {
    get list() {
      return list
    },
    canAdd: (path, row) => readValuePlace(placeIn(row, formatPath(path))) !== null,
    add(path, row) {
      const place = placeIn(row, formatPath(path))
      if (list.some((one) => isSame(one, place))) return
      if (list.length >= plotLimits.plots)
        return report(
          `${plotLimits.plots} numbers are plotted already. Remove one of them, in the statistics.`,
        )
      change([...list, place])
    },
    remove: (place) => change(list.filter((one) => !isSame(one, place))),
    of: (row) => list.filter((one) => isSame(one, placeIn(row, one.path))),
    restore(restored) {
      list = restored
    },
  }
}

/** Each that is none is left out. */
export function readPlots(saved: unknown): readonly ValuePlace[] {
  if (!Array.isArray(saved)) return []
  const places = saved.map(readValuePlace).filter((place) => place !== null)
  return places.slice(0, plotLimits.plots)
}

/** What tells one from another. */
export function plotKey({ path, kind, direction, type }: ValuePlace): string {
  return JSON.stringify([path, kind, direction, type])
}

function isSame(one: ValuePlace, other: ValuePlace): boolean {
  return plotKey(one) === plotKey(other)
}

function placeIn(row: FrameWithPreview, path: string): ValuePlace {
  const { kind, direction } = row.frame
  return { path, kind, direction, type: frameType(row.frame, jsonTypeOf(row)) }
}
