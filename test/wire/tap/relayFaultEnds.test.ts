// The ends of connections and of faults, where faults still hold bytes.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { describe, it } from 'mocha'
import { comesTo } from '../../support/eventually.ts'
import { answer, raw } from '../../support/servers/httpServer.ts'
import { gather, request, useRelay } from '../../support/tap/useRelay.ts'
import { fault, useTapped } from '../../support/tap/useTapped.ts'

describe('ends where faults hold bytes', () => {
  const startRelay = useRelay()
  const tapped = useTapped(startRelay)

  const closing = raw('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it', 'end')

  it('asks for a program that sends nothing more while its request is delayed', async () => {
    const { relay } = await tapped({ '/': closing })
    relay.server.setFaults([fault({ kind: 'delay', ms: 50, jitterMs: 0, way: 'server' })])
    const client = relay.connect()
    const came = gather(client)
    client.end(request(relay.host, '/'))
    await came.ended
    assert.match(came.text(), /all of it$/)
  })

  it('brings all of a delayed answer to a program that sends nothing more', async () => {
    const { relay } = await tapped({ '/': closing })
    relay.server.setFaults([fault({ kind: 'delay', ms: 50, jitterMs: 0, way: 'client' })])
    const client = relay.connect()
    const came = gather(client)
    client.end(request(relay.host, '/'))
    await came.ended
    assert.match(came.text(), /all of it$/)
    await comesTo(() => relay.of('closed')[0]?.failure, null)
  })

  it('sends what is gathered when the time of the fault is over', async () => {
    const { relay } = await tapped({ '/': raw('HTTP/1.1 200 OK\r\n\r\nan event') })
    relay.server.setFaults([fault({ kind: 'buffer', bytes: 10_000 }, { forMs: 100 })])
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.endsWith('an event')
  })

  it('sends what a limited rate holds when that is turned off', async () => {
    const body = 'x'.repeat(10_000)
    const { relay } = await tapped({ '/': answer(200, [], body) })
    relay.server.setFaults([fault({ kind: 'rate', bytesPerSecond: 100, way: 'client' })])
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await comesTo(() => relay.body('server').length, 10_000)
    relay.server.setFaults([])
    await came.endsWith(body)
  })

  it('ends an answer that is awaited and cut behind its head', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'a body') })
    relay.server.cut({ path: '', connection: null, orderly: true })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.ended
    client.end()
    await comesTo(() => relay.of('closed').length, 1)
    assert.equal(relay.of('closed')[0]?.failure, null)
    assert.match(came.text(), /\r\n\r\n$/)
  })

  it('answers HEAD with 503 and without a body', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'a body') })
    relay.server.setFaults([fault({ kind: 'unavailable', retryAfterSeconds: null })])
    const asked = httpRequest({ port: relay.port, host: '127.0.0.1', method: 'HEAD', path: '/' })
    const errors: unknown[] = []
    asked.on('error', (error) => errors.push(error)).end()
    const [res] = await once(asked, 'response')
    res.resume()
    await once(res, 'end')
    await comesTo(() => relay.of('closed').length, 1)
    assert.deepEqual(errors, [])
    assert.equal(relay.body('server'), '')
  })
})
