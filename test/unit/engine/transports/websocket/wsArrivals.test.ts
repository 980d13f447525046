// Messages, control frames and fragments that the tap saw and `ws` hands over later, in wire order.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createArrivals } from '../../../../../src/engine/transports/websocket/wsArrivals.ts'

const text = [0x81, 0x01, 0x61]
const ping = [0x89, 0x00]
const firstPart = [0x41, 0x01, 0x62]
const middlePart = [0x00, 0x01, 0x63]
const lastPart = [0x80, 0x02, 0x64, 0x65]

function record() {
  const told: string[] = []
  const arrivals = createArrivals(({ index, opcode, fin, rsv, payloadBytes, wireBytes }) => {
    told.push(`fragment ${index} ${opcode} ${fin} ${rsv} ${payloadBytes} ${wireBytes}`)
  }, 64)
  /** As `ws` does it for one that it hands over. */
  const hand = () => {
    const { opcode, fragments, compressed, wireBytes } = arrivals.take()
    told.push(`${opcode} of ${fragments} ${compressed} ${wireBytes}`)
    arrivals.tellFragments()
  }
  return { arrivals, told, hand }
}

const fragments = [
  'fragment 1 1 false 4 1 3',
  'fragment 2 0 false 0 1 3',
  'fragment 3 0 true 0 2 4',
]

describe('createArrivals', () => {
  it('tells no fragments of a message that comes whole', () => {
    const { arrivals, told, hand } = record()
    arrivals.feed(Uint8Array.from([...text, ...text]), 1)
    hand()
    hand()
    assert.deepEqual(told, ['1 of 1 false 3', '1 of 1 false 3'])
  })

  it('tells a fragment as soon as it has come', () => {
    const { arrivals, told, hand } = record()
    for (const part of [firstPart, middlePart, lastPart]) {
      arrivals.feed(Uint8Array.from(part), 1)
    }
    assert.deepEqual(told, fragments)
    hand()
    assert.deepEqual(told, [...fragments, '0 of 3 true 10'])
  })

  it('tells it after what came before it, though all came in one chunk', () => {
    const { arrivals, told, hand } = record()
    const chunk = [
      ...text,
      ...firstPart,
      ...ping,
      ...middlePart,
      ...lastPart,
      ...text,
      ...firstPart,
    ]
    arrivals.feed(Uint8Array.from(chunk), 1)
    assert.deepEqual(told, [])
    for (let i = 0; i < 4; i++) hand()
    assert.deepEqual(told, [
      '1 of 1 false 3',
      fragments[0],
      '9 of 1 false 2',
      fragments[1],
      fragments[2],
      '0 of 3 true 10',
      '1 of 1 false 3',
      fragments[0],
    ])
  })

  it('keeps the order where much is handed over late', () => {
    const { arrivals, told, hand } = record()
    const rounds = 6000
    const chunk = [...text, ...firstPart, ...middlePart, ...lastPart]
    arrivals.feed(Uint8Array.from(new Array(rounds).fill(chunk).flat()), 1)
    for (let i = 0; i < rounds; i++) {
      hand()
      hand()
    }
    const round = ['1 of 1 false 3', ...fragments, '0 of 3 true 10']
    assert.deepEqual(told, new Array(rounds).fill(round).flat())
    assert.equal(arrivals.next, null)
  })
})
