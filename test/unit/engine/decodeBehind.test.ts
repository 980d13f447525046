// Decoding runs in slices between everything else, until nothing is left, and again when more has come.

import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'mocha'
import { decodeBehind } from '../../../src/engine/decodeBehind.ts'
import { comesTo, eventually } from '../../support/eventually.ts'

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
    await comesTo(() => capture.budgets.length, 3)
    await sleep(50)
    assert.equal(capture.budgets.length, 3)
    capture.more(1)
    await comesTo(() => capture.budgets.length, 4)
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
    await comesTo(() => capture.budgets.length, 2)
  })

  for (const turnMs of [0.2, 5]) {
    it(`takes little of the thread while others take it for ${turnMs} ms at a time, and more when they do not`, async () => {
      const capture = scripted(10_000)
      const { decode } = capture
      capture.decode = (budgetMs) => {
        spin(budgetMs)
        return decode(budgetMs)
      }
      const pump = decodeBehind(capture)
      await sleep(200)
      // Where other programs take the processor, too, one measurement may be of them.
      await eventually('it makes way, and takes more again', async () => {
        const endWork = keepBusy(turnMs)
        // It takes a while to be known.
        await sleep(100)
        const before = capture.budgets.length
        await sleep(300)
        const whileBusy = capture.budgets.length - before
        endWork()
        await sleep(300)
        const afterwards = capture.budgets.length - before - whileBusy
        return whileBusy >= 1 && whileBusy <= 10 && afterwards > 2 * whileBusy
      })
      pump.stop()
    })
  }

  it('does nothing more when it is stopped, though it was told within a slice', async () => {
    const capture = scripted(10_000)
    const { decode } = capture
    capture.decode = (budgetMs) => {
      capture.more(10_000)
      return decode(budgetMs)
    }
    const pump = decodeBehind(capture)
    await sleep(100)
    pump.stop()
    const { length } = capture.budgets
    assert.ok(length > 0)
    capture.more(1)
    await sleep(100)
    assert.equal(capture.budgets.length, length)
  })
})

function spin(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** Takes all of the thread, for so long at a time, until it is ended. */
function keepBusy(turnMs: number): () => void {
  let ended = false
  const work = () => {
    spin(turnMs)
    if (!ended) setImmediate(work)
  }
  setImmediate(work)
  return () => {
    ended = true
  }
}
