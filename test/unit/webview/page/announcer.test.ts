// Words that a screen reader is told unasked.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createAnnouncer, type Standing } from '../../../../src/webview/page/announcer.ts'

const open: Standing = {
  ...{ state: 'open', word: 'Open', frames: 2, errors: 0, follows: true },
  ...{ held: 0, newestHeld: 0 },
}
const waiting: Standing = { ...open, state: 'waiting', word: 'Waiting' }

describe('the announcer', () => {
  it('tells the state at once, and counts every ten seconds', () => {
    const { update } = createAnnouncer()
    assert.deepEqual(update(open, 0), { words: 'Open. 2 frames.', againMs: null })
    assert.deepEqual(update({ ...open, frames: 500 }, 4000), { words: null, againMs: 6000 })
    assert.equal(update({ ...open, frames: 1002 }, 10_000).words, '1,000 new frames.')
    assert.deepEqual(update({ ...open, frames: 1002 }, 30_000), { words: null, againMs: null })
    assert.equal(update({ ...open, frames: 1003 }, 40_000).words, '1 new frame.')
  })

  it('does not count for somebody who reads elsewhere, and counts all once the view follows', () => {
    const { update } = createAnnouncer()
    update(open, 0)
    assert.deepEqual(update({ ...open, frames: 90, follows: false }, 50_000), {
      words: null,
      againMs: null,
    })
    assert.equal(update({ ...open, frames: 102 }, 51_000).words, '100 new frames.')
  })

  it('tells the loss of a connection with its errors, and that it is back', () => {
    const { update } = createAnnouncer()
    update(open, 0)
    assert.equal(
      update({ ...waiting, frames: 1003, errors: 1 }, 20_000).words,
      'Connection lost, waiting. 1 error. 1,003 frames.',
    )
    assert.equal(
      update({ ...open, frames: 1005, errors: 1 }, 28_000).words,
      'Connected again. 1,005 frames.',
    )
    assert.equal(
      update({ ...open, frames: 1007, errors: 3 }, 29_000).words,
      '2 errors. 2 new frames.',
    )
    const over: Standing = { ...open, state: 'ended', word: 'Ended by an error', errors: 4 }
    assert.equal(update(over, 40_000).words, 'Ended by an error. 1 error. 2 frames.')
  })

  it('says something once a second at most, and keeps what came meanwhile', () => {
    const { update } = createAnnouncer()
    update(open, 0)
    assert.deepEqual(update({ ...waiting, errors: 1 }, 200), { words: null, againMs: 800 })
    assert.deepEqual(update({ ...open, errors: 1, frames: 4 }, 600), { words: null, againMs: 400 })
    assert.equal(
      update({ ...open, errors: 1, frames: 5 }, 1000).words,
      'Connected again. 1 error. 5 frames.',
    )
  })

  it('tells once what a tap holds, at once and with how many wait', () => {
    const { update } = createAnnouncer()
    update(open, 0)
    const one = { ...open, held: 1, newestHeld: 3 }
    assert.equal(update(one, 2000).words, 'One is held for you to decide.')
    assert.deepEqual(update(one, 60_000), { words: null, againMs: null })
    // The third has passed, and two came.
    const two = { ...open, held: 2, newestHeld: 5 }
    assert.equal(update(two, 61_000).words, '2 are held for you to decide.')
    assert.equal(update({ ...two, held: 1, newestHeld: 4 }, 62_000).words, null)
  })
})
