// Decoding runs in slices between everything else, until nothing is left, and again when more has come.

import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'mocha'
import { decodeBehind } from '../../../src/engine/decodeBehind.ts'

/** Has to be asked so often until nothing is left. */
function scripted(slices: number) {
  const budgets: number[] = []
  let left = slices
  let tell = () => {}
  return {
    budgets,
    more(count: number) {
      left = count
      tell()
    },
    onUndecoded(heard: () => void) {
      tell = heard
    },
    decode(budgetMs: number) {
      budgets.push(budgetMs)
      left--
      return left <= 0
    },
  }
}

describe('decoding behind a session', () => {
  it('goes on until nothing is left, and begins again when more has come', async () => {
    const capture = scripted(3)
    decodeBehind(capture, false)
    await sleep(200)
    assert.equal(capture.budgets.length, 3)
    capture.more(1)
    await sleep(100)
    assert.equal(capture.budgets.length, 4)
  })

  it('heeds what comes while it leaves the thread alone', async () => {
    const capture = scripted(1)
    decodeBehind(capture, true)
    await new Promise<void>((resolve) => {
      const { decode } = capture
      capture.decode = (budgetMs) => {
        resolve()
        return decode(budgetMs)
      }
    })
    capture.more(1)
    assert.equal(capture.budgets.length, 1)
    await sleep(100)
    assert.equal(capture.budgets.length, 2)
  })

  it('takes little of the thread while it records, and more when that has ended', async () => {
    const capture = scripted(1000)
    const pump = decodeBehind(capture, true)
    await sleep(200)
    assert.ok(
      capture.budgets.length >= 1 && capture.budgets.length <= 5,
      `${capture.budgets.length}`,
    )
    assert.ok(capture.budgets.every((budgetMs) => budgetMs === 5))
    pump.hurry()
    await sleep(200)
    assert.equal(capture.budgets.at(-1), 20)
    pump.stop()
    const { length } = capture.budgets
    await sleep(50)
    pump.hurry()
    capture.more(1)
    await sleep(50)
    assert.equal(capture.budgets.length, length)
  })
})
