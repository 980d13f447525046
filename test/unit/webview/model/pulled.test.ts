// Pulling what changes: at once when it goes on, twice a second at the most, never twice for nothing.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { createPulled } from '../../../../src/webview/model/pulled.ts'
import { settle } from '../../../support/editor/fakeRows.ts'

describe('what is pulled', () => {
  let now = 0
  let want: string | null = 'a'
  let answers: (boolean | Error)[] = []
  let asked = 0
  let takesMs = 0
  let changes = 0
  let problems: unknown[] = []
  const make = () =>
    createPulled({
      wanted: () => want,
      ask: async () => {
        asked++
        now += takesMs
        const answer = answers.shift() ?? true
        if (answer instanceof Error) throw answer
        return answer
      },
      everyMs: 500,
      restMs: (tookMs) => tookMs,
      onChange: () => changes++,
      onProblem: (problem) => problems.push(problem),
    })
  const pass = async (ms: number) => {
    now += ms
    mock.timers.tick(ms)
    await settle()
  }

  beforeEach(() => {
    ;[now, want, answers, asked, takesMs, changes, problems] = [10_000, 'a', [], 0, 0, 0, []]
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

  it('goes on until older frames are read, and rests between as it is told to', async () => {
    answers = [false, false, true]
    takesMs = 40
    const pulled = make()
    pulled.refresh()
    await pass(0)
    const counts: number[] = []
    for (let i = 0; i < 5; i++) {
      await pass(20)
      counts.push(asked)
    }
    assert.deepEqual(counts, [1, 2, 2, 3, 3])
    assert.equal(changes, 3)
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
