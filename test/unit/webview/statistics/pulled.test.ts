// Pulling what changes: at once when it goes on, twice a second at the most, never twice for nothing.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { createPulled } from '../../../../src/webview/statistics/pulled.ts'
import { settle } from '../../../support/editor/fakeRows.ts'

describe('what is pulled', () => {
  let now = 0
  let want: string | null = 'a'
  let answers: (boolean | Error)[] = []
  let asked = 0
  let changes = 0
  let problems: unknown[] = []
  const make = () =>
    createPulled({
      wanted: () => want,
      ask: async () => {
        asked++
        const answer = answers.shift() ?? true
        if (answer instanceof Error) throw answer
        return answer
      },
      onChange: () => changes++,
      onProblem: (problem) => problems.push(problem),
    })
  const pass = async (ms: number) => {
    now += ms
    mock.timers.tick(ms)
    await settle()
  }

  beforeEach(() => {
    ;[now, want, answers, asked, changes, problems] = [10_000, 'a', [], 0, 0, []]
    mock.timers.enable({ apis: ['setTimeout'] })
    mock.method(performance, 'now', () => now)
  })
  afterEach(() => {
    mock.timers.reset()
    mock.restoreAll()
  })

  it('is asked for once for each thing that is wanted', async () => {
    const pulled = make()
    for (let i = 0; i < 3; i++) pulled.refresh()
    await pass(0)
    pulled.refresh()
    await pass(1000)
    assert.deepEqual([asked, changes], [1, 1])
    want = null
    pulled.refresh()
    await pass(1000)
    assert.equal(asked, 1)
  })

  it('is asked for twice a second at the most while the session goes on', async () => {
    const pulled = make()
    for (let i = 0; i < 100; i++) {
      want = `${i}`
      pulled.refresh()
      await pass(50)
    }
    assert.ok(asked >= 9 && asked <= 11, `${asked}`)
  })

  it('goes on at once until older frames are read', async () => {
    answers = [false, false, true]
    const pulled = make()
    pulled.refresh()
    for (let i = 0; i < 5; i++) await pass(0)
    assert.deepEqual([asked, changes], [3, 3])
  })

  it('tells a failure, and asks again once something has changed', async () => {
    answers = [new Error('gone')]
    const pulled = make()
    pulled.refresh()
    await pass(0)
    assert.deepEqual([asked, problems.length], [1, 1])
    await pass(1000)
    assert.equal(asked, 1)
    want = 'b'
    pulled.refresh()
    await pass(0)
    assert.equal(asked, 2)
  })
})
