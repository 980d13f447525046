// Makes a row of a frame: what is drawn, listed and exported of it.

import type { Frame, FrameWithPreview } from './frame.ts'
import type { Packet } from './packet.ts'
import { previewPayload } from './preview.ts'

/** `start`: the payload or its first `previewBytes(previewChars)` bytes; null when there is none. */
export function toRow(
  frame: Frame,
  start: Uint8Array | null,
  previewChars: number,
): FrameWithPreview {
  return { frame, preview: previewPayload(frame, start, previewChars) }
}

/** The same row with what is known of the frame's packets. */
export function addPackets<Row extends FrameWithPreview>(
  row: Row,
  decoded: readonly Packet[] | undefined,
): Row {
  return decoded === undefined ? row : { ...row, decoded }
}
