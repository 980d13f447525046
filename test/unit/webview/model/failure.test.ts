// The panel under the rows where no frame tells why a session ended.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { SessionStatus } from '../../../../src/shared/session/sessionState.ts'
import { createFailureFinder } from '../../../../src/webview/model/failure.ts'
import { quietSession, quietStatus } from '../../../support/sessions/quietSession.ts'

const message = 'x.lifeline cannot be written: the disk is full.'
const ended: SessionStatus = {
  ...quietStatus,
  state: 'ended',
  endedAt: 2000,
  outcome: { by: 'error', message },
}

const notCalled = () => assert.fail()

function find(status: SessionStatus) {
  const finder = createFailureFinder({ related: async () => null }, notCalled, notCalled)
  return finder.find({ ...quietSession, status })
}

describe('the failure of a session that no frame tells', () => {
  it('offers what the code of the failed start does', () => {
    const failure = find({ ...ended, unstarted: 'capture-not-writable' })
    assert.equal(failure?.sentence, message)
    assert.equal(failure?.code, 'capture-not-writable')
    assert.match(failure?.advice ?? '', /^Make room/)
    assert.deepEqual(
      failure?.actions.map(({ label }) => label),
      ['Choose folder…', 'Keep in memory', 'Retry'],
    )
  })

  it('can be tried again, whatever is known', () => {
    const labels = (status: SessionStatus) => find(status)?.actions.map(({ label }) => label)
    assert.deepEqual(labels(ended), ['Retry'])
    assert.deepEqual(labels({ ...ended, unstarted: 'bad-argument' }), ['Show log', 'Retry'])
  })
})
