// Captures for tests, and what a filter finds in them.

import assert from 'node:assert/strict'
import { type Capture, createCapture } from '../../../src/engine/capture/capture.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import { recorded } from './captureFrames.ts'

/** A capture that is to be closed; null keeps it in memory. */
export function startCapture(path: string | null = null, limits: Partial<Limits> = {}): Capture {
  return createCapture({ path, ...recorded, limits: { ...defaultLimits, ...limits } })
}

/** The sequence numbers of all rows that a filter shows, the same by pages and as a whole. */
export function shownSeqs(capture: Capture, text: string, afterSeq = 0, wire = false): number[] {
  const filter = { afterSeq, text, wire }
  let page = capture.rows(filter, 0, 1000)
  while (page.partial) page = capture.rows(filter, 0, 1000)
  const found = page.rows.map(({ frame }) => frame.seq)
  assert.equal(page.total, found.length)
  assert.deepEqual(
    [...capture.entries(filter)].map(({ frame }) => frame.seq),
    found,
  )
  return found
}
