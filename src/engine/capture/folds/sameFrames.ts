// Compares frames that are not in one database: whether they are of one kind, direction and type, with equal payloads.

import type { Frame } from '../../../shared/frame/frame.ts'
import { foldLimits } from '../../../shared/limits.ts'

export interface ComparedFrame {
  readonly frame: Frame
  /** All that is kept of it, read where it is needed. */
  payload(): Uint8Array | null
}

export function sameFrames(a: ComparedFrame, b: ComparedFrame): boolean {
  const { frame: one } = a
  const { frame: other } = b
  if (one.kind !== other.kind || one.direction !== other.direction) return false
  if (one.sizeBytes !== other.sizeBytes || one.sizeBytes > foldLimits.comparedBytes) return false
  return typeOf(one) === typeOf(other) && samePayload(one.sizeBytes, a.payload(), b.payload())
}

function typeOf({ detail }: Frame): string {
  return 'type' in detail ? detail.type : JSON.stringify(detail)
}

/** Of what was cut nobody knows whether it is the same. */
function samePayload(sizeBytes: number, a: Uint8Array | null, b: Uint8Array | null): boolean {
  if ((a?.length ?? 0) !== sizeBytes || (b?.length ?? 0) !== sizeBytes) return false
  return a === null || b === null ? a === b : a.every((byte, index) => byte === b[index])
}
