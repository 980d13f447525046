// Reads frames and payloads by sequence number from a capture's tables.

import type { DatabaseSync } from 'node:sqlite'
import type { PayloadPiece } from '../../shared/captureRows.ts'
import type { Direction, Frame, FrameKind, FrameWithPreview, NewFrame } from '../../shared/frame.ts'
import { previewBytes, previewPayload } from '../../shared/preview.ts'
import { readPragma } from './readPragma.ts'
import { soundFrame } from './soundFrame.ts'

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
  readonly start: unknown
}

interface ShapeRow {
  readonly kind: FrameKind
  readonly direction: Direction
  readonly code: string | null
  readonly detail: string | null
}

/** Shapes kept: those of a session are few, but a server can make each frame's detail another one. */
const keptShapes = 4096

type Shape = Pick<Frame, 'kind' | 'direction' | 'code'> & {
  readonly detail: Frame['detail'] | null
}

/** `foreign`: the file may come from anywhere, so its rows may hold anything; what is no frame is told as such. */
export function createFrameReader(
  database: DatabaseSync,
  previewChars: number,
  foreign: boolean,
): FrameReader {
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
  /** No payload is larger than its file. */
  const mostBytes = foreign
    ? readPragma(database, 'page_count') * readPragma(database, 'page_size')
    : Number.POSITIVE_INFINITY
  let startedAt: number | null = null

  function at(seq: number): number | null {
    const found = (selectAt.get(seq) as { at: unknown } | undefined)?.at
    return typeof found === 'number' && Number.isFinite(found) ? found : null
  }

  function read(seq: number, count: number): FrameWithPreview[] {
    startedAt ??= at(1)
    const rows = selectFrames.all(seq, count) as unknown as FrameRow[]
    return rows.map(toFrame)
  }

  function toFrame(row: FrameRow): FrameWithPreview {
    const shape = findShape(row.shape)
    const { start } = row
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
      detail: shape.detail ?? parseDetail(row.detail ?? '{}'),
    } as Frame
    const sound = foreign ? soundFrame(frame) : frame
    const bytes = start instanceof Uint8Array ? start : null
    return { frame: sound, preview: previewPayload(sound, bytes, previewChars) }
  }

  function findShape(id: number): Shape {
    const known = shapes.get(id)
    if (known) return known
    const found = selectShape.get(id) as unknown as ShapeRow | undefined
    const { kind, direction, code, detail } = found ?? noShape
    const shape = { kind, direction, code, detail: detail === null ? null : parseDetail(detail) }
    if (shapes.size >= keptShapes) shapes.clear()
    shapes.set(id, shape)
    return shape
  }

  function piece(seq: number, offset: number, length: number): PayloadPiece | null {
    const { size } = (selectSize.get(seq) ?? { size: null }) as { size: number | null }
    if (size === null || !(size <= mostBytes)) return null
    return {
      offset,
      sizeBytes: size,
      bytes: readBytes(seq, offset, Math.min(offset + length, size)),
    }
  }

  function readBytes(seq: number, start: number, end: number): Uint8Array {
    if (end <= start) return new Uint8Array(0)
    const { bytes: inline } = selectInline.get(start, end - start, seq) as { bytes: unknown }
    const whole = new Uint8Array(end - start)
    if (inline instanceof Uint8Array) {
      if (inline.length === end - start) return inline
      whole.set(inline)
    }
    for (const row of selectPieces.iterate(seq, start, end)) {
      const { offset, bytes } = row as unknown as { offset: unknown; bytes: unknown }
      if (!Number.isSafeInteger(offset) || !(bytes instanceof Uint8Array)) continue
      // Looked at the line before.
      fill(offset as number, bytes)
    }
    return whole

    function fill(offset: number, bytes: Uint8Array): void {
      const from = Math.max(start - offset, 0)
      whole.set(bytes.subarray(from, end - offset), offset + from - start)
    }
  }

  return {
    read,
    at,
    last: () => (selectLast.get() as { seq: number | null }).seq ?? 0,
    piece,
  }
}

/** What stands for a shape that is not there; no frame has such a kind. */
const noShape: ShapeRow = {
  kind: '' as FrameKind,
  direction: 'local',
  code: null,
  detail: null,
}

/** A head is the largest thing in a detail. Brackets within brackets take seconds to read beyond this. */
const mostDetailChars = 4 * 1024 * 1024

/** Broken JSON is no detail. */
function parseDetail(json: unknown): Frame['detail'] | null {
  try {
    return typeof json === 'string' && json.length <= mostDetailChars ? JSON.parse(json) : null
  } catch {
    // Only a file that Lifeline did not write has it.
    return null
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
