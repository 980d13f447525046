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
    decodeBehind(capture)
    await sleep(200)
    assert.equal(capture.budgets.length, 3)
    capture.more(1)
    await sleep(100)
    assert.equal(capture.budgets.length, 4)
  })

  it('heeds what comes while it leaves the thread alone', async () => {
    const capture = scripted(1)
    decodeBehind(capture)
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

  it('takes little of the thread while that has much else to do, and more when it has not', async () => {
    const capture = scripted(10_000)
    const pump = decodeBehind(capture)
    const endWork = keepBusy()
    await sleep(200)
    // The first slices may come before it is known.
    const whileBusy = capture.budgets.length
    assert.ok(whileBusy >= 1 && whileBusy <= 6, `${whileBusy}`)
    endWork()
    await sleep(300)
    const afterwards = capture.budgets.length - whileBusy
    assert.ok(afterwards > 3 * whileBusy, `${whileBusy}, then ${afterwards}`)
    pump.stop()
    const { length } = capture.budgets
    capture.more(1)
    await sleep(50)
    assert.equal(capture.budgets.length, length)
  })
})

/** Takes nearly all of the thread, and lets timers come in between, until it is ended. */
function keepBusy(): () => void {
  let ended = false
  const work = () => {
    const until = performance.now() + 5
    while (performance.now() < until);
    if (!ended) setImmediate(work)
  }
  setImmediate(work)
  return () => {
    ended = true
  }
}
