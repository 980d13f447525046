// Decodes a capture's frames behind their recording, or beside a capture that is only read.

import type { DatabaseSync } from 'node:sqlite'
import type { NewFrame } from '../../../shared/frame/frame.ts'
import type { Packet } from '../../../shared/frame/packet.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { createDecoding, type DecodedFrame } from '../../decoders/decoding.ts'
import { isOutOfRange, isSqliteError } from '../format/captureError.ts'
import { decodedSchema, type Place } from '../format/decodedSchema.ts'
import { hasTables } from '../format/ownTables.ts'
import type { DataRun, FrameReader } from '../reading/frameReader.ts'
import { readDecodeSettings } from './decodeSettings.ts'
import { createPacketReader } from './packetReader.ts'
import { createPacketWriter, isDecodedTo } from './packetWriter.ts'

export interface CaptureDecoding {
  /** Frames were written, the first of them under this number. Those that can hold no packet are not read again for it. */
  add(frames: readonly Pick<NewFrame, 'kind' | 'connection'>[], firstSeq: number): void
  /** Time since frames were written; null of a capture that is only read. */
  sinceLastMs(): number | null
  /** Decodes for about so long; answers whether nothing is left that can be decoded. Decoding that fails has an end, and recording goes on. */
  step(budgetMs: number): boolean
  /** The same for rows that are about to be read: where much is left, it is not tried, for it would hold up each page. */
  catchUp(budgetMs: number): boolean
  /** Decodes all frames up to this one. */
  reach(seq: number): void
  /** Where packets are; null where nothing is decoded. */
  readonly place: Place | null
  /** Every frame up to this one is decoded; infinite where nothing is left that can be decoded. */
  decodedTo(): number
  /** The same, after decoding for a short time. */
  knownTo(): number
  /** The packets of these frames, as far as they are known. */
  packets(first: number, last: number): ReadonlyMap<number, readonly Packet[]>
  /** The frames after `after` up to `last` all of whose packets are heartbeats, as far as they are known, in order. */
  heartbeats(after: number, last: number): readonly number[]
  /** At the end of recording: decodes what is left, for at most so long, and notes in the capture that it is complete. */
  finish(budgetMs: number): void
}

export interface CaptureDecodingOptions {
  readonly database: DatabaseSync
  readonly reader: Pick<FrameReader, 'data' | 'piece'>
  /** The capture is written here, its packets too. A capture that is only read stays as it is. */
  readonly isWritten: boolean
  /** The last frame in the database. */
  last(): number
  /** A file that was taken away is left alone. */
  isLost(): boolean
  /** See `Capture.onUndecoded`. */
  onUndecoded(): void
}

/** A filter that asks for packets waits no longer, and goes on where it stopped. */
const decodeForFilterMs = 20
/** More frames than a page waits for. */
const muchLeft = 5000
/** More decoded frames do not wait until they are written. */
const writtenTogether = 2000
/** Frames that are passed over in one go. */
const skippedFrames = 20_000

const none: ReadonlyMap<number, readonly Packet[]> = new Map()

export function createCaptureDecoding(options: CaptureDecodingOptions): CaptureDecoding {
  const { database, reader, isWritten, last, isLost, onUndecoded } = options
  /** Every frame up to this one is decoded, or was passed over. */
  let upTo = 0
  /** Read, and not yet decoded. */
  let read: DataRun | null = null
  let over = false
  let addedAt = performance.now()
  const settings = attempt(() => readDecodeSettings(database))
  const decoding = createDecoding(settings?.decode, settings?.protocols)
  const place = attempt(placeOf) ?? 'main'
  const writer = over ? null : attempt(() => createPacketWriter(database, place))
  const packets = over ? null : attempt(() => createPacketReader(database, place))

  /** Null where SQLite fails: then nothing more is decoded. */
  function attempt<T>(act: () => T): T | null {
    try {
      return act()
    } catch (error) {
      if (!isSqliteError(error) && !isOutOfRange(error)) throw error
      over = true
      return null
    }
  }

  function placeOf(): Place {
    if (isWritten) return 'main'
    if (hasTables(database, decodedSchema('main')) && isDecodedTo(database, last())) {
      upTo = Number.POSITIVE_INFINITY
      return 'main'
    }
    database.exec(decodedSchema('temp'))
    return 'temp'
  }

  /** Decodes some frames, until `until` (ms of the clock) or up to `last`. */
  function decodeSome(to: DecodedFrame[], last: number, until: number): void {
    const { ignored } = decoding
    const run = read ?? reader.data(upTo, Math.min(last, upTo + skippedFrames), ignored)
    read = null
    let done = run.upTo
    let count = 0
    for (const { frame, payload } of run.frames) {
      count++
      for (const one of decoding.push(frame, payload ?? longPayload(frame.seq))) to.push(one)
      // What was passed over in this run may be of a protocol after all.
      const isOther = decoding.ignored !== ignored
      if (performance.now() < until && !isOther) continue
      done = frame.seq
      // Where nothing of it is left, what comes later is another run.
      if (!isOther && done < run.upTo) read = { ...run, frames: run.frames.slice(count) }
      break
    }
    // The numbers of a crafted file may go back.
    upTo = Math.max(upTo + 1, done)
  }

  /** One that is not in its frame's row whole; of a longer one no more is read than it takes to see that. */
  function longPayload(seq: number): Uint8Array | null {
    return reader.piece(seq, 0, decodeLimits.payloadBytes + 1)?.bytes ?? null
  }

  function decodeUntil(seq: () => number, until: number): void {
    attempt(() => {
      const decoded: DecodedFrame[] = []
      while (!over && upTo < seq()) {
        decodeSome(decoded, seq(), until)
        if (performance.now() >= until) break
        if (decoded.length > writtenTogether) writer?.write(decoded.splice(0))
      }
      writer?.write(decoded)
    })
  }

  const isDone = () => over || upTo >= last()
  const decodedTo = () => (isDone() || isLost() ? Number.POSITIVE_INFINITY : upTo)

  function step(budgetMs: number): boolean {
    if (isDone() || isLost()) return true
    decodeUntil(last, performance.now() + budgetMs)
    return isDone()
  }

  return {
    sinceLastMs: () => (isWritten ? performance.now() - addedAt : null),
    add(frames, firstSeq) {
      addedAt = performance.now()
      // What is not yet decoded may tell that these hold packets, too.
      if (upTo < firstSeq - 1) return
      for (const frame of frames) {
        if (!decoding.skips(frame)) {
          onUndecoded()
          return
        }
        upTo++
      }
    },
    place: over ? null : place,
    decodedTo,
    knownTo() {
      step(decodeForFilterMs)
      return decodedTo()
    },
    step,
    catchUp: (budgetMs) => (last() - upTo > muchLeft && !over ? isLost() : step(budgetMs)),
    reach(seq) {
      if (upTo < seq && !isDone() && !isLost())
        decodeUntil(() => Math.min(seq, last()), Number.POSITIVE_INFINITY)
    },
    packets: (first, last) => attempt(() => packets?.packets(first, last)) ?? none,
    heartbeats: (after, last) => attempt(() => packets?.heartbeats(after, last)) ?? [],
    finish(budgetMs) {
      if (isLost()) return
      decodeUntil(last, performance.now() + budgetMs)
      if (isDone() && !over) attempt(() => writer?.finish(upTo))
    },
  }
}
