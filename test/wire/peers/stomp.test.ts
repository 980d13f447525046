// STOMP over WebSocket, in bytes that the library @stomp/stompjs writes and reads.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { createStompPeer, stompFrame } from '../../support/servers/stompPeer.ts'
import { startWsServer, type TestWsServer } from '../../support/servers/wsServer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

describe('STOMP', () => {
  let server: TestWsServer
  before(async () => {
    server = await startWsServer({
      accepted: {
        '/': (ws) => {
          const take = createStompPeer((text) => ws.send(text))
          ws.on('message', (data) => take(String(data)))
        },
      },
    })
  })
  after(() => server.close())

  /** Sends each text once so many messages have come, and answers what rows say. */
  async function watch(...steps: readonly (readonly [after: number, text: string])[]) {
    let came = 0
    let sent = 0
    const endpoint = endpointAt(server.url(''), 'websocket', '/', { subprotocols: ['v12.stomp'] })
    const run = await runSession(endpoint, {
      until(frame, session) {
        if (frame.kind === 'message' && frame.direction === 'in') came++
        const step = steps[sent]
        if (step === undefined) return frame.kind === 'message' && frame.direction === 'in'
        if ((frame.kind !== 'response' && frame.direction !== 'in') || came < step[0]) return false
        sent++
        setImmediate(() => session.send({ type: 'text', text: step[1] }))
        return false
      },
    })
    return run.lines
      .filter((line) => line.startsWith('message '))
      .map((line) => line.slice('message '.length).replace(/ · [\d.]+ ms/, ''))
  }

  const connect = stompFrame('CONNECT', { 'accept-version': '1.2', 'heart-beat': '0,0' })
  const subscription = { destination: '/topic/a', id: 'sub-0', ack: 'client-individual' }

  it('is told in its own words, each answer with what it answers', async () => {
    const told = await watch(
      [0, connect],
      [1, stompFrame('SUBSCRIBE', { ...subscription, receipt: 'r1' })],
      [2, stompFrame('SEND', { destination: '/topic/a' }, '{"price":"5 €"}')],
      [3, stompFrame('ACK', { id: 'a1', receipt: 'r2' })],
      [4, '\n'],
    )
    assert.deepEqual(told, [
      'CONNECT 1.2, heart-beat 0,0',
      '◂ CONNECTED · 1.2, peer/1',
      '▸ SUBSCRIBE /topic/a #sub-0',
      '◂ RECEIPT /topic/a #r1',
      '▸ SEND /topic/a {price: "5 €"}',
      '▸ MESSAGE /topic/a #a1 {price: "5 €"}',
      '◂ ACK /topic/a #a1',
      '◂ RECEIPT /topic/a #r2',
      'heart-beat',
      'heart-beat',
    ])
  })

  it('tells who is refused', async () => {
    const told = await watch([0, stompFrame('CONNECT', { login: 'nobody', passcode: 'p' })])
    assert.deepEqual(told, ['CONNECT 1.0', '◂ ERROR Bad login · CONNECT'])
  })
})
