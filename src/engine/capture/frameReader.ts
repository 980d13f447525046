// Reads frames and payloads by sequence number from a capture's tables.

import type { DatabaseSync } from 'node:sqlite'
import type { Direction, Frame, FrameKind, FrameWithPreview, NewFrame } from '../../shared/frame.ts'
import type { PayloadPiece } from '../../shared/messages.ts'
import { previewBytes, previewPayload } from '../../shared/preview.ts'

export interface FrameReader {
  /** Frames from `seq` on, in order, at most `count`. Reads the first bytes of payloads only. */
  read(seq: number, count: number): FrameWithPreview[]
  /** Time of a frame; null when there is none of that number. */
  at(seq: number): number | null
  /** The highest sequence number; 0 when there is none. */
  last(): number
  /** A part of a payload, in a buffer of its own. Null when the frame has no payload. */
  piece(seq: number, offset: number, length: number): PayloadPiece | null
}

interface FrameRow {
  readonly seq: number
  readonly at: number
  readonly connection: number
  readonly shape: number
  readonly size_bytes: number
  readonly wire_bytes: number
  readonly reply_to: number | null
  readonly detail: string | null
  readonly start: Uint8Array | null
}

interface ShapeRow {
  readonly kind: FrameKind
  readonly direction: Direction
  readonly code: string | null
  readonly detail: string | null
}

type Shape = Pick<Frame, 'kind' | 'direction' | 'code'> & {
  readonly detail: Frame['detail'] | null
}

export function createFrameReader(database: DatabaseSync, previewChars: number): FrameReader {
  const selectFrames = database.prepare(
    `SELECT seq, at, connection, shape, size_bytes, wire_bytes, reply_to, detail,
       substr(payload, 1, ${previewBytes(previewChars)}) AS start
     FROM frame WHERE seq >= ? ORDER BY seq LIMIT ?`,
  )
  const selectShape = database.prepare(
    'SELECT kind, direction, code, detail FROM shape WHERE id = ?',
  )
  const selectAt = database.prepare('SELECT at FROM frame WHERE seq = ?')
  const selectLast = database.prepare('SELECT max(seq) AS seq FROM frame')
  const selectSize = database.prepare(
    `SELECT coalesce(
         (SELECT offset + length(bytes) FROM piece WHERE seq = f.seq ORDER BY offset DESC LIMIT 1),
         length(f.payload)) AS size
     FROM frame f WHERE f.seq = ?`,
  )
  const selectInline = database.prepare(
    'SELECT substr(payload, ? + 1, ?) AS bytes FROM frame WHERE seq = ?',
  )
  const selectPieces = database.prepare(
    `SELECT offset, bytes FROM piece WHERE seq = ?1 AND offset < ?3 AND offset >= coalesce(
       (SELECT max(offset) FROM piece WHERE seq = ?1 AND offset <= ?2), 0)
     ORDER BY offset`,
  )
  const shapes = new Map<number, Shape>()
  let startedAt: number | null = null

  function at(seq: number): number | null {
    return (selectAt.get(seq) as { at: number } | undefined)?.at ?? null
  }

  function read(seq: number, count: number): FrameWithPreview[] {
    startedAt ??= at(1)
    const rows = selectFrames.all(seq, count) as unknown as FrameRow[]
    return rows.map(toFrame)
  }

  function toFrame(row: FrameRow): FrameWithPreview {
    const shape = findShape(row.shape)
    // The tables hold what `append` was given: kind and detail belong together.
    const frame = {
      seq: row.seq,
      at: row.at,
      elapsedMs: row.at - (startedAt ?? row.at),
      connection: row.connection,
      direction: shape.direction,
      kind: shape.kind,
      sizeBytes: row.size_bytes,
      wireBytes: row.wire_bytes,
      replyTo: row.reply_to,
      code: shape.code,
      detail: shape.detail ?? JSON.parse(row.detail ?? '{}'),
    } as Frame
    return { frame, preview: previewPayload(frame, row.start, previewChars) }
  }

  function findShape(id: number): Shape {
    const known = shapes.get(id)
    if (known) return known
    const { kind, direction, code, detail } = selectShape.get(id) as unknown as ShapeRow
    const shape = { kind, direction, code, detail: detail === null ? null : JSON.parse(detail) }
    shapes.set(id, shape)
    return shape
  }

  function piece(seq: number, offset: number, length: number): PayloadPiece | null {
    const { size } = (selectSize.get(seq) ?? { size: null }) as { size: number | null }
    if (size === null) return null
    return {
      offset,
      sizeBytes: size,
      bytes: readBytes(seq, offset, Math.min(offset + length, size)),
    }
  }

  function readBytes(seq: number, start: number, end: number): Uint8Array {
    if (end <= start) return new Uint8Array(0)
    const { bytes: inline } = selectInline.get(start, end - start, seq) as { bytes: Uint8Array }
    if (inline.length === end - start) return inline
    const whole = new Uint8Array(end - start)
    whole.set(inline)
    for (const row of selectPieces.iterate(seq, start, end)) {
      const { offset, bytes } = row as unknown as { offset: number; bytes: Uint8Array }
      const from = Math.max(start - offset, 0)
      whole.set(bytes.subarray(from, end - offset), offset + from - start)
    }
    return whole
  }

  return {
    read,
    at,
    last: () => (selectLast.get() as { seq: number | null }).seq ?? 0,
    piece,
  }
}

/** The same for a frame that never reached the file. */
export function previewNewFrame(
  frame: NewFrame,
  seq: number,
  startedAt: number,
  previewChars: number,
): FrameWithPreview {
  const { payload, ...head } = frame
  const numbered: Frame = { ...head, seq, elapsedMs: frame.at - startedAt }
  return { frame: numbered, preview: previewPayload(numbered, payload, previewChars) }
}

/** A part of a payload in memory, copied so that the receiver may take it over. */
export function pieceOf(payload: Uint8Array, offset: number, length: number): PayloadPiece {
  return { offset, sizeBytes: payload.length, bytes: payload.slice(offset, offset + length) }
}
