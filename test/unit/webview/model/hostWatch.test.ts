// The extension host that answers no more, and comes back.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { createHostWatch } from '../../../../src/webview/model/hostWatch.ts'
import { settle } from '../../../support/editor/fakeRows.ts'

describe('the watch over the extension host', () => {
  const { setInterval: realInterval } = globalThis
  const realDateNow = Date.now
  const realNow = performance.now
  let tick: () => void = () => {}
  let now = 1000
  beforeEach(() => {
    now = 1000
    Date.now = () => 1_000_000 + now
    performance.now = () => now
    Object.assign(globalThis, {
      setInterval: (run: () => void) => {
        tick = run
      },
    })
  })
  afterEach(() => {
    Date.now = realDateNow
    performance.now = realNow
    Object.assign(globalThis, { setInterval: realInterval })
  })

  function pass(ms: number): void {
    now += ms
    tick()
  }

  it('tells since when there is no answer, and when there is one again', async () => {
    let answer: () => void = () => {}
    let asked = 0
    const told: (number | null)[] = []
    const watch = createHostWatch({
      question: () => {
        asked++
        return new Promise<void>((resolve) => {
          answer = resolve
        })
      },
      onChange: () => told.push(watch.silentSince),
    })
    pass(3000)
    answer()
    await settle()
    pass(3000)
    pass(3000)
    assert.deepEqual(told, [])
    pass(3000)
    assert.deepEqual(told, [1_004_000])
    assert.equal(watch.silentMs, 9000)
    pass(3000)
    assert.equal(asked, 2, 'one question is enough')
    answer()
    await settle()
    assert.deepEqual(told, [1_004_000, null])
    assert.equal(watch.silentMs, 0)
  })

  it('takes a refusal for an answer', async () => {
    const watch = createHostWatch({
      question: () => Promise.reject(new Error('no')),
      onChange: () => assert.fail('nothing has changed'),
    })
    for (let count = 0; count < 5; count++) {
      pass(3000)
      await settle()
    }
    assert.equal(watch.silentSince, null)
  })
})
