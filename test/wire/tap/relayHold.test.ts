// Messages and answers that a relay keeps back until it is told what becomes of them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { comesTo } from '../../support/eventually.ts'
import { answer } from '../../support/servers/httpServer.ts'
import { gather, request, useRelay } from '../../support/tap/useRelay.ts'
import { fault, useTapped } from '../../support/tap/useTapped.ts'
import { frame, useTappedSocket } from '../../support/tap/useTappedSocket.ts'

describe('a relay that holds', () => {
  const startRelay = useRelay()
  const tapped = useTapped(startRelay)

  const openSocket = useTappedSocket(startRelay)

  it('passes pings at once, and messages by their verdicts, in order', async () => {
    const { relay, server, atClient } = await openSocket()
    relay.server.hold('client')
    server.write(
      Buffer.concat([
        frame(0x01, 'a'),
        frame(0x89, 'p'),
        frame(0x80, 'b'),
        frame(0x81, 'c'),
        frame(0x81, 'd'),
        frame(0x88, ''),
      ]),
    )
    await comesTo(() => relay.of('held').map(({ n }) => n), [1, 2, 3])
    await comesTo(atClient, frame(0x89, 'p').toString('latin1'))
    relay.server.inject({ id: 1, to: 'client', n: 7, bytes: frame(0x81, 'never') })
    const verdict = { id: 1, from: 'server', keepsAsking: false } as const
    relay.server.verdict({ ...verdict, n: 2, act: 'drop' })
    relay.server.verdict({ ...verdict, n: 3, act: frame(0x81, 'new') })
    relay.server.verdict({ ...verdict, n: 1, act: 'pass' })
    const passed = [frame(0x89, 'p'), frame(0x01, 'a'), frame(0x80, 'b'), frame(0x81, 'new')]
    await comesTo(atClient, Buffer.concat([...passed, frame(0x88, '')]).toString('latin1'))
    assert.equal(relay.of('injected').length, 0)
  })

  it('puts a message in behind the one that is under way', async () => {
    const { relay, server, atClient } = await openSocket()
    server.write(frame(0x01, 'a'))
    await comesTo(atClient, frame(0x01, 'a').toString('latin1'))
    relay.server.inject({ id: 1, to: 'client', n: 7, bytes: frame(0x81, 'in') })
    server.write(frame(0x80, 'b'))
    const all = [frame(0x01, 'a'), frame(0x80, 'b'), frame(0x81, 'in')]
    await comesTo(atClient, Buffer.concat(all).toString('latin1'))
    await comesTo(() => relay.of('injected').map(({ n }) => n), [7])
  })

  it('holds a whole answer, and passes it as it came', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'whole') })
    relay.server.hold('both')
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await comesTo(() => relay.of('held').length, 1)
    assert.equal(came.text(), '')
    relay.server.hold(null)
    await came.endsWith('\r\n\r\nwhole')
  })

  it('leaves what a fault delays to its time when it is told to hold, or to hold no more', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'late') })
    relay.server.setFaults([fault({ kind: 'delay', ms: 600_000, jitterMs: 0, way: 'client' })])
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await comesTo(() => relay.of('end').map(({ from }) => from), ['client', 'server'])
    relay.server.hold('both')
    relay.server.hold(null)
    // What has gone on comes before the end.
    relay.server.cut({ path: '', connection: null, orderly: true })
    await came.ended
    assert.equal(came.text(), '')
  })
})
