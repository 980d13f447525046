// The kind of a frame, by direction, type, and the type that its JSON names.

import type { Frame } from '../../shared/frame/frame.ts'
import { jsonKind } from '../../shared/frame/labels.ts'

const comparedKinds: ReadonlySet<Frame['kind']> = new Set([
  'message',
  'event',
  'record',
  'request',
  'response',
])

/** The same for frames that carry the like; null for those that carry nothing to compare. `start`: as for `Labels.label`. */
export function likeness(frame: Frame, start: Uint8Array | null): string | null {
  const { kind, direction, detail } = frame
  if (!comparedKinds.has(kind)) return null
  const type = 'type' in detail ? detail.type : ''
  return jsonKind(frame, start)?.kind ?? `${kind} ${direction} ${type}`
}
