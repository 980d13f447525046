// Reads frames and payloads by sequence number from a capture's tables.

import type { DatabaseSync } from 'node:sqlite'
import type { Direction, Frame, FrameKind, FrameWithPreview } from '../../../shared/frame/frame.ts'
import { labelBytes } from '../../../shared/frame/labels.ts'
import { previewBytes } from '../../../shared/frame/preview.ts'
import { toRow } from '../../../shared/frame/toRow.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { PayloadPiece } from '../../../shared/session/captureRows.ts'
import { nestsDeeper } from '../../../shared/text/nestsDeeper.ts'
import { checkedFrame, moment } from '../format/checkedFrame.ts'
import { numberIn, roomOf, valueWithin, within } from '../format/room.ts'
import { inlineBytes, pieceRowBytes } from '../format/schema.ts'
import { createDataRows, dataRowsAtOnce, type FrameRow } from './dataRows.ts'

export interface FrameReader {
  /**
   * Frames from `seq` on, in order, at most `count`; fewer where their details are longer than `limits.pageChars`,
   * but one at least. Reads the first bytes of payloads only.
   */
  read(seq: number, count: number): FramePage
  /** The same frames without what is drawn of them, in three quarters of the time. */
  frames(seq: number, count: number): FramePage<StartedFrame>
  /** Time of a frame; null when there is none of that number. */
  at(seq: number): number | null
  /** The highest sequence number; 0 when there is none. */
  last(): number
  /** A part of a payload, in a buffer of its own. Null when the frame has no payload. */
  piece(seq: number, offset: number, length: number): PayloadPiece | null
  /**
   * Frames after `after` up to `last`, in order, some of them, among which are all that may carry packets; of the
   * connection `ignored` its exchanges only.
   */
  data(after: number, last: number, ignored: number | null): DataRun
}

export interface DataRun {
  /** A payload is null where there is none, and where `piece` has it, since it does not fit the frame's row. */
  readonly frames: readonly { readonly frame: Frame; readonly payload: Uint8Array | null }[]
  /** Up to this one there are no others. */
  readonly upTo: number
}

/** A frame with the start of its payload. */
export interface StartedFrame {
  readonly frame: Frame
  /** At most `labelBytes`; null where there is no payload. */
  readonly start?: Uint8Array | null
}

/** It has the start as long as its words have not been made of it. */
export interface ReadRow extends FrameWithPreview, StartedFrame {}

/** Frames that follow one another, as many as a page may hold. */
export interface FramePage<Row extends StartedFrame = ReadRow> {
  readonly rows: Row[]
  /** Characters of their details, each counted where it stands, though many share one. */
  readonly detailChars: number
}

/** Brackets within brackets: those of headers and their pairs, and room for what is added. */
const detailDepth = 16
/** Kinds, directions and codes. */
const nameBytes = 200

interface ShapeRow {
  readonly kind: FrameKind
  readonly direction: Direction
  readonly code: string | null
  readonly detail: unknown
}

/** Shapes kept: those of a session are few, but a server can make each frame's detail another one. */
const keptShapes = 4096
const keptShapeChars = 32 * 1024 * 1024

type Shape = Pick<Frame, 'kind' | 'direction' | 'code'> & {
  readonly detail: Frame['detail'] | null
  readonly detailChars: number
}

export interface FrameReaderOptions {
  /** The file may come from anywhere, so its rows may hold anything; what is no frame is told as such. */
  readonly foreign: boolean
  /** `at` of the capture's first frame; null before it. */
  startedAt(): number | null
}

export function createFrameReader(
  database: DatabaseSync,
  { previewChars, detailChars, pageChars, messageBytes }: Limits,
  { foreign, startedAt: findStart }: FrameReaderOptions,
): FrameReader {
  const numbers = ['at', 'connection', 'shape', 'size_bytes', 'wire_bytes']
  const rowColumns = `seq, ${numbers.map((name) => `${numberIn(name)} AS ${name}`).join(', ')},
    iif(reply_to IS NULL, NULL, coalesce(${numberIn('reply_to')}, 'no number')) AS reply_to`
  const selectFrames = database.prepare(
    `SELECT ${rowColumns}, ${within('detail', detailChars)}, octet_length(detail) AS detailBytes,
       substr(${valueWithin('payload', inlineBytes)}, 1, ${Math.max(labelBytes, previewBytes(previewChars))}) AS start
     FROM frame WHERE seq >= ? ORDER BY seq LIMIT ?`,
  )
  const dataRows = createDataRows(database, rowColumns, detailChars)
  const selectShape = database.prepare(
    `SELECT ${within('kind', nameBytes)}, ${within('direction', nameBytes)}, ${within('code', nameBytes)},
       ${within('detail', detailChars)} FROM shape WHERE id = ?`,
  )
  const selectAt = database.prepare(`SELECT ${numberIn('at')} AS at FROM frame WHERE seq = ?`)
  const selectLast = database.prepare('SELECT max(seq) AS seq FROM frame')
  const selectSize = database.prepare(
    `SELECT coalesce(
         (SELECT ${numberIn('offset')} + octet_length(bytes) FROM piece WHERE seq = f.seq ORDER BY offset DESC LIMIT 1),
         iif(typeof(f.payload) = 'blob' AND octet_length(f.payload) <= ${inlineBytes}, octet_length(f.payload), NULL)) AS size
     FROM frame f WHERE f.seq = ?`,
  )
  const selectInline = database.prepare(
    `SELECT substr(${valueWithin('payload', inlineBytes)}, ? + 1, ?) AS bytes FROM frame WHERE seq = ?`,
  )
  const selectPieces = database.prepare(
    `SELECT offset, ${within('bytes', pieceRowBytes)} FROM piece WHERE seq = ?1 AND offset < ?3 AND offset >= coalesce(
       (SELECT max(offset) FROM piece WHERE seq = ?1 AND offset <= ?2), 0)
     ORDER BY offset LIMIT CAST((?3 - ?2) / ${pieceRowBytes} + 2 AS INTEGER)`,
  )
  const shapes = new Map<number, Shape>()
  let shapeChars = 0
  let startedAt: number | null = null

  function at(seq: number): number | null {
    const found = (selectAt.get(seq) as { at: unknown } | undefined)?.at
    return moment(found) ? (found as number) : null
  }

  function readPage<Row extends StartedFrame>(
    seq: number,
    count: number,
    rowOf: (frame: Frame, start: Uint8Array | null) => Row,
  ): FramePage<Row> {
    startedAt ??= findStart()
    const rows: Row[] = []
    let chars = 0
    for (const row of selectFrames.iterate(seq, count) as unknown as Iterable<FrameRow>) {
      const shape = findShape(row.shape)
      chars += shape.detailChars + Math.min(row.detailBytes ?? 0, detailChars)
      if (chars > pageChars && rows.length > 0) break
      rows.push(rowOf(toFrame(row, shape), bytesOf(row.start)))
    }
    return { rows, detailChars: chars }
  }

  function toFrame(row: FrameRow, shape: Shape): Frame {
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
      detail: shape.detail ?? parseDetail(row.detail),
    } as Frame
    return foreign ? checkedFrame(frame) : frame
  }

  function data(after: number, last: number, ignored: number | null): DataRun {
    startedAt ??= findStart()
    const frames: { readonly frame: Frame; readonly payload: Uint8Array | null }[] = []
    let chars = 0
    for (const row of dataRows(after, last, ignored)) {
      const shape = findShape(row.shape)
      const frame = toFrame(row, shape)
      const payload = bytesOf(row.start)
      frames.push({ frame, payload })
      chars +=
        shape.detailChars + Math.min(row.detailBytes ?? 0, detailChars) + (payload?.length ?? 0)
      if (frames.length === dataRowsAtOnce || chars > pageChars) return { frames, upTo: frame.seq }
    }
    return { frames, upTo: last }
  }

  function findShape(id: number): Shape {
    const known = shapes.get(id)
    if (known) return known
    const found = selectShape.get(id) as unknown as ShapeRow | undefined
    const { kind, direction, code, detail } = found ?? noShape
    const chars = typeof detail === 'string' ? detail.length : 0
    const shape = { kind, direction, code, detail: parseDetail(detail), detailChars: chars }
    shapeChars += chars
    if (shapes.size >= keptShapes || shapeChars > keptShapeChars) {
      shapes.clear()
      shapeChars = chars
    }
    shapes.set(id, shape)
    return shape
  }

  function piece(seq: number, offset: number, length: number): PayloadPiece | null {
    const { size } = (selectSize.get(seq) ?? { size: null }) as { size: number | null }
    if (size === null || (foreign && !(size <= Math.min(messageBytes, roomOf(database)))))
      return null
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

  const drawn = (frame: Frame, start: Uint8Array | null): ReadRow => ({
    ...toRow(frame, start, previewChars),
    start,
  })

  return {
    read: (seq, count) => readPage(seq, count, drawn),
    frames: (seq, count) => readPage(seq, count, (frame, start) => ({ frame, start })),
    at,
    last: () => (selectLast.get() as { seq: number | null }).seq ?? 0,
    piece,
    data,
  }
}

function bytesOf(value: unknown): Uint8Array | null {
  return value instanceof Uint8Array ? value : null
}

/** What stands for a shape that is not there; no frame has such a kind. */
const noShape: ShapeRow = {
  kind: '' as FrameKind,
  direction: 'local',
  code: null,
  detail: null,
}

/** Null where there is none, and where it is broken JSON or nests deeper than any of Lifeline's. */
function parseDetail(json: unknown): Frame['detail'] | null {
  if (typeof json !== 'string' || nestsDeeper(json, detailDepth)) return null
  try {
    return JSON.parse(json)
  } catch {
    // Only a file that Lifeline did not write has it.
    return null
  }
}
