// Makes a row of a frame: what is drawn, listed and exported of it.

import type { Frame, FrameWithPreview } from './frame.ts'
import type { Packet } from './packet.ts'
import { previewPayload } from './preview.ts'

/**
 * `start`: the payload or its first `previewBytes(previewChars)` bytes; null when there is none. `decoded`: the frame's
 * packets, as far as they are known.
 */
export function toRow(
  frame: Frame,
  start: Uint8Array | null,
  previewChars: number,
  decoded: readonly Packet[] = noPackets,
): FrameWithPreview {
  const preview = previewPayload(frame, start, previewChars)
  return decoded.length === 0 ? { frame, preview } : { frame, preview, decoded }
}

const noPackets: readonly Packet[] = []
