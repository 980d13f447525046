// Captures for tests, and what a filter finds in them.

import assert from 'node:assert/strict'
import { type Capture, createCapture } from '../../../src/engine/capture/capture.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import type { RowFilter, RowPage } from '../../../src/shared/session/captureRows.ts'
import { recorded } from './captureFrames.ts'

/** A capture that is to be closed; null keeps it in memory. */
export function startCapture(path: string | null = null, limits: Partial<Limits> = {}): Capture {
  return createCapture({ path, ...recorded, limits: { ...defaultLimits, ...limits } })
}

/** A page of rows once the capture has looked through all of its frames and summed up those of runs, for which it may take several turns. */
export function wholePage(
  capture: Capture,
  filter: RowFilter,
  first: number,
  count: number,
): RowPage {
  let page = capture.rows(filter, first, count)
  while (page.partial || page.rows.some(({ fold }) => fold?.counting))
    page = capture.rows(filter, first, count)
  return page
}

/** The sequence numbers of all rows that a filter shows, the same by pages and as a whole. */
export function shownSeqs(capture: Capture, text: string, afterSeq = 0, wire = false): number[] {
  const filter = { afterSeq, text, wire }
  const page = wholePage(capture, filter, 0, 1000)
  const found = page.rows.map(({ frame }) => frame.seq)
  assert.equal(page.total, found.length)
  assert.deepEqual(
    [...capture.entries(filter)].map(({ frame }) => frame.seq),
    found,
  )
  return found
}
