// The times at which cues are played, by a clock that a test moves.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type Cue, createPlayer, type Player } from '../../../../src/engine/replay/player.ts'
import { createFakeTimers } from '../../../support/sessions/fakeTimers.ts'

interface Options {
  readonly from?: number
  readonly startsAt?: number
  readonly heardAt?: readonly number[]
  readonly roundMs?: number
  readonly speed?: number
  perform?(cue: Cue, player: Player): Promise<void> | null
}

function play(cues: readonly Cue[], options: Options = {}) {
  const timers = createFakeTimers(0)
  const played: string[] = []
  const { perform, ...rest } = options
  const player: Player = createPlayer<Cue>({
    ...{ cues, from: 0, startsAt: 0, roundMs: null, speed: 1, timers, ...rest },
    perform(cue) {
      played.push(`${cues.indexOf(cue)}@${Math.round(timers.now())}`)
      return perform?.(cue, player) ?? null
    },
  })
  player.start()
  return { timers, played, player }
}

const three = [{ at: 0 }, { at: 100 }, { at: 300 }]

describe('a player', () => {
  for (const [name, options, expected] of [
    ['plays at the recorded times', {}, ['0@0', '1@100', '2@300']],
    ['twice as fast', { speed: 2 }, ['0@0', '1@50', '2@150']],
    ['at half the speed', { speed: 0.5 }, ['0@0', '1@200', '2@600']],
    ['at once', { speed: 0 }, ['0@0', '1@0', '2@0']],
    ['from one in the middle', { from: 2, startsAt: 100 }, ['2@200']],
  ] as const) {
    it(name, async () => {
      const { timers, played } = play(three, options)
      await timers.advance(2000)
      assert.deepEqual(played, expected)
    })
  }

  it('begins again after the length of a round', async () => {
    const { timers, played, player } = play(three, { roundMs: 500 })
    await timers.advance(700)
    player.stop()
    await timers.advance(5000)
    assert.deepEqual(played, ['0@0', '1@100', '2@300', '0@500', '1@600'])
  })

  it('leaves time between rounds that have no length', async () => {
    const { timers, played, player } = play([{ at: 0 }], { roundMs: 0, speed: 0 })
    await timers.advance(250)
    player.stop()
    assert.deepEqual(played, ['0@0', '0@100', '0@200'])
  })

  it('waits for the client, and keeps the distance to what it said', async () => {
    const cues = [{ at: 50 }, { at: 120, after: 1 }, { at: 220, after: 1 }]
    const { timers, played, player } = play(cues, { heardAt: [100] })
    await timers.advance(1000)
    assert.deepEqual(played, ['0@50'])
    player.heard()
    await timers.advance(1000)
    assert.deepEqual(played, ['0@50', '1@1020', '2@1120'])
  })

  it('is not ahead of its times where the client is early', async () => {
    const { timers, played, player } = play([{ at: 120, after: 1 }], { heardAt: [100] })
    player.heard()
    await timers.advance(200)
    assert.deepEqual(played, ['0@120'])
  })

  it('waits for room, and what was late makes nothing after it late', async () => {
    const room = Promise.withResolvers<void>()
    const { timers, played } = play(three, {
      perform: ({ at }) => (at === 0 ? room.promise : null),
    })
    await timers.advance(200)
    assert.deepEqual(played, ['0@0'])
    room.resolve()
    await timers.advance(200)
    assert.deepEqual(played, ['0@0', '1@200', '2@300'])
  })

  it('gives others a turn in a long burst', async () => {
    const { timers, played } = play(
      Array.from({ length: 600 }, () => ({ at: 0 })),
      { speed: 0 },
    )
    assert.ok(played.length > 0 && played.length < 600)
    await timers.advance(1)
    assert.equal(played.length, 600)
  })

  it('plays nothing after it was stopped, also by a cue', async () => {
    const { timers, played } = play(three, {
      perform(_cue, player) {
        player.stop()
        return null
      },
    })
    await timers.advance(1000)
    assert.deepEqual(played, ['0@0'])
  })
})
