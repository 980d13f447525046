// Original frames behind recorded ones that have references in the place of secrets: in memory only, the latest of them.

import type { NewFrame } from '../../shared/frame/frame.ts'
import { sendLimits } from '../../shared/limits.ts'

/** `same`: it is recorded as it was. `lost`: it may have been another, which is remembered no more. */
export type Original = NewFrame | 'same' | 'lost'

export interface Originals {
  /** Of a frame that was recorded as another. Its payload is copied where it is a part of other memory, or the capture's. */
  keep(seq: number, frame: NewFrame, recorded: NewFrame): void
  of(seq: number): Original
}

/** What a frame takes beside its payload and the texts in it, about. */
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
      const isOwn = payload !== recorded.payload && payload?.length === payload?.buffer.byteLength
      const own = payload === null || isOwn ? payload : new Uint8Array(payload)
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

function sizeOf({ payload, detail }: NewFrame): number {
  return frameBytes + textBytes(detail) + (payload?.length ?? 0)
}

/** A server may decide how long a URL or a cookie is. */
function textBytes(detail: NewFrame['detail']): number {
  if (!('headers' in detail) || !('url' in detail)) return 0
  const texts = [detail.url, ...detail.headers.flat()]
  return texts.reduce((sum, text) => sum + 2 * text.length, 0)
}
