// A fault or a notice as a frame: what is to be said of a connection beside what crossed it.

import type { Direction, NewFrame } from '../../shared/frame/frame.ts'

/** `place`: when, on which connection, and the frame that it is about. */
export function remark(
  kind: 'error' | 'notice',
  direction: Direction,
  code: string,
  detail: { readonly message: string; readonly advice?: string; readonly cause?: string },
  place: { readonly at: number; readonly connection: number; readonly replyTo: number | null },
): NewFrame {
  return { kind, direction, code, detail, sizeBytes: 0, wireBytes: 0, payload: null, ...place }
}
