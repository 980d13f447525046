// The place of the detail by width and choice.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { hasPlaceChoice, isStacked } from '../../../../src/webview/page/detailPlace.ts'

describe('the place of the detail', () => {
  it('follows the width until it is chosen', () => {
    assert.deepEqual(
      [899, 900].map((width) => isStacked(width, 'auto')),
      [true, false],
    )
    assert.deepEqual(
      [700, 1400].map((width) => isStacked(width, 'right')),
      [false, false],
    )
    assert.deepEqual(
      [700, 1400].map((width) => isStacked(width, 'below')),
      [true, true],
    )
  })

  it('is below the rows where neither could be read beside the other', () => {
    assert.equal(hasPlaceChoice(699), false)
    assert.equal(isStacked(699, 'right'), true)
    assert.equal(hasPlaceChoice(700), true)
    assert.equal(isStacked(700, 'right'), false)
  })
})
