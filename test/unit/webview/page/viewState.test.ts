// The state of the place of connections as it is read from what a page kept.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { freshViewState, readViewState } from '../../../../src/webview/page/viewState.ts'

describe('the kept place of connections', () => {
  const read = (saved: object) => {
    const { connectionsOpen, connectionsShare, connectionsBy } = readViewState(saved, 's')
    return [connectionsOpen, connectionsShare, connectionsBy]
  }

  it('is as it was kept, within its bounds', () => {
    const kept = { connectionsOpen: false, connectionsShare: 0.4, connectionsBy: 'number' }
    assert.deepEqual(read(kept), [false, 0.4, 'number'])
    assert.deepEqual(read({ ...kept, connectionsShare: 9 }), [false, 0.75, 'number'])
  })

  it('is fresh where that is wrong: nobody has said whether it is open', () => {
    const wrong = { connectionsOpen: 'yes', connectionsShare: 'wide', connectionsBy: 'colour' }
    const { connectionsOpen, connectionsShare, connectionsBy } = freshViewState('s')
    assert.deepEqual(read(wrong), [connectionsOpen, connectionsShare, connectionsBy])
    assert.equal(connectionsOpen, null)
  })
})
