// STOMP from a peer that sends more frames in a message than are told.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { ownMs } from '../../../../support/ownMs.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

function decode(...messages: readonly string[]) {
  const frames = createDataFrames()
  const connect = frames.message('out', 'CONNECT\naccept-version:1.2\n\n\0')
  return decodeAll(createDecoding('auto'), [
    connect,
    ...messages.map((data) => frames.message('in', data)),
  ])
}

describe('A message of many STOMP frames', () => {
  it('has frames beyond those that are told counted in less time than it takes to read them', () => {
    // Of a frame that goes on in the next message the head is told.
    const cut = decode('\0'.repeat(300), 'x\n\n\0'.repeat(300) + 'x\n\n', '\0')
    assert.deepEqual(
      [201, 402, 403].map((at) => cut[at]?.packet.name ?? cut[at]?.packet.type),
      ['100 not decoded', '100 not decoded', 'x'],
    )
    const timeOf = (text: string) => {
      const began = ownMs()
      for (let i = 0; i < 5; i++) decode(text)
      return ownMs() - began
    }
    const ratios = [1, 2, 3].map(
      () => timeOf('\0'.repeat(400_000)) / (1 + timeOf('a'.repeat(400_000))),
    )
    assert.ok(Math.min(...ratios) < 15, ratios.join(', '))
  })

  it('has the last of them counted, too, where it is so long that it is passed over', () => {
    const long = `SEND\n\n${'y'.repeat(decodeLimits.heldBytes)}`
    const told = decode('SEND\n\n\0'.repeat(300) + long).slice(1)
    assert.deepEqual(
      [told.length, told.at(-1)?.packet.name],
      [decodeLimits.packets + 1, '101 not decoded'],
    )
  })
})
