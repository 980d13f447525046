// A payload of more messages than are told: no more of them are read than are counted.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { packetsOf } from '../../../../../src/engine/decoders/packets/frameMessages.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'

function* endless(count: { read: number }): Generator<number> {
  for (;;) yield count.read++
}

const told = (one: number) => ({ protocol: 'p', type: `${one}`, level: 'app' }) as const

describe('messages of one frame', () => {
  it('are read as far as they are counted, though there is no end of them', () => {
    const count = { read: 0 }
    const { packets, isWhole } = packetsOf('p', endless(count), 0, told)
    assert.equal(isWhole, false)
    assert.equal(packets.length, decodeLimits.packets + 1)
    assert.equal(packets.at(-1)?.name, '1,000 or more not decoded')
    assert.equal(count.read, decodeLimits.packets + 1001)
  })

  it('are counted where they are there', () => {
    const { packets } = packetsOf('p', Array.from({ length: 5000 }).fill(1) as number[], 0, told)
    assert.equal(packets.at(-1)?.name, '4,800 not decoded')
  })
})
