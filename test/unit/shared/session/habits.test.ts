// The user's habits: what is missing or wrong is as of somebody who has chosen nothing, and no other is changed.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createKeptHabits, type HabitChange } from '../../../../src/host/timeline/keptHabits.ts'
import { freshHabits, readHabitChanges, readHabits } from '../../../../src/shared/session/habits.ts'

describe('habits', () => {
  it('are read field by field from whatever is there', () => {
    for (const none of [undefined, null, 'x', [], { detailPlace: 'left', more: 1 }]) {
      assert.deepEqual(readHabits(none), freshHabits)
    }
    assert.deepEqual(readHabits({ detailPlace: 'below' }), {
      ...freshHabits,
      detailPlace: 'below',
    })
  })

  it('are changed by what is named and right', () => {
    assert.deepEqual(readHabitChanges({ detailPlace: 'right', more: 1 }), { detailPlace: 'right' })
    assert.deepEqual(readHabitChanges({}), {})
    assert.equal(readHabitChanges({ detailPlace: 'left' }), null)
  })

  const session = { isKeepable: async () => true }

  /** As VS Code has one, with what it stored last. */
  function storage(first: unknown) {
    let stored = first
    return {
      stored: () => stored,
      get: (() => stored) as <T>() => T | undefined,
      update: async (_key: string, value: unknown) => {
        stored = value
      },
    }
  }

  it('are kept for the next timeline, those that are not changed as they were', async () => {
    const memento = storage({ detailPlace: 'below' })
    const kept = createKeptHabits(memento)
    assert.equal(kept.current.detailPlace, 'below')
    await kept.change({}, session)
    assert.deepEqual(memento.stored(), { ...freshHabits, detailPlace: 'below' })
    await kept.change({ detailPlace: 'right' }, session)
    assert.equal(createKeptHabits(memento).current.detailPlace, 'right')
  })

  it('are told to whoever listens, with who has changed them', async () => {
    const kept = createKeptHabits(storage({ detailPlace: 'below', lastFilters: ['pear'] }))
    const told: HabitChange[] = []
    const listening = kept.onDidChange((change) => told.push(change))
    const picky = { isKeepable: async (text: string) => text !== 'apple' }
    await kept.change({ timeMode: 'clock' }, session)
    await kept.change({ lastFilters: ['apple', 'pear'] }, picky)
    listening.dispose()
    await kept.change({ fold: 'bursts' }, session)
    const clock = { ...freshHabits, detailPlace: 'below', timeMode: 'clock', lastFilters: ['pear'] }
    assert.deepEqual(told, [
      { habits: clock, by: session },
      { habits: clock, by: picky },
    ])
  })

  it('are kept without the filters that hold a secret', async () => {
    const memento = storage(null)
    const kept = createKeptHabits(memento)
    const session = { isKeepable: async (text: string) => !text.includes('t0k3n') }
    await kept.change({ lastFilters: ['dir:out t0k3n', 'is:error'] }, session)
    await kept.change({ timeMode: 'clock' }, session)
    assert.deepEqual(memento.stored(), {
      ...freshHabits,
      lastFilters: ['is:error'],
      timeMode: 'clock',
    })
  })
})
