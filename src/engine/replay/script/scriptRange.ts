// The part of a capture that is replayed: from one frame or time to another.

import type { Frame } from '../../../shared/frame/frame.ts'

/** A frame's number, or a time since the first frame in ms. */
export type ScriptPoint = { readonly seq: number } | { readonly ms: number }

export interface ScriptRange {
  /** The first that counts; null: from the beginning. */
  readonly from: ScriptPoint | null
  /** The last one; null: to the end. */
  readonly until: ScriptPoint | null
}

export const wholeCapture: ScriptRange = { from: null, until: null }

type Placed = Pick<Frame, 'seq' | 'elapsedMs'>

export function isBefore({ from }: ScriptRange, { seq, elapsedMs }: Placed): boolean {
  if (from === null) return false
  return 'seq' in from ? seq < from.seq : elapsedMs < from.ms
}

export function isBehind({ until }: ScriptRange, { seq, elapsedMs }: Placed): boolean {
  if (until === null) return false
  return 'seq' in until ? seq > until.seq : elapsedMs > until.ms
}

/** When the part begins, in epoch ms; `first` is the first frame in it. */
export function rangeStart({ from }: ScriptRange, { at, elapsedMs }: Frame): number {
  return from !== null && 'ms' in from ? at - elapsedMs + from.ms : at
}
