// A fault or a notice as a frame: what is to be said of a connection beside what crossed it.

import type { Direction, NewCodes, NewFrame } from '../../shared/frame/frame.ts'

/** `place`: when, on which connection, and the frame that it is about. */
export function remark<K extends keyof NewCodes>(
  kind: K,
  direction: Direction,
  code: NewCodes[K],
  detail: { readonly message: string; readonly advice?: string; readonly cause?: string },
  place: { readonly at: number; readonly connection: number; readonly replyTo: number | null },
): NewFrame {
  const size = { sizeBytes: 0, wireBytes: 0, payload: null }
  // TypeScript does not see that kind and code are of one sort.
  return { kind, direction, code, detail, ...size, ...place } as NewFrame
}
