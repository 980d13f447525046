// The work on what a relay tells: in turns, in its order, and within bounded time once the tap has stopped.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createEventQueue } from '../../../../src/engine/relay/eventQueue.ts'
import type { RelayEvent } from '../../../../src/engine/relay/relayEvents.ts'
import { relayLimits } from '../../../../src/engine/relay/relayLimits.ts'

const body = (at: number): RelayEvent => ({
  ...{ kind: 'body', id: 1, from: 'server', at, bytes: new Uint8Array(5) },
})
const end = (at: number): RelayEvent => ({ kind: 'end', id: 1, from: 'server', at })

describe('the queue of what a relay tells', () => {
  /** Each event takes `costMs`; turns are the test's. */
  function start(costMs: number) {
    let now = 0
    const turns: (() => void)[] = []
    const handed: RelayEvent[] = []
    const queue = createEventQueue({
      hand(event) {
        handed.push(event)
        now += costMs
      },
      clock: () => now,
      nextTurn: (run) => turns.push(run),
    })
    const turn = () => {
      const [run] = turns.splice(0, 1)
      assert.ok(run, 'nothing waits')
      run()
    }
    return { queue, handed, turns, turn, times: () => handed.map(({ at }) => at) }
  }

  it('hands on at once what takes no time, and rests when nothing comes', () => {
    const { queue, times, turns, turn } = start(0)
    queue.add([end(1), end(2)])
    assert.deepEqual(times(), [1, 2])
    queue.add([end(3)])
    assert.deepEqual(times(), [1, 2, 3])
    turn()
    assert.equal(turns.length, 0)
  })

  it('leaves turns to others, however much comes in one', () => {
    const { queue, times, turn } = start(relayLimits.turnMs / 2)
    queue.add([end(1), end(2), end(3)])
    queue.add([end(4), end(5)])
    assert.deepEqual(times(), [1, 2])
    turn()
    assert.deepEqual(times(), [1, 2, 3, 4])
    turn()
    assert.deepEqual(times(), [1, 2, 3, 4, 5])
  })

  it('hands on one in each turn, however long it takes', () => {
    const { queue, times, turn } = start(relayLimits.turnMs * 100)
    queue.add([end(1), end(2), end(3)])
    turn()
    turn()
    assert.deepEqual(times(), [1, 2, 3])
  })

  it('finishes once all is handed on', async () => {
    const { queue, times, turn } = start(relayLimits.turnMs)
    queue.add([body(1), end(2)])
    const finished = queue.finish()
    turn()
    await finished
    assert.deepEqual(times(), [1, 2])
    await queue.finish()
  })

  it('tells what it has no time for without its bytes', async () => {
    const { queue, handed, turn } = start(relayLimits.stopWorkMs)
    queue.add([body(1), body(2), body(3), body(4), end(5)])
    const finished = queue.finish()
    for (let i = 0; i < 4; i++) turn()
    await finished
    assert.deepEqual(
      handed.map(({ kind, at }) => `${kind} ${at}`),
      ['body 1', 'body 2', 'lost 3', 'lost 4', 'end 5'],
    )
    assert.deepEqual(handed[2], {
      ...{ kind: 'lost', id: 1, from: 'server', at: 3, bytes: 5, frames: 0 },
    })
  })
})
