// Faults of a tap that end by their time: when this is told, and when no longer.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { TapFault } from '../../../../src/shared/session/tapFaults.ts'
import { scriptTap } from '../../../support/tap/scriptedTap.ts'

const delay = (forMs: number | null): TapFault => ({
  act: { kind: 'delay', ms: 100, jitterMs: 0, way: 'both' },
  ...{ path: '', connection: null, forMs },
})
const pings = (forMs: number | null): TapFault => ({ ...delay(forMs), act: { kind: 'drop-pings' } })

async function tapped() {
  const tap = await scriptTap()
  const told = () =>
    tap
      .all('notice')
      .filter(({ code }) => code === 'tap-fault')
      .map(({ detail }) => detail.message)
  return { ...tap, told }
}

describe('faults of a tap that end by their time', () => {
  it('say so at that moment, each at its own', async () => {
    const { session, timers, told, all } = await tapped()
    await session.setFaults([delay(5000), pings(1000)])
    await timers.advance(999)
    assert.equal(told().length, 2)
    await timers.advance(1)
    assert.deepEqual(told().slice(2), ['Turned off: Drop pings (its time is over).'])
    assert.equal(all('notice').at(-1)?.at, timers.now())
    assert.deepEqual(
      session.status().faults.map(({ act }) => act.kind),
      ['delay'],
    )
    await timers.advance(4000)
    assert.equal(told().at(-1), 'Turned off: Delay 100 ms (its time is over).')
    await timers.advance(10_000)
    assert.equal(told().length, 4)
  })

  it('end no sooner where they are turned on again, and never where that has no time', async () => {
    const { session, timers, told } = await tapped()
    await session.setFaults([delay(1000), pings(1000)])
    await timers.advance(500)
    await session.setFaults([delay(1000), pings(null)])
    await timers.advance(999)
    assert.equal(told().length, 2)
    await timers.advance(10_000)
    assert.deepEqual(told().slice(2), ['Turned off: Delay 100 ms (its time is over).'])
  })

  it('say nothing where they were turned off, or the session has ended', async () => {
    const { session, timers, told, stop } = await tapped()
    await session.setFaults([delay(1000)])
    await session.setFaults([])
    await session.setFaults([pings(1000)])
    await stop()
    await timers.advance(10_000)
    assert.deepEqual(told(), [
      'Turned on: Delay 100 ms.',
      'Turned off: Delay 100 ms.',
      'Turned on: Drop pings.',
    ])
  })
})
