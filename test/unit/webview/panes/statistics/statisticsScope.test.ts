// The part of a session that the figures are of.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  chosenScope,
  scopeOptions,
} from '../../../../../src/webview/panes/statistics/statisticsScope.ts'

const filter = { afterSeq: 0, text: '', wire: false }

describe('the scope of the statistics', () => {
  it('is the whole session where the rows show all of it', () => {
    const options = scopeOptions({ filter: { ...filter, wire: true }, pausedSeq: null })
    assert.deepEqual(
      options.map(({ scope }) => scope),
      [{ afterSeq: 0 }],
    )
    assert.equal(chosenScope(options, 'shown').choice, 'session')
  })

  it('is what the rows show, by filter, clear and pause', () => {
    const shown = chosenScope(
      scopeOptions({ filter: { afterSeq: 1200, text: 'trade', wire: true }, pausedSeq: 3400 }),
      'shown',
    )
    assert.deepEqual(shown.scope, {
      afterSeq: 1200,
      untilSeq: 3400,
      filter: { text: 'trade', wire: true },
    })
    assert.equal(shown.label, 'Filter')
    assert.equal(shown.words, 'filter trade, after frame 1,200, up to frame 3,400')
    const cleared = chosenScope(
      scopeOptions({ filter: { ...filter, afterSeq: 7 }, pausedSeq: null }),
      'shown',
    )
    assert.deepEqual([cleared.label, cleared.scope], ['Shown', { afterSeq: 7 }])
  })
})
