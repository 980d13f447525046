// Sessions and words of a panel that comes back after a reload, whatever its page has kept.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { readPanelState } from '../../../../src/host/timeline/restoredPanel.ts'
import { togetherLimits } from '../../../../src/shared/limits.ts'

const nobody = { name: null, comparison: null }

describe('a panel that comes back', () => {
  it('shows the session, or the sessions, that it showed', () => {
    assert.deepEqual(readPanelState({ sessionId: 'a' }), { ids: ['a'], about: nobody })
    const comparison = { item: null, time: null, forMs: 60_000, startedAt: 5 }
    assert.deepEqual(readPanelState({ sessionIds: ['a', 'b'], name: 'One feed', comparison }), {
      ids: ['a', 'b'],
      about: { name: 'One feed', comparison },
    })
  })

  it('reads of unknown data what is sound', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `${i}`)
    assert.equal(readPanelState({ sessionIds: ids }).ids.length, togetherLimits.sessions)
    const { about } = readPanelState({
      sessionIds: ['a', 7],
      name: 7,
      comparison: { item: 'secret', time: 'secret', forMs: 'x', startedAt: 5 },
    })
    assert.deepEqual(about.comparison, { item: null, time: null, forMs: null, startedAt: 5 })
    assert.equal(about.name, null)
    for (const state of [null, 'x', {}, { sessionIds: [] }, { sessionIds: [7], sessionId: 'a' }])
      assert.throws(() => readPanelState(state), /closed before it was drawn/)
  })
})
