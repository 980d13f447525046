// Numbers sorted in steps, so that a million hold up nobody, and their quantiles.

import type { Quantiles } from './comparison.ts'

/** What is done in one step. */
const stepNumbers = 16_384

/** Sorts in place or in a copy, and answers with the one that is sorted. */
export function* sortInSteps(numbers: Float64Array): Generator<void, Float64Array> {
  for (let from = 0; from < numbers.length; from += stepNumbers) {
    numbers.subarray(from, from + stepNumbers).sort()
    yield
  }
  let sorted = numbers
  let other = numbers.length > stepNumbers ? new Float64Array(numbers.length) : numbers
  for (let run = stepNumbers; run < numbers.length; run *= 2) {
    for (let from = 0; from < numbers.length; from += 2 * run)
      yield* merge(sorted, other, from, run)
    ;[sorted, other] = [other, sorted]
  }
  return sorted
}

/** Two sorted runs that follow each other become one. */
function* merge(
  source: Float64Array,
  target: Float64Array,
  from: number,
  run: number,
): Generator<void> {
  const middle = Math.min(from + run, source.length)
  const end = Math.min(from + 2 * run, source.length)
  let left = from
  let right = middle
  for (let to = from; to < end; to++) {
    if (to % stepNumbers === 0) yield
    const isLeft = right >= end || (left < middle && (source[left] ?? 0) <= (source[right] ?? 0))
    target[to] = (isLeft ? source[left] : source[right]) ?? 0
    if (isLeft) left += 1
    else right += 1
  }
}

/** Of sorted numbers, by nearest rank; null where there are none. */
export function quantilesOf(sorted: ArrayLike<number>): Quantiles | null {
  const max = sorted[sorted.length - 1]
  if (max === undefined) return null
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? max
  return { p50: at(0.5), p95: at(0.95), max }
}

/** Does all steps at once. */
export function finish<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
