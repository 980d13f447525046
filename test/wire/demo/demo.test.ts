// The demo server: what all its paths have in common, and what is published.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { startDemoServer } from '../../../src/demo/demoServer.ts'
import { useFreshDemo } from '../../support/servers/useFreshDemo.ts'

describe('demo server', () => {
  const demo = useFreshDemo()

  it('answers an unknown path, an unknown method and a wrong parameter', async () => {
    assert.equal((await demo.get('/nothing')).status, 404)
    assert.equal((await fetch(`${demo.url}/poll`, { method: 'DELETE' })).status, 404)
    const wrong = await demo.get('/poll?rate=fast')
    assert.equal(wrong.status, 400)
    assert.match(await wrong.text(), /rate must be a number/)
  })

  it('keeps a connection of HTTP alive', async () => {
    const response = await demo.get('/poll')
    assert.notEqual(response.headers.get('connection'), 'close')
  })

  it('refuses the first requests with Retry-After, then answers', async () => {
    const path = '/poll?status=503&times=2&retry-after=3'
    const first = await demo.get(path)
    assert.equal(first.status, 503)
    assert.equal(first.headers.get('retry-after'), '3')
    assert.equal(await first.text(), '{"error":"draining"}\n')
    assert.equal((await demo.get(path)).status, 503)
    assert.equal((await demo.get(path)).status, 200)
  })

  it('wants the secret of the query in one of four ways', async () => {
    const path = '/poll?secret=abc'
    const refused = await demo.get(path)
    assert.equal(refused.status, 401)
    assert.match(refused.headers.get('www-authenticate') ?? '', /Bearer/)
    const accepted: Record<string, string>[] = [
      { Authorization: 'Bearer abc' },
      { Authorization: `Basic ${btoa('me:abc')}` },
      { 'X-API-Key': 'abc' },
    ]
    for (const headers of accepted) assert.equal((await demo.get(path, headers)).status, 200)
    assert.equal((await demo.get(`${path}&key=abc`)).status, 200)
    assert.equal((await demo.get(path, { Authorization: 'Bearer x' })).status, 401)
    const socket = new WebSocket(`${demo.url.replace('http', 'ws')}/ws?secret=abc`)
    const [error] = (await once(socket, 'error')) as [Error]
    assert.match(error.message, /401/)
  })

  it('counts the requests of a client in a cookie', async () => {
    const visits = async (headers = {}) =>
      (await demo.get('/poll?cookies=1', headers)).headers.getSetCookie()[0] ?? ''
    assert.match(await visits(), /^visits=1;/)
    assert.match(await visits({ Cookie: 'a=b; visits=1' }), /^visits=2;/)
    assert.deepEqual((await demo.get('/poll')).headers.getSetCookie(), [])
  })

  it('says what a cache would say where it is asked to', async () => {
    const { headers } = await demo.get('/poll?age=7')
    assert.equal(headers.get('age'), '7')
    assert.equal(headers.get('cache-control'), 'max-age=60')
  })

  it('waits before an answer that is to be delayed', async () => {
    const before = performance.now()
    await demo.get('/poll?delay=60')
    assert.ok(performance.now() - before >= 59)
  })

  it('rejects a port that is taken', async () => {
    await assert.rejects(startDemoServer({ port: demo.port, host: '127.0.0.1' }), {
      code: 'EADDRINUSE',
    })
  })
})

describe('demo /publish', () => {
  const demo = useFreshDemo()

  for (const body of ['', '{"text":', '{"text":4}', '{"from":4,"text":"x"}']) {
    it(`refuses ${body || 'an empty body'} with a sentence`, async () => {
      const response = await demo.publish(body)
      assert.equal(response.status, 400)
      assert.match(await response.text(), /\.["}]/)
    })
  }

  it('refuses a body that is too long', async () => {
    assert.equal((await demo.publish('x'.repeat(70_000))).status, 413)
  })
})
