// All frames of a capture, with the packets that they carry as far as they are decoded.

import type { DatabaseSync } from 'node:sqlite'
import type { Limits } from '../../../shared/limits.ts'
import type { DecodedPayload } from '../../../shared/session/captureRows.ts'
import type { BookmarkedFrames } from '../format/bookmarkedFrames.ts'
import { createFrameReader } from '../reading/frameReader.ts'
import {
  createJoinedFrames,
  type JoinedFrames,
  type WrittenFrames,
} from '../reading/joinedFrames.ts'
import { type CaptureDecoding, createCaptureDecoding } from './captureDecoding.ts'
import { readDecodeSettings } from './decodeSettings.ts'
import { payloadAs } from './payloadAs.ts'
import { withPackets } from './withPackets.ts'

export interface DecodedFrames extends JoinedFrames {
  readonly decoding: CaptureDecoding
  /** What a payload holds in its protocol's own terms; null where no protocol reads it. */
  payloadAs(seq: number): DecodedPayload | null
}

export interface DecodedFramesOptions {
  readonly database: DatabaseSync
  /** As for the source of frames. Those that are not in the database are not decoded. */
  readonly queue: (WrittenFrames & { lost(): string | null }) | null
  readonly limits: Limits
  readonly bookmarks: BookmarkedFrames
  /** See `Capture.onUndecoded`. */
  onUndecoded(): void
}

export function createDecodedFrames(options: DecodedFramesOptions): DecodedFrames {
  const { database, queue, limits, bookmarks, onUndecoded } = options
  const reader = createFrameReader(database, limits, {
    foreign: queue === null,
    startedAt: () => queue?.startedAt ?? null,
  })
  const decoding = createCaptureDecoding({
    database,
    reader,
    isWritten: queue !== null,
    last: () => queue?.written ?? reader.last(),
    isLost: () => queue !== null && queue.lost() !== null,
    onUndecoded,
  })
  const frames = createJoinedFrames({ database, queue, limits, decoded: decoding, bookmarks })
  return {
    ...withPackets(frames, decoding),
    decoding,
    payloadAs: (seq) => payloadAs(seq, frames, decoding, readDecodeSettings(database)),
  }
}
