// A frame with the frames that it belongs to.

import type { FrameOf, FrameWithPreview } from '../frame/frame.ts'

/** How a WebSocket connection was opened. */
export interface Handshake {
  readonly request: FrameOf<'request'> | null
  readonly response: FrameOf<'response'>
}

/** Whether it is about a request beside the stream. */
export function isBeside({ answered }: Pick<Related, 'answered'>): boolean {
  const frame = answered?.frame
  return frame?.kind === 'request' && frame.detail.purpose === 'companion'
}

export interface Related {
  readonly row: FrameWithPreview
  /** The frame that it answers. */
  readonly answered: FrameWithPreview | null
  /** Of an error, the frame that holds what came: itself, the answer that it is about, or what it broke off. */
  readonly cameSeq: number | null
  /** The handshake of its connection; null where there was none. */
  readonly handshake: Handshake | null
  /** Of a message that came in several: its frames of the wire layer, in order. */
  readonly fragments: readonly FrameOf<'fragment'>[]
  /** The frame before it that carries the like: same kind, way and type; null where none is near. */
  readonly before: FrameWithPreview | null
}
