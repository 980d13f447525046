// Programs that misbehave at a tap, at the level of bytes: what the tap tells of each, and that others pass as before.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, it } from 'mocha'
import { eventually } from '../../support/eventually.ts'
import { drip, endlessly } from '../../support/servers/hostile.ts'
import { accepted, deflate } from '../../support/servers/hostileWebSocket.ts'
import { answer } from '../../support/servers/httpServer.ts'
import { upgradeRequest, useHostileTap } from '../../support/tap/useHostileTap.ts'
import { gather, request } from '../../support/tap/useRelay.ts'

type Behaviour = (socket: Socket, host: string) => void

const start = (host: string, ...fields: string[]) =>
  [`POST /ok HTTP/1.1`, `Host: ${host}`, ...fields, ''].join('\r\n')
const chunked = (host: string) => start(host, 'Transfer-Encoding: chunked', '')
const says =
  (write: (host: string) => string): Behaviour =>
  (socket, host) =>
    void socket.write(write(host), 'latin1')
const forEver =
  (begin: (host: string) => string, block: string): Behaviour =>
  (socket, host) =>
    endlessly(begin(host), block)({ socket })

/** What is told of each. */
const cases: Readonly<Record<string, readonly [Behaviour, code: string]>> = {
  'sends a head without end': [forEver(start, 'X-More: 1\r\n'), 'tap-refused'],
  'sends a field without end': [forEver((host) => `${start(host)}X: `, 'x'), 'tap-refused'],
  'sends a request line without end': [forEver(() => 'GET /', 'x'), 'tap-refused'],
  'sends 10,000 fields': [
    says((host) => `${start(host)}${'X: 1\r\n'.repeat(10_000)}\r\n`),
    'tap-refused',
  ],
  'speaks TLS': [says(() => '\x16\x03\x01\x00\x02\x02\x46'), 'tap-refused'],
  'speaks HTTP/2': [says(() => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'tap-refused'],
  'has two lengths': [
    says((host) => start(host, 'Content-Length: 1', 'Content-Length: 2', '')),
    'tap-refused',
  ],
  'asks for another host': [says(() => request('evil.example', '/ok')), 'tap-refused'],
  'takes it for a proxy': [
    says((host) => `CONNECT example.com:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    'tap-refused',
  ],
  'sends 1000 requests at once': [says((host) => request(host, '/ok').repeat(1000)), 'tap-refused'],
  'claims a body of 2^53 and leaves': [
    (socket, host) =>
      socket.write(`${start(host, 'Content-Length: 9007199254740991', '')}x`, () =>
        setImmediate(() => socket.destroy()),
      ),
    'request',
  ],
  'claims a chunk of 2^64 and leaves': [
    (socket, host) =>
      socket.write(`${chunked(host)}10000000000000000\r\n`, () =>
        setImmediate(() => socket.destroy()),
      ),
    'request',
  ],
}

describe('At a tap, a program that', () => {
  const tapped = useHostileTap({
    '/ok': answer(200, [], 'fine'),
    '/ws': accepted((socket, head) => void socket.write(head), deflate),
  })

  async function assertFine(): Promise<void> {
    const client = tapped.connect()
    const came = gather(client)
    client.write(request(tapped.host, '/ok'))
    await came.endsWith('fine')
    client.end()
  }

  for (const [title, [behave, code]] of Object.entries(cases)) {
    it(`${title}: ${code}`, async () => {
      const from = tapped.tap.frames.length
      const client = tapped.connect()
      client.on('data', () => null).on('end', () => client.destroy())
      behave(client, tapped.host)
      await eventually(code, () => tapped.told(from).includes(code))
      client.destroy()
      await tapped.allClosed()
      await assertFine()
    })
  }

  for (const [title, bytes, code] of [
    ['sends frames without a mask', Buffer.from('810141', 'hex'), 'ws-protocol-error'],
    ['claims a frame of 2^63', Buffer.from('82ff800000000000000000000000', 'hex'), 'tap-not-shown'],
    ['sends 3000 empty frames', Buffer.from('818000000000'.repeat(3000), 'hex'), 'message'],
    ['sends 3000 pings', Buffer.from('898000000000'.repeat(3000), 'hex'), 'ping'],
    [
      'sends compressed data that is none',
      Buffer.from('c18400000000ffffffff', 'hex'),
      'ws-protocol-error',
    ],
  ] as const) {
    it(`${title}: ${code}`, async () => {
      const from = tapped.tap.frames.length
      const client = tapped.connect()
      const came = gather(client)
      client.write(upgradeRequest(tapped.host, '/ws'))
      await came.endsWith('\r\n\r\n')
      client.write(bytes)
      await eventually(code, () => tapped.told(from).includes(code))
      client.destroy()
      await tapped.allClosed()
      await assertFine()
    })
  }

  it('opens 1000 connections and says nothing, or little: they end with it', async () => {
    const clients = Array.from({ length: 1000 }, () => tapped.connect())
    await Promise.all(clients.map((client) => once(client, 'connect')))
    for (const client of clients.slice(0, 500)) client.write('GET /ok HT')
    await assertFine()
    for (const client of clients) client.destroy()
    await tapped.allClosed()
    await assertFine()
  })

  it('sends its head byte by byte: it waits for nobody else', async () => {
    const client = tapped.connect()
    drip(`GET /ok HTTP/1.1\r\nHost: ${tapped.host}\r\n`, 'X: 1\r\n')({ socket: client })
    await assertFine()
    client.destroy()
    await tapped.allClosed()
    assert.deepEqual(tapped.tap.faults, [])
  })
})
