// Attachments of a Socket.IO server, there and back: in messages of their own over WebSocket, in base64 over polling.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'mocha'
import { Server } from 'socket.io'
import { listenLocally } from '../../support/servers/listenLocally.ts'
import {
  endpointAt,
  profileAt,
  runSession,
  type SessionRun,
} from '../../support/sessions/runSession.ts'

const upload = '451-1["upload",{"_placeholder":true,"num":0}]'

/** What rows say of packets of the program, times aside. */
const told = (run: SessionRun, kinds: RegExp) =>
  run.lines
    .filter((line) => kinds.test(line) && /upload|ACK/.test(line))
    .map((line) => line.replace(/· [\d.]+ m?s/, '· …').replace(/^.*?(?=[▸◂]|BINARY)/, ''))
    // They may arrive together.
    .flatMap((line) => line.split(/, (?=[▸◂])/))

describe('Attachments of Socket.IO', () => {
  const http = createServer()
  const server = new Server(http)
  let origin = ''
  before(async () => {
    server.on('connection', (socket) => {
      socket.on('upload', (bytes: Buffer, acknowledge: (...said: unknown[]) => void) => {
        acknowledge(bytes.length, Buffer.from(bytes).reverse())
      })
    })
    origin = `http://127.0.0.1:${await listenLocally(http)}`
  })
  after(() => server.close())

  it('are put together over WebSocket', async () => {
    const path = '/socket.io/?EIO=4&transport=websocket'
    const run = await runSession(profileAt(origin, 'websocket', path, { send: ['40'] }), {
      until(frame, session, payload) {
        if (frame.kind !== 'message' || frame.direction === 'out') return false
        if (
          Buffer.from(payload ?? [])
            .toString()
            .startsWith('40')
        ) {
          void session.send({ type: 'text', text: upload })
          void session.send({ type: 'binary', bytes: Uint8Array.of(1, 2, 255) })
        }
        return frame.detail.type === 'binary'
      },
    })
    assert.deepEqual(told(run, /^message/), [
      'BINARY_EVENT #1 upload: 1 attachment follows',
      '▸ upload #1 <3 B>',
      'BINARY_ACK #1 1 attachment follows',
      '◂ ACK upload #1 · … · [3, <3 B>]',
    ])
    assert.doesNotMatch(run.lines.join('\n'), /flaw|no answer/)
  })

  it('are put together over polls and what is sent beside them', async () => {
    const path = '/socket.io/?EIO=4&transport=polling'
    const { sid } = JSON.parse((await (await fetch(`${origin}${path}`)).text()).slice(1))
    const target = `${path}&sid=${sid}`
    const fields = { allowFasterThan100ms: true }
    const run = await runSession(endpointAt(origin, 'long-polling', target, fields), {
      until(frame, session, payload) {
        const text = Buffer.from(payload ?? []).toString()
        const post = (body: string) =>
          void session.request({ request: 'POST', url: target, headers: [], body })
        if (frame.seq === 1) post('40')
        if (frame.kind !== 'response' || frame.detail.purpose !== 'long-poll') return false
        if (text.startsWith('40')) post(`${upload}\x1ebAQL/`)
        return text.includes('b/wIB')
      },
    })
    assert.deepEqual(told(run, /^re/), [
      'BINARY_EVENT #1 upload: 1 attachment follows',
      '▸ upload #1 <3 B>',
      'BINARY_ACK #1 1 attachment follows',
      '◂ ACK upload #1 · … · [3, <3 B>]',
    ])
    assert.doesNotMatch(run.lines.join('\n'), /flaw|no answer/)
  })
})
