// The brackets beside the rows: from a frame to the one that answers it.

import { toneOf } from '../../shared/frame/describe.ts'
import { isFailure } from '../../shared/frame/packet.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { RowRange } from './virtualWindow.ts'

/** The part of a bracket that a row shows. */
export interface PairPart {
  readonly part: 'begins' | 'passes' | 'ends'
  /** `chosen`: one of its two frames is selected. */
  readonly look: 'quiet' | 'chosen'
  /** The answer says that it failed. */
  readonly failed: boolean
  /** The row that answers the selected one, or that it answers. */
  readonly partner: boolean
  /** The frame at its other end. */
  readonly leadsTo: number
}

/** The rows as they stand; `undefined` where one is not read. */
export interface PairedRows {
  readonly range: RowRange
  readonly total: number
  at(index: number): Row | undefined
}

/** Rows looked through for the other end. */
const reach = 200

/** By row index, for those of `range`. `selected`: null where no row is. */
export function pairParts(
  rows: PairedRows,
  selected: { readonly index: number; readonly row: Row } | null,
): ReadonlyMap<number, PairPart> {
  const parts = quietParts(rows)
  if (selected === null) return parts
  const pair = pairOf(rows, selected)
  if (pair === null) return parts
  const { index } = selected
  const [first, last] = pair.index < index ? [pair.index, index] : [index, pair.index]
  const from = Math.max(first, rows.range.first)
  for (let at = from; at <= last && at < rows.range.end; at++) {
    const part = at === first ? 'begins' : at === last ? 'ends' : 'passes'
    const partner = at === pair.index
    parts.set(at, { part, look: 'chosen', failed: pair.failed, partner, leadsTo: pair.seq })
  }
  // Halves of what it covers.
  if (parts.get(first - 1)?.part === 'begins') parts.delete(first - 1)
  if (parts.get(last + 1)?.part === 'ends') parts.delete(last + 1)
  return parts
}

/** Calls that a decoder knows, where the answer is right below. */
function quietParts({ range, at }: PairedRows): Map<number, PairPart> {
  const parts = new Map<number, PairPart>()
  // One that begins right above the range ends in it.
  for (let index = Math.max(0, range.first - 1); index < range.end; index++) {
    const [asks, answers] = [at(index), at(index + 1)]
    if (!asks || asks.gapMs !== undefined || answers?.gapMs !== undefined) continue
    if (!answers?.decoded?.some((one) => one.answers === asks.frame.seq)) continue
    const shared = { look: 'quiet', failed: isFailed(answers), partner: false } as const
    parts.set(index, { ...shared, part: 'begins', leadsTo: answers.frame.seq })
    parts.set(index + 1, { ...shared, part: 'ends', leadsTo: asks.frame.seq })
  }
  return parts
}

interface OtherEnd {
  readonly seq: number
  /** Beyond the rows that are read where it is far away. */
  readonly index: number
  readonly failed: boolean
}

/** Null where there is none, or it has no row. */
function pairOf(
  rows: PairedRows,
  { index, row }: { readonly index: number; readonly row: Row },
): OtherEnd | null {
  const asked = row.frame.replyTo ?? row.decoded?.find(hasAnswered)?.answers
  if (asked !== undefined) {
    const at = find(rows, index, -1, ({ frame }) => frame.seq - asked)
    return at === null ? null : { seq: asked, index: at, failed: isFailed(row) }
  }
  const answeredBy = row.decoded?.find(hasAnswer)?.answeredBy
  if (answeredBy !== undefined) {
    const at = find(rows, index, 1, ({ frame }) => frame.seq - answeredBy)
    const answer = at === null ? undefined : rows.at(at)
    return at === null
      ? null
      : { seq: answeredBy, index: at, failed: answer !== undefined && isFailed(answer) }
  }
  return findReply(rows, index, row)
}

/** Of what no decoder knows the answer is looked for below. */
function findReply(rows: PairedRows, index: number, { frame }: Row): OtherEnd | null {
  for (let at = index + 1; at < Math.min(rows.total, index + reach); at++) {
    const row = rows.at(at)
    if (row?.frame.replyTo !== frame.seq || row.frame.kind === 'notice' || row.gapMs !== undefined)
      continue
    return { seq: row.frame.seq, index: at, failed: isFailed(row) }
  }
  return null
}

/** The row for which `off` is 0, in steps from `index`; beyond all rows where those between are not read. */
function find(
  { total, at }: PairedRows,
  index: number,
  step: 1 | -1,
  off: (row: Row) => number,
): number | null {
  for (let next = index + step; next >= 0 && next < total; next += step) {
    const row = at(next)
    if (!row) return step < 0 ? -1 : total
    if (row.gapMs !== undefined) continue
    if (off(row) === 0) return next
    // Its own row is hidden.
    if (off(row) * step > 0) return null
  }
  return null
}

function isFailed(row: Row): boolean {
  return row.decoded?.some(isFailure) === true || toneOf(row.frame) === 'error'
}

function hasAnswered({ answers }: { readonly answers?: number }): boolean {
  return answers !== undefined
}

function hasAnswer({ answeredBy }: { readonly answeredBy?: number }): boolean {
  return answeredBy !== undefined
}
