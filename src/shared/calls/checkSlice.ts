// Checks of what the page asks of a session's time.

import { sliceLimits } from '../limits.ts'
import type { SliceWish } from '../session/timeSlice.ts'
import { checkObject, checkSeq, refuse } from './callArguments.ts'

/** Either way from 1970, in ms: no time that can be written down is further off. */
const furthestMs = 8.64e15

/** Epoch ms, of a time that may be before or after all frames. */
export function checkMoment(value: unknown): number {
  if (typeof value !== 'number' || !(Math.abs(value) <= furthestMs)) throw refuse('at')
  return value
}

export function checkSlice(value: unknown): SliceWish {
  const { fromAt, binMs, bins, afterSeq } = checkObject(value, 'slice')
  if (typeof binMs !== 'number' || !(binMs > 0 && binMs <= furthestMs)) throw refuse('binMs')
  if (typeof bins !== 'number' || !Number.isInteger(bins) || bins < 1 || bins > sliceLimits.bins)
    throw refuse('bins')
  return { fromAt: checkMoment(fromAt), binMs, bins, afterSeq: checkSeq(afterSeq) }
}
