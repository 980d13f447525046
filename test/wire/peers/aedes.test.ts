// A peer that nobody here wrote: MQTT over WebSocket, with the broker Aedes, which is there on every machine.

import assert from 'node:assert/strict'
import { Aedes } from 'aedes'
import { after, before, describe, it } from 'mocha'
import { generate, type Packet, parser } from 'mqtt-packet'
import { createWebSocketStream } from 'ws'
import { startWsServer, type TestWsServer } from '../../support/servers/wsServer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const connect: Packet = {
  ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 0 },
  clientId: 'lifeline',
}

describe('Aedes', () => {
  let broker: Aedes
  let server: TestWsServer
  before(async () => {
    broker = await Aedes.createBroker()
    broker.authenticate = (_client, name, _password, done) => done(null, name !== 'nobody')
    server = await startWsServer({
      accepted: { '/': (ws, request) => broker.handle(createWebSocketStream(ws), request) },
    })
  })
  after(async () => {
    await new Promise<void>((resolve) => broker.close(resolve))
    await server.close()
  })

  /**
   * Sends each packet once so many have come, and answers what rows say. The broker cuts its packets into messages as it
   * writes them, which are as short as a byte: a packet stands at its last one.
   */
  async function watch(
    ...steps: readonly (readonly [after: number, packet: Packet | Uint8Array])[]
  ) {
    let came = 0
    let sent = 0
    const parsed = parser().on('packet', () => came++)
    const endpoint = endpointAt(server.url(''), 'websocket', '/', { subprotocols: ['mqtt'] })
    const run = await runSession(endpoint, {
      until(frame, session, payload) {
        if (frame.kind === 'message' && frame.direction === 'in')
          parsed.parse(Buffer.from(payload ?? []))
        const step = steps[sent]
        if (step === undefined) return frame.kind === 'message' && frame.direction === 'out'
        if ((frame.kind !== 'response' && frame.direction !== 'in') || came < step[0]) return false
        sent++
        const bytes = step[1] instanceof Uint8Array ? step[1] : generate(step[1])
        setImmediate(() => session.send({ type: 'binary', bytes }))
        return false
      },
    })
    return run.lines
      .filter((line) => /^message (?!binary)/.test(line))
      .map((line) => line.slice('message '.length).replace(/ · [\d.]+ ms/, ''))
  }

  it('follows a message of QoS 2 over all its packets, there and back', async () => {
    const told = await watch(
      [0, connect],
      [1, { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'rooms/+', qos: 0 }] }],
      [
        2,
        {
          ...{ cmd: 'publish', messageId: 2, topic: 'rooms/1', payload: '{"t":21.5}', qos: 2 },
          ...{ dup: false, retain: false },
        },
      ],
      [4, { cmd: 'pubrel', messageId: 2 }],
      [5, { cmd: 'disconnect' }],
    )
    assert.deepEqual(told.slice(0, 5), [
      '▸ CONNECT lifeline MQTT 3.1.1, clean session, no keep alive',
      '◂ CONNACK lifeline',
      '▸ SUBSCRIBE rooms/+ #1',
      '◂ SUBACK rooms/+ #1 · QoS 0',
      '▸ PUBLISH rooms/1 #2 {t: 21.5}',
    ])
    // The broker may hand it on before or after it acknowledges.
    assert.deepEqual(told.slice(5).sort(), [
      'DISCONNECT',
      '▸ PUBLISH rooms/1 {t: 21.5}',
      '◂ PUBCOMP rooms/1 #2',
      '◂ PUBREC rooms/1 #2',
      '◂ PUBREL rooms/1 #2',
    ])
  })

  it('takes several packets in a message and one in several, and so do the rows', async () => {
    const subscriptions = [{ topic: 'a', qos: 0 }] as const
    const subscribe = generate({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [...subscriptions],
    })
    const publish = generate({
      ...{ cmd: 'publish', messageId: 2, topic: 'a', payload: '"cut"', qos: 1 },
      ...{ dup: false, retain: false },
    })
    const told = await watch(
      [0, Buffer.concat([generate(connect), subscribe, publish.subarray(0, 3)])],
      [2, publish.subarray(3)],
      [4, { cmd: 'disconnect' }],
    )
    assert.deepEqual(told.slice(0, 3), [
      '▸ CONNECT lifeline MQTT 3.1.1, clean session, no keep alive, ▸ SUBSCRIBE a #1',
      '◂ CONNACK lifeline',
      '◂ SUBACK a #1 · QoS 0',
    ])
    // The broker may hand it on before or after it acknowledges.
    assert.deepEqual(told.slice(3).sort(), [
      'DISCONNECT',
      '▸ PUBLISH a "cut"',
      '▸ PUBLISH a #2 "cut"',
      '◂ PUBACK a #2',
    ])
  })

  it('refuses who may not connect, which is told as an error', async () => {
    const told = await watch([0, { ...connect, username: 'nobody' }], [9, connect])
    assert.equal(told[1], '◂ CONNACK error 5 Not authorized · lifeline')
  })

  it('knows no MQTT 5, and says so in its own version', async () => {
    const told = await watch([0, { ...connect, protocolVersion: 5 }], [9, connect])
    assert.equal(told[1], '◂ CONNACK error 1 Unacceptable protocol version · lifeline')
  })
})
