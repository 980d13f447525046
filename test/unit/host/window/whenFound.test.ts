// Waiting for something that is not there for the moment, up to a time limit.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { whenFound } from '../../../../src/host/window/whenFound.ts'

function createEvent() {
  const listeners = new Set<() => void>()
  return {
    listeners,
    fire: () => {
      for (const listener of listeners) listener()
    },
    event: (listener: () => void) => {
      listeners.add(listener)
      return { dispose: () => listeners.delete(listener) }
    },
  }
}

describe('what is not there for the moment', () => {
  it('is taken at once where it is there', async () => {
    const { event, listeners } = createEvent()
    assert.equal(await whenFound(() => 'here', event, 60_000), 'here')
    assert.equal(listeners.size, 0)
  })

  it('is found after a change', async () => {
    const { event, fire, listeners } = createEvent()
    let found: string | undefined
    const finding = whenFound(() => found, event, 60_000)
    fire()
    found = 'back'
    fire()
    assert.equal(await finding, 'back')
    assert.equal(listeners.size, 0)
  })

  it('is given up when the time is over', async () => {
    const { event, listeners } = createEvent()
    assert.equal(await whenFound(() => undefined, event, 1), undefined)
    assert.equal(listeners.size, 0)
  })
})
