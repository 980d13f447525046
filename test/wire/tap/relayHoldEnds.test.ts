// Ends of connections of a relay that holds: half closes, resets, a stop, and senders that never stop.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, it } from 'mocha'
import { relayLimits } from '../../../src/engine/relay/relayLimits.ts'
import { comesTo } from '../../support/eventually.ts'
import { type RelayOptions, useRelay } from '../../support/tap/useRelay.ts'
import { frame, useTappedSocket } from '../../support/tap/useTappedSocket.ts'

const MiB = 1024 * 1024
const text = frame(0x81, 'hi')
const hi = text.toString('latin1')
const added = frame(0x82, 'in')

describe('the ends of a relay that holds', () => {
  const openSocket = useTappedSocket(useRelay())

  /** One message of the server waits. */
  async function held(options: RelayOptions = {}) {
    const tapped = await openSocket(options)
    tapped.relay.server.hold('both')
    tapped.server.write(text)
    await comesTo(() => tapped.relay.of('held').length, 1)
    return tapped
  }

  const passed = { id: 1, from: 'server', n: 1, act: 'pass', keepsAsking: false } as const

  const resetOf = (socket: Socket) =>
    new Promise<string>((resolve) => {
      socket.on('error', (error) => resolve('code' in error ? String(error.code) : 'ERROR'))
    })

  it('has the end of a server wait behind what waits', async () => {
    const { relay, client, server, atClient, atServer } = await held()
    let isOver = false
    client.on('end', () => {
      isOver = true
    })
    server.end()
    await comesTo(() => relay.of('finished').length, 1)
    client.write(text)
    await comesTo(() => relay.of('held').length, 2)
    assert.equal(isOver, false)
    relay.server.verdict(passed)
    relay.server.verdict({ ...passed, from: 'client' })
    await comesTo(() => isOver, true)
    assert.equal(atClient(), hi)
    await comesTo(atServer, hi)
    client.end()
    await comesTo(() => relay.of('closed')[0]?.by, 'server')
  })

  it('passes what waits for a program that sends nothing more', async () => {
    const { relay, client, server, atClient } = await held()
    const ended = once(server, 'end')
    client.end()
    await ended
    server.write(text)
    await comesTo(() => relay.of('held').length, 2)
    relay.server.hold(null)
    await comesTo(atClient, hi + hi)
    server.end()
    await comesTo(() => relay.of('closed')[0]?.failure, null)
  })

  it('resets the program of a server that was reset, and forgets what waits', async () => {
    const { relay, client, server, atClient } = await held()
    const reset = resetOf(client)
    server.resetAndDestroy()
    assert.equal(await reset, 'ECONNRESET')
    await comesTo(() => relay.of('closed').length, 1)
    relay.server.verdict(passed)
    relay.server.inject({ id: 1, to: 'client', n: 1, bytes: added })
    assert.equal(atClient(), '')
    assert.equal(relay.of('injected').length, 0)
  })

  it('resets the server of a program that was reset, and forgets what waits', async () => {
    const { relay, client, server } = await held()
    const reset = resetOf(server)
    client.resetAndDestroy()
    assert.equal(await reset, 'ECONNRESET')
    await comesTo(() => relay.of('closed').length, 1)
    relay.server.hold(null)
    relay.server.verdict(passed)
  })

  it('puts nothing behind the end of a side', async () => {
    const { relay, server, atClient } = await openSocket()
    server.end(text)
    await comesTo(() => relay.of('finished').length, 1)
    relay.server.inject({ id: 1, to: 'client', n: 1, bytes: added })
    relay.server.inject({ id: 2, to: 'client', n: 2, bytes: added })
    relay.server.inject({ id: 1, to: 'server', n: 3, bytes: added })
    await comesTo(() => relay.of('injected').map(({ n }) => n), [3])
    assert.equal(atClient(), hi)
  })

  it('stops while something waits', async () => {
    const { relay, client, server, atClient } = await held()
    const ended = Promise.all([once(client, 'end'), once(server, 'end')])
    client.end()
    server.end()
    await relay.server.stop()
    await ended
    assert.equal(atClient(), '')
    await comesTo(() => relay.of('closed').length, 1)
  })

  it('stops a server that is held back', async () => {
    const { relay, client, server, atClient } = await held()
    const ended = once(client, 'end')
    server.write(Buffer.concat(Array.from({ length: 20_000 }, () => frame(0x81, 'x'.repeat(125)))))
    await comesTo(() => relay.of('held').length > 1000, true)
    client.end()
    await relay.server.stop()
    await ended
    assert.equal(atClient(), '')
    await comesTo(() => relay.of('closed').length, 1)
  })

  it('cuts where a message behind a changed one cannot wait', async () => {
    const tapped = await held({ limits: { messageBytes: MiB } })
    const { relay, client, server, atClient } = tapped
    relay.server.verdict({ ...passed, act: added, keepsAsking: true })
    await comesTo(atClient, added.toString('latin1'))
    const resets = Promise.all([resetOf(client), resetOf(server)])
    const size = 2 * MiB
    const head = Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 0, 0, 0])
    head.writeUInt32BE(size, 6)
    server.write(head)
    server.write(Buffer.alloc(size))
    await resets
    await comesTo(() => relay.of('closed')[0]?.by, 'relay')
    assert.match(
      relay.of('fault')[0]?.message ?? '',
      /reset\. A message is larger than .* changed\.$/,
    )
    assert.equal(atClient(), added.toString('latin1'))
  })

  for (const from of ['server', 'client'] as const) {
    it(`holds a ${from} back that sends 100 MB behind what waits`, async () => {
      const tapped = await openSocket()
      const { relay, client, server } = tapped
      relay.server.hold('both')
      const sender = from === 'server' ? server : client
      const receiver = from === 'server' ? client : server
      let read = 0
      receiver.on('data', ({ length }) => {
        read += length
      })
      const payload = 60_000
      const message = Buffer.concat([
        Buffer.from([0x82, 126, payload >> 8, payload & 255]),
        Buffer.alloc(payload, 'x'),
      ])
      const count = Math.ceil((100 * MiB) / message.length)
      for (let i = 0; i < count; i++) sender.write(message)
      const told = () => relay.of('body').reduce((sum, { bytes }) => sum + bytes.length, 0)
      await comesTo(() => told() > relayLimits.heldBytes, true)
      for (let before = -1; before !== told(); ) {
        before = told()
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      assert.ok(told() < relayLimits.heldBytes + MiB, `${told()} bytes`)
      assert.ok(sender.writableLength > 50 * MiB)
      assert.equal(read, 0)
      const n = relay.of('held').length
      assert.ok(n > 10)
      relay.server.hold(null)
      await comesTo(() => read, count * message.length)
    })
  }
})
