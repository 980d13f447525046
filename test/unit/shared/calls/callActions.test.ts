import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { callActions } from '../../../../src/shared/calls/callActions.ts'
import { checkAbout } from '../../../../src/shared/calls/callArguments.ts'
import { callCodes } from '../../../../src/shared/calls/callCodes.ts'
import { quietFacts } from '../../../support/sessions/quietSession.ts'

describe('The actions where a call has failed', () => {
  it('are those of its code, as far as they fit', () => {
    const labels = (...given: Parameters<typeof callActions>) =>
      callActions(...given).map(({ label }) => label)
    assert.deepEqual(labels('not-open', quietFacts), ['Reconnect'])
    assert.deepEqual(labels('read-only', { ...quietFacts, isSaved: true }), ['Connect again'])
    assert.deepEqual(labels('no-such-message', { ...quietFacts, hasProfile: true }), [
      'Edit profile',
    ])
    assert.deepEqual(labels('capture-lost', quietFacts), ['Choose folder…', 'Reconnect'])
    assert.deepEqual(labels('internal', quietFacts), ['Show log'])
    assert.deepEqual(labels('bad-close', quietFacts), [])
  })

  it('are asked for by a known code or the number of a frame', () => {
    for (const code of Object.keys(callCodes)) assert.equal(checkAbout(code), code)
    assert.equal(checkAbout(3), 3)
    for (const wrong of ['constructor', 'x', -1, null]) assert.throws(() => checkAbout(wrong))
  })
})
