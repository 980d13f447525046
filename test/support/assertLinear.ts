// Work that grows with its input and no faster, measured against itself: no limit on a time, which a loaded machine passes.

import assert from 'node:assert/strict'
import { ownMs } from './ownMs.ts'

/** Four times the input takes linear work four times as long, and quadratic work sixteen times. */
const mostGrowth = 9
/** The processor's time is told in steps of some milliseconds. */
const enoughMs = 15
const tries = 3

/** Fails when the work of `act` on `4 * size` is out of proportion to that on `size`, each time that it is tried. */
export function assertLinear(size: number, act: (size: number) => unknown, what = ''): void {
  // What runs often is compiled.
  act(size)
  const growths: number[] = []
  while (growths.length < tries) {
    const growth = growthOf(size, act)
    if (growth < mostGrowth) return
    growths.push(Math.round(growth))
  }
  assert.fail(`four times as much takes ${growths.join(', ')} times as long ${what}`)
}

function growthOf(size: number, act: (size: number) => unknown): number {
  const began = ownMs()
  let times = 0
  do {
    act(size)
    times++
  } while (ownMs() - began < enoughMs)
  const once = ownMs() - began
  const again = ownMs()
  for (let i = 0; i < times; i++) act(4 * size)
  return (ownMs() - again) / once
}
