import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { packetTone, packetWords } from '../../../../src/shared/frame/describePackets.ts'
import type { Packet } from '../../../../src/shared/frame/packet.ts'

const words = (packet: Omit<Packet, 'protocol' | 'level'>) =>
  packetWords([{ protocol: 'p', level: 'app', ...packet }])

describe('The words for packets', () => {
  it('leave out a type that says only that something is asked or told', () => {
    assert.equal(words({ type: 'request', name: 'add', key: '1', summary: '[2]' }), '▸ add #1 [2]')
    assert.equal(words({ type: 'event', name: 'order.created' }), '▸ order.created')
    assert.equal(words({ type: 'SUBSCRIBE', name: 'rooms/+' }), '▸ SUBSCRIBE rooms/+')
    assert.equal(words({ type: 'request', key: '1' }), 'request #1')
  })

  it('know an error by its last word, however it is written', () => {
    for (const type of ['error', 'ERROR', 'CONNACK error', 'CONNECT_ERROR']) {
      assert.equal(packetTone([{ protocol: 'p', level: 'control', type }]), 'error', type)
    }
    assert.equal(packetTone([{ protocol: 'p', level: 'control', type: 'errors' }]), null)
  })
})
