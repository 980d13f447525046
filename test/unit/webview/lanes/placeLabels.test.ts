// Room for words of arrows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type Placed, placeLabels } from '../../../../src/webview/lanes/placeLabels.ts'

const line = (px: number, words: Placed['words'] = 'wanted'): Placed => ({ px, words })

describe('words of arrows', () => {
  it('stand above where there is room', () => {
    assert.deepEqual(placeLabels([line(0), line(40)]), ['above', 'above'])
  })

  it('stand below an answer that comes right after its request', () => {
    assert.deepEqual(placeLabels([line(0, 'none'), line(5), line(60, 'none')]), [
      null,
      'below',
      null,
    ])
  })

  it('are left out where they would cross an arrow or other words', () => {
    assert.deepEqual(placeLabels([line(0), line(8), line(16)]), ['above', null, 'below'])
    assert.deepEqual(placeLabels([line(0), line(8), line(30)]), ['above', null, 'above'])
  })

  it('of an error stand in any case', () => {
    const crowded = [line(0), line(4, 'must'), line(8)]
    assert.deepEqual(placeLabels(crowded), [null, 'above', 'below'])
  })

  it('keep off a block', () => {
    const block: Placed = { px: 10, untilPx: 90, words: 'none' }
    assert.deepEqual(placeLabels([block, line(95)]), [null, 'below'])
  })
})
