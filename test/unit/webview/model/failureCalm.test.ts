import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFailureCalm, readCalmState } from '../../../../src/webview/model/failureCalm.ts'

describe('a failure', () => {
  it('is shown as it is until it passes, and then for 10 s as one that has passed', () => {
    const calm = createFailureCalm()
    assert.equal(calm.update(null, 0), null)
    assert.deepEqual(calm.update(5, 100), { seq: 5, passing: null, forMs: null })
    assert.deepEqual(calm.update(7, 3000), { seq: 7, passing: null, forMs: null })
    assert.deepEqual(calm.update(null, 60_000), { seq: 7, passing: 'passed', forMs: 10_000 })
    assert.deepEqual(calm.update(null, 69_000), { seq: 7, passing: 'passed', forMs: 1000 })
    assert.equal(calm.update(null, 70_000), null)
  })

  for (const everyMs of [100, 2000, 30_000]) {
    it(`that comes every other poll of ${everyMs} ms stays, from the second time on`, () => {
      const calm = createFailureCalm()
      let seq = 0
      const seen: unknown[] = []
      for (let poll = 0; poll < 12; poll++) {
        const now = poll * everyMs
        const isBad = poll % 2 === 0
        if (isBad) seq = poll + 1
        calm.update(isBad ? seq : null, now)
        // Just before the next one.
        if (poll > 2) seen.push(calm.update(isBad ? seq : null, now + everyMs - 1)?.passing)
      }
      assert.deepEqual(new Set(seen), new Set(['comes-and-goes']))
    })
  }

  it('that comes back after long is a new one', () => {
    const calm = createFailureCalm()
    calm.update(1, 0)
    calm.update(null, 1000)
    assert.equal(calm.update(2, 2000)?.passing, 'comes-and-goes')
    calm.update(null, 3000)
    assert.equal(calm.update(null, 13_000), null)
    assert.deepEqual(calm.update(9, 200_000), { seq: 9, passing: null, forMs: null })
    assert.equal(calm.update(null, 201_000)?.passing, 'passed')
  })

  it('goes on from what was known when the page was last seen, if that can be read', () => {
    const before = createFailureCalm()
    before.update(1, 0)
    before.update(null, 1000)
    before.update(2, 2000)
    const kept = readCalmState(JSON.parse(JSON.stringify(before.state)))
    assert.ok(kept)
    const after = createFailureCalm()
    after.state = kept
    assert.equal(after.update(null, 3000)?.passing, 'comes-and-goes')
    for (const none of [null, 'x', {}, { ...kept, last: 'x' }, { ...kept, hasReturned: 1 }]) {
      assert.equal(readCalmState(none), null)
    }
  })

  it('that is dismissed is one that comes and goes when it comes again', () => {
    const calm = createFailureCalm()
    calm.update(1, 0)
    calm.update(null, 1000)
    calm.state = { ...calm.state, last: null }
    assert.equal(calm.update(null, 2000), null)
    assert.equal(calm.update(3, 3000)?.passing, 'comes-and-goes')
  })
})
