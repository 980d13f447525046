import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { mqtt } from '../../../../../src/engine/decoders/mqtt/mqtt.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

const facts = {
  ...{ url: '', subprotocol: 'mqtt', contentType: null },
  ...{ requestHeaders: [], responseHeaders: [] },
}

describe('MQTT as data', () => {
  it('is told without what a password says', () => {
    const read = (hex: string) => mqtt.read?.(bytes(hex), facts, 'in')
    assert.deepEqual(read('10 14 00 04 4d515454 04 c2 003c 0002 6c6c 0001 75 0001 70'), {
      type: 'CONNECT',
      protocolName: 'MQTT',
      protocolLevel: 4,
      cleanStart: true,
      keepAlive: 60,
      clientId: 'll',
      userName: 'u',
      passwordBytes: 1,
    })
    assert.deepEqual(read('32 0e 0003 612f62 0002 7b2274223a317d d0 00'), [
      { type: 'PUBLISH', qos: 1, topic: 'a/b', packetId: 2, payload: { t: 1 } },
      { type: 'PINGRESP' },
    ])
    assert.deepEqual(read('30 0a 0003 612f62 03 23 0001 31'), {
      type: 'PUBLISH',
      qos: 0,
      topic: 'a/b',
      properties: { 'Topic Alias': 1 },
      payload: '1',
    })
    assert.deepEqual(read('90 03 0001 00'), { type: 'SUBACK', packetId: 1, reasons: [0] })
    assert.equal(read('30'), undefined)
  })

  it('is told by the version with which the client began, where it fits both', () => {
    const read = (opening: string | null) =>
      mqtt.read?.(
        bytes('30 05 0001 61 00 31'),
        facts,
        'in',
        opening === null ? null : bytes(opening),
      )
    const publish = { type: 'PUBLISH', qos: 0, topic: 'a' }
    const older = { ...publish, payload: "h'0031'" }
    const newer = { ...publish, properties: {}, payload: '1' }
    assert.deepEqual(read('10 0c 00 04 4d515454 04 02 003c 0000'), older)
    assert.deepEqual(read('10 0e 00 06 4d51497364 70 83 02 003c 0000'), older)
    assert.deepEqual(read('10 0d 00 04 4d515454 05 02 003c 00 0000'), newer)
    // Nobody knows.
    assert.deepEqual(read(null), read('10 0d 00 04 4d515454 05 02 003c 00 0000'))
    assert.deepEqual(read('10 0c 00 04'), read(null))
  })
})
