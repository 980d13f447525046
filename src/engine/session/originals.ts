// Original frames behind recorded ones that have references in the place of secrets: in memory only, the latest of them.

import type { NewFrame } from '../../shared/frame/frame.ts'
import { sendLimits } from '../../shared/limits.ts'

/** `same`: it is recorded as it was. `lost`: it may have been another, which is remembered no more. */
export type Original = NewFrame | 'same' | 'lost'

export interface Originals {
  /** Of a frame that was recorded as another. Its payload is copied where the capture keeps the same. */
  keep(seq: number, frame: NewFrame, recorded: NewFrame): void
  of(seq: number): Original
}

/** What a frame takes beside its payload, about. */
const frameBytes = 1024

export function createOriginals(mostBytes = sendLimits.rememberedBytes): Originals {
  /** In the order of their numbers. */
  const frames = new Map<number, NewFrame>()
  let bytes = 0
  /** Up to this number some were forgotten. */
  let lostUntil = 0

  return {
    keep(seq, frame, recorded) {
      if (!isSendable(frame)) return
      const { payload } = frame
      const own =
        payload !== null && payload === recorded.payload ? new Uint8Array(payload) : payload
      frames.set(seq, own === payload ? frame : ({ ...frame, payload: own } as NewFrame))
      bytes += sizeOf(frame)
      for (const [oldest, one] of frames) {
        if (bytes <= mostBytes) return
        frames.delete(oldest)
        bytes -= sizeOf(one)
        lostUntil = oldest
      }
    },
    of: (seq) => frames.get(seq) ?? (seq > lostUntil ? 'same' : 'lost'),
  }
}

function isSendable({ kind }: NewFrame): boolean {
  return kind === 'message' || kind === 'ping' || kind === 'request'
}

function sizeOf({ payload }: NewFrame): number {
  return frameBytes + (payload?.length ?? 0)
}
