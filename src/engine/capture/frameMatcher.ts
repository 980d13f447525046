// Tells of frames as they come which a filter matches, in the words of the filter's SQL: of a table of those frames alone.

import { DatabaseSync } from 'node:sqlite'
import { type Frame, isWireKind, type NewFrame } from '../../shared/frame/frame.ts'
import type { DecodedFrame } from '../decoders/decoding.ts'
import { createPacketWriter } from './decoding/packetWriter.ts'
import { asksForWire, createFilterQuery } from './filtering/filterQuery.ts'
import { createReadRequests } from './filtering/frameRequests.ts'
import { readFilter } from './filtering/readFilter.ts'
import { noBookmarks } from './format/bookmarkedFrames.ts'
import { decodedSchema } from './format/decodedSchema.ts'
import { schema } from './format/schema.ts'
import { createBatchWriter } from './writing/batchWriter.ts'
import { noShapes } from './writing/shapeWriter.ts'

export interface ComingFrame {
  readonly frame: Frame
  readonly payload: Uint8Array | null
  /** What decoders said of frames when this one came. */
  readonly decoded: readonly DecodedFrame[]
}

export interface FrameMatcher {
  /** The numbers of those that match. To be asked about each frame once, in order, and at a time about such as follow on each other: many cost less. */
  matches(frames: readonly ComingFrame[]): ReadonlySet<number>
  close(): void
}

/** Memory does not grow: of shapes that came, so many more than are used are kept. */
const sparedShapes = 4096

/** `wire`: frames of the wire layer match, too. Throws `bad-filter`. */
export function createFrameMatcher(text: string, wire: boolean): FrameMatcher {
  const node = readFilter({ text })
  const database = new DatabaseSync(':memory:')
  database.exec(`PRAGMA synchronous = OFF;${schema}${decodedSchema('main')}`)
  const shapes = noShapes()
  const frames = createBatchWriter(database, shapes)
  const packets = createPacketWriter(database, 'main')
  const seesWire = wire || asksForWire(node)
  let startedAt: number | null = null
  /** Of the last frame that a gap counts from. */
  let beforeAt: number | null = null
  /** That was written. */
  let lastSeq = 0
  let spared = sparedShapes
  const query = createFilterQuery({
    ...{ database, node, wire, packets: 'main', bookmarks: noBookmarks, unanswered: () => [] },
    ...{ readRequests: createReadRequests(database), passing: true },
    startedAt: () => startedAt,
    at: () => beforeAt,
  })
  // The last frame stays, or the next one would get its number.
  const forgets = ['frame', 'piece'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE seq < ?`),
  )

  /** Frames before this one are none of the matcher's. */
  function skipTo({ seq, at }: Frame): void {
    database.exec('DELETE FROM frame; DELETE FROM piece')
    frames.write([{ ...standIn, at }], 1)
    move.run(seq - 1)
  }

  function forgetShapes(): void {
    if (shapes.lastId < spared) return
    spared = shapes.lastId + sparedShapes
    const used = [...shapes.byKind.values()].flat().map(({ id }) => id)
    database.exec(`DELETE FROM shape WHERE id NOT IN (${used.join(', ')})`)
  }

  const move = database.prepare('UPDATE frame SET seq = ?')

  return {
    matches(coming) {
      const first = coming[0]?.frame
      const last = coming.at(-1)?.frame
      if (!first || !last) return new Set()
      startedAt ??= first.at
      if (first.seq !== lastSeq + 1) skipTo(first)
      lastSeq = last.seq
      const written = coming.map(({ frame, payload }) => ({ ...frame, payload }) as NewFrame)
      frames.write(written, first.seq)
      packets.write(
        coming.flatMap(({ decoded }) => decoded).filter(({ frame }) => frame.seq >= first.seq),
      )
      const found = new Set(query.matches(first.seq - 1, last.seq))
      for (const forget of forgets) forget.run(last.seq)
      packets.forget()
      beforeAt =
        coming.findLast(({ frame }) => seesWire || !isWireKind(frame.kind))?.frame.at ?? beforeAt
      forgetShapes()
      return found
    },
    close: () => database.close(),
  }
}

/** Gives the next frame its number. */
const standIn: NewFrame = {
  ...{ kind: 'notice', at: 0, connection: 0, direction: 'local', code: 'tap-held' },
  ...{ sizeBytes: 0, wireBytes: 0, replyTo: null, payload: null, detail: { message: '' } },
}
