// A number in the payloads of like frames, over time.

import type { Direction, FrameKind } from '../frame/frame.ts'
import { parsePath } from '../text/jsonPath.ts'
import { isRecord } from '../unknown.ts'

/** Where a number stands: in frames of that kind, way and type. */
export interface ValuePlace {
  /** `$.items[0].price` */
  readonly path: string
  readonly kind: FrameKind
  readonly direction: Direction
  /** See `frameType`. Null: any. */
  readonly type: string | null
}

/** The kinds that carry JSON. */
const valueKinds: readonly FrameKind[] = ['message', 'event', 'record', 'request', 'response']
const directions: readonly Direction[] = ['in', 'out', 'local']
const longestType = 100

/** From what a page kept or sent; null where it is none. */
export function readValuePlace(value: unknown): ValuePlace | null {
  if (!isRecord(value)) return null
  const { path, kind, direction, type } = value
  const knownKind = valueKinds.find((one) => one === kind)
  const way = directions.find((one) => one === direction)
  const isType = type === null || (typeof type === 'string' && type.length <= longestType)
  if (typeof path !== 'string' || parsePath(path) === null) return null
  if (knownKind === undefined || way === undefined || !isType) return null
  return { path, kind: knownKind, direction: way, type }
}

/** Of the frames of a scope. Lists have a value for each bin; NaN, and 0 for frames, where there is none. */
export interface ValuesOverTime {
  readonly count: number
  /** The newest. */
  readonly last: number | null
  readonly lastSeq: number
  /** Epoch ms where the first bin begins; null before it. */
  readonly startAt: number | null
  /** It doubles when a session outgrows the bins. */
  readonly binMs: number
  readonly least: Float64Array
  readonly most: Float64Array
  /** The last one of the bin. */
  readonly lasts: Float64Array
  /** The frames that have them. */
  readonly leastSeqs: Uint32Array
  readonly mostSeqs: Uint32Array
  readonly lastSeqs: Uint32Array
  /** Frames whose payload is longer than `plotLimits.payloadBytes` and holds no such number up to there. */
  readonly unread: number
}
