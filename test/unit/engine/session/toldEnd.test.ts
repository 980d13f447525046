import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { limitEnd, toldEnd } from '../../../../src/engine/session/toldEnd.ts'

describe('The end of a session beside the error before it', () => {
  it('does not say again what the error has said', () => {
    const end = { by: 'error', message: 'It is gone.' } as const
    assert.equal(toldEnd(end, 'It is gone.').brief, 'Ended by the error above.')
    const gaveUp = { by: 'error', message: 'Gave up after 3 attempts: It is gone.' } as const
    assert.deepEqual(toldEnd(gaveUp, 'It is gone.'), {
      ...gaveUp,
      brief: 'Gave up after 3 attempts.',
    })
  })

  it('says all where no error has told it', () => {
    const end = { by: 'error', message: 'It is gone.' } as const
    assert.deepEqual(toldEnd(end, null), end)
    assert.deepEqual(toldEnd(end, 'Something else.'), end)
    const stopped = { by: 'user', message: 'Disconnected.' } as const
    assert.deepEqual(toldEnd(stopped, 'Disconnected.'), stopped)
  })

  it('leads to the notice of a limit', () => {
    const { by, message, brief } = limitEnd(1_000_000)
    assert.equal(by, 'limit')
    assert.match(message, /limit of 1\.0 MB/)
    assert.equal(brief, 'Ended by the limit above.')
  })
})
