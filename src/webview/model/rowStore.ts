// The rows that the view may need, pulled by range: one request at a time, few rows kept.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Row, RowFilter, RowPage } from '../../shared/session/captureRows.ts'
import { createAnswerWatch } from './answerWatch.ts'
import { createDecodingWait } from './decodingWait.ts'
import { createFoldingWatch } from './foldingWatch.ts'

/** A row with the time of the one before it, in epoch ms; null for the very first. */
export interface StoredRow extends Row {
  readonly previousAt: number | null
}

export interface RowStore {
  row(index: number): StoredRow | undefined
  /** Whether each of the rows `first` to `end - 1` is here. */
  has(first: number, end: number): boolean
  /** The same, and none of them is to be read again once more is known of it. */
  isWhole(first: number, end: number): boolean
  /** The rows that are needed now; what an earlier call asked for and has not got is forgotten. */
  want(first: number, end: number): void
  /** Asks for what came after the last known row, to learn the total that a text filter has. */
  wantTail(): void
  /** Takes rows that were read elsewhere, by the filter of the store. */
  take(page: RowPage): void
  /**
   * Forgets the rows from `keep` on, 0 where it is absent: those before are the same under the next
   * filter. Answers that are still under way are dropped.
   */
  reset(filter: RowFilter, keep?: number): void
}

export interface RowStoreOptions {
  readonly api: Pick<TimelineApi, 'rows'>
  readonly onPage: (page: RowPage) => void
  /** All rows may have other numbers: see `RowPage.folding`. The page that told so is not kept. */
  readonly onRefolded: () => void
  /**
   * Rows cannot be read; null when those that are wanted can. They are asked for again when others have come or are
   * wanted: a view that draws the problem wants the same ones again.
   */
  readonly onProblem: (problem: unknown) => void
}

/** Of rows, by their numbers. */
interface Request {
  readonly from: number
  readonly count: number
}

/** Rows in one request at the most. */
export const pageRows = 200
/** Rows kept; beyond it those far from the wanted ones go. */
export const keptRows = 4000

/** An empty store for the whole, unfiltered session. */
export function createRowStore({ api, onPage, onRefolded, onProblem }: RowStoreOptions): RowStore {
  const rows = new Map<number, StoredRow>()
  let filter: RowFilter = { afterSeq: 0, text: '', wire: false }
  let wanted = { first: 0, end: 0 }
  let tailWanted = false
  let knownTotal = 0
  /** Rows from here on were asked for and are not there yet. */
  let absentFrom = Number.POSITIVE_INFINITY
  /** Rows from here on may have been folded with newer ones since they were read. */
  let settled = Number.POSITIVE_INFINITY
  const folding = createFoldingWatch()
  /** Rows that may have packets once decoding has come to them, or tell more of a run once that is summed up. */
  const undecoded = new Set<number>()
  /** Of the rows of this one, those that are undecoded are to be read again. */
  let decodedWanted = false
  const awaitDecoding = createDecodingWait(() => {
    decodedWanted = true
    void pump()
  })
  const answers = createAnswerWatch({ rows, wanted: () => wanted, over: () => void pump() })
  /** Rows that could not be read. */
  const unreadable = new Set<number>()
  let hasProblem = false
  let generation = 0
  let busy = false

  async function pump(): Promise<void> {
    if (busy) return
    busy = true
    let failed = false
    for (let next = nextRequest(); next !== null; next = nextRequest()) {
      failed = !(await ask(next)) || failed
    }
    busy = false
    if (hasProblem && !failed && !wantsUnreadable()) tell(null)
  }

  /** Answers false where the rows cannot be read. */
  async function ask({ from, count }: Request): Promise<boolean> {
    const asked = generation
    try {
      const page = await api.rows(filter, from, count)
      if (asked === generation) take(page, from)
      return true
    } catch (error) {
      if (asked !== generation) return true
      for (let index = from; index < from + count; index++) unreadable.add(index)
      tell(error)
      return false
    }
  }

  function tell(problem: unknown): void {
    hasProblem = problem !== null
    onProblem(problem)
  }

  function wantsUnreadable(): boolean {
    return [...unreadable].some((index) => index >= wanted.first && index < wanted.end)
  }

  function nextRequest(): Request | null {
    const end = Math.min(wanted.end, absentFrom)
    const isToRead = (index: number) => !rows.has(index) && !unreadable.has(index)
    for (let from = wanted.first; from < end; from++) {
      if (!isToRead(from)) continue
      let to = from + 1
      while (to < end && to - from < pageRows && isToRead(to)) to++
      return { from, count: to - from }
    }
    const again = decodedWanted ? undecodedRequest() : null
    if (again) return again
    const due = answers.due()
    if (due !== null) return pageFrom(due, wanted.end)
    if (!tailWanted) return null
    tailWanted = false
    return { from: Math.min(knownTotal, settled), count: pageRows }
  }

  /** From the first of the wanted rows that is undecoded on, or one row that tells how all fold; asked for once. */
  function undecodedRequest(): Request | null {
    decodedWanted = false
    for (let from = wanted.first; from < wanted.end; from++) {
      if (undecoded.has(from)) return pageFrom(from, wanted.end)
    }
    return folding.refolds ? { from: wanted.first, count: 1 } : null
  }

  /** Rows that were here before they were wanted have nobody else who waits for them. */
  function awaitWanted(): void {
    const waiting: StoredRow[] = []
    for (let index = wanted.first; index < wanted.end; index++) {
      const row = undecoded.has(index) ? rows.get(index) : undefined
      if (row) waiting.push(row)
    }
    answers.look()
    awaitDecoding({ undecoded: waiting.length > 0, refolds: folding.refolds, rows: waiting })
  }

  /** What may have been folded meanwhile is forgotten once the page brings it anew, or is far from it. */
  function settle(page: RowPage): void {
    const now = page.settled ?? Number.POSITIVE_INFINITY
    const isBehind = page.from > settled
    const pageEnd = page.from + page.rows.length
    const isAhead = pageEnd <= settled && pageEnd < page.total
    // What is wanted stays until it is brought anew.
    if (isAhead || (isBehind && settled >= wanted.first && settled < wanted.end)) {
      settled = Math.min(settled, now)
      return
    }
    const end = isBehind ? page.from : Number.POSITIVE_INFINITY
    for (const index of rows.keys()) if (index >= settled && index < end) rows.delete(index)
    settled = now
  }

  function take(page: RowPage, asked: number): void {
    if (folding.renumbers(page)) {
      onRefolded()
      return
    }
    unreadable.clear()
    settle(page)
    let previousAt = page.previousAt
    page.rows.forEach((row, offset) => {
      rows.set(page.from + offset, { ...row, previousAt })
      // A silence lies between the two.
      if (row.gapMs === undefined) previousAt = endOf(row)
      if ((page.undecoded && !row.decoded) || row.fold?.counting) undecoded.add(page.from + offset)
      else undecoded.delete(page.from + offset)
    })
    knownTotal = page.total
    absentFrom = page.rows.length === 0 ? asked : page.total
    awaitDecoding(page)
    answers.look()
    onPage(page)
    if (rows.size > keptRows) forgetFarRows(page)
  }

  /** The rows of the page may be what is drawn until those that are wanted have come. */
  function forgetFarRows({ from, rows: { length } }: RowPage): void {
    for (const index of rows.keys()) {
      if (isNear(index, wanted.first, wanted.end) || isNear(index, from, from + length)) continue
      rows.delete(index)
      undecoded.delete(index)
    }
  }

  return {
    row: (index) => rows.get(index),
    has: (first, end) => every(first, end, (index) => rows.has(index)),
    isWhole: (first, end) => every(first, end, (index) => rows.has(index) && !undecoded.has(index)),
    want: (first, end) => {
      if (wanted.first !== Math.max(0, first) || wanted.end !== end) unreadable.clear()
      wanted = { first: Math.max(0, first), end }
      absentFrom = Number.POSITIVE_INFINITY
      awaitWanted()
      void pump()
    },
    take: (page) => take(page, page.from),
    wantTail: () => {
      tailWanted = true
      void pump()
    },
    reset: (next, keep = 0) => {
      generation++
      for (const index of rows.keys()) if (index >= keep) rows.delete(index)
      settled = Number.POSITIVE_INFINITY
      unreadable.clear()
      for (const index of undecoded) if (index >= keep) undecoded.delete(index)
      decodedWanted = false
      if (keep === 0) folding.forget()
      filter = next
      wanted = { first: 0, end: 0 }
      tailWanted = false
      knownTotal = 0
      absentFrom = Number.POSITIVE_INFINITY
    },
  }
}

function pageFrom(from: number, end: number): Request {
  return { from, count: Math.min(end - from, pageRows) }
}

function isNear(index: number, first: number, end: number): boolean {
  const margin = keptRows / 4
  return index >= first - margin && index < end + margin
}

/** When the last frame that the row stands for was seen. */
function endOf({ frame, fold }: Row): number {
  return fold && !fold.open ? frame.at + fold.spanMs : frame.at
}

function every(first: number, end: number, holds: (index: number) => boolean): boolean {
  for (let index = first; index < end; index++) if (!holds(index)) return false
  return true
}
