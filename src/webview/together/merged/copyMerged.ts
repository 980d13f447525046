// Copies rows of the merged list: reads them from each session, puts them in order, and makes a text of them.

import { hasPayload } from '../../../shared/frame/frame.ts'
import { mergedCopyLimits } from '../../../shared/limits.ts'
import type { Row } from '../../../shared/session/captureRows.ts'
import { formatCount, formatSize } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { originOf } from './allLanes.ts'
import type { MergedLane } from './mergedLane.ts'
import { type CopyFormat, mergedMarkdown, mergedNdjson, type TextRow } from './mergedText.ts'
import { type Cut, type MergedRow, mergeFrom, rowsBefore } from './mergeRows.ts'

/** Rows in one answer. */
const pageRows = 500
/** Payloads that are asked for at once. */
const atOnce = 32

/** Rows between two places. */
export interface CopiedRows {
  readonly from: Cut
  readonly to: Cut
}

/** `model`: copies and tells what went wrong, and what of it is left out. Never rejects. */
export async function copyMerged(
  lanes: readonly MergedLane[],
  wanted: CopiedRows,
  format: CopyFormat,
  model: TimelineModel,
): Promise<void> {
  try {
    const rows = await readMerged(lanes, wanted)
    const missing = rowsBefore(wanted.to) - rowsBefore(wanted.from) - rows.length
    const { text, leftOut } = await textOf(lanes, rows, format)
    await model.api.copy(text)
    const told = [
      ...(missing > 0 ? [`the first ${formatCount(rows.length)} rows`] : []),
      ...(leftOut > 0
        ? [`the first ${formatSize(mergedCopyLimits.payloadBytes)} of their payloads`]
        : []),
    ]
    if (told.length > 0) model.report(`Only ${told.join(' and ')} are copied.`)
  } catch (error) {
    model.report(error)
  }
}

async function readMerged(
  lanes: readonly MergedLane[],
  { from, to }: CopiedRows,
): Promise<readonly MergedRow[]> {
  const read = await Promise.all(
    lanes.map(async (lane, number) => {
      const first = from[number] ?? 0
      const rows = await readRows(lane, first, to[number] ?? 0)
      return { shiftMs: lane.shiftMs, total: rows.length, row: (index: number) => rows[index] }
    }),
  )
  return mergeFrom(
    read,
    lanes.map(() => 0),
    mergedCopyLimits.rows,
  )
}

async function readRows(lane: MergedLane, first: number, end: number): Promise<readonly Row[]> {
  const count = Math.min(end - first, mergedCopyLimits.rows)
  const rows: Row[] = []
  while (rows.length < count) {
    const wanted = Math.min(pageRows, count - rows.length)
    const page = await lane.model.api.rows(lane.filter, first + rows.length, wanted)
    if (page.rows.length === 0) break
    rows.push(...page.rows)
  }
  return rows
}

interface CopiedText {
  readonly text: string
  /** Payloads that are not in it. */
  readonly leftOut: number
}

async function textOf(
  lanes: readonly MergedLane[],
  merged: readonly MergedRow[],
  format: CopyFormat,
): Promise<CopiedText> {
  const origin = originOf(lanes)
  const rows = merged.map(({ lane, at, row }): TextRow => {
    const model = lanes[lane]?.model
    const note = model?.bookmarks.of(row.frame.seq)?.note
    return {
      session: visibleLine(model?.session?.name ?? ''),
      sinceMs: at - origin,
      row,
      ...(note !== undefined && { bookmark: note }),
    }
  })
  if (format === 'markdown') return { text: mergedMarkdown(rows), leftOut: 0 }
  const payloads = await readPayloads(lanes, merged)
  const text = mergedNdjson(rows.map((row, at) => ({ ...row, payload: payloads[at] ?? null })))
  return { text, leftOut: payloads.filter((payload) => payload === undefined).length }
}

/** Null where a frame has none; undefined where it does not fit any more. */
async function readPayloads(
  lanes: readonly MergedLane[],
  rows: readonly MergedRow[],
): Promise<readonly (Uint8Array | null | undefined)[]> {
  let room = mergedCopyLimits.payloadBytes
  const wanted = rows.map(({ row: { frame } }) => {
    if (!hasPayload(frame)) return null
    room -= frame.sizeBytes
    return room < 0 ? undefined : frame.sizeBytes
  })
  const payloads: (Uint8Array | null | undefined)[] = []
  for (let from = 0; from < rows.length; from += atOnce) {
    const read = rows.slice(from, from + atOnce).map(async ({ lane, row }, offset) => {
      const size = wanted[from + offset]
      if (typeof size !== 'number') return size
      return (await lanes[lane]?.model.api.payload(row.frame.seq, 0, size))?.bytes ?? null
    })
    payloads.push(...(await Promise.all(read)))
  }
  return payloads
}
