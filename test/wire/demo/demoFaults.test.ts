// The faults of proxies and servers that the demo server shows where it is asked to.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { pageOf, useFreshDemo } from '../../support/servers/useFreshDemo.ts'

describe('a demo URL that asks for a fault', () => {
  const demo = useFreshDemo()

  /** The chunks of a stream until its text is enough or it ends. */
  async function chunksOf(
    path: string,
    isEnough: (text: string) => boolean,
    headers: Record<string, string> = {},
  ) {
    const controller = new AbortController()
    const askedAt = performance.now()
    const response = await fetch(demo.url + path, { headers, signal: controller.signal })
    const headMs = performance.now() - askedAt
    const chunks: string[] = []
    let failure: unknown = null
    try {
      for await (const chunk of response.body ?? []) {
        chunks.push(Buffer.from(chunk).toString('latin1'))
        if (isEnough(chunks.join(''))) break
      }
    } catch (error) {
      failure = error
    }
    controller.abort()
    return { chunks, text: chunks.join(''), headMs, failure }
  }

  const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  const events = (count: number) => (text: string) => text.split('\nevent: ').length > count
  const resumed = { 'Last-Event-ID': '1' }

  it('has a stream come by the buffer of a proxy', async () => {
    const { text } = await chunksOf('/sse?rate=1000&buffer=4096', (seen) => seen.length >= 8192)
    assert.equal(text.length % 4096, 0)
  })

  it('has so many items come together', async () => {
    const { text } = await chunksOf('/ndjson?rate=200&burst=10', (seen) => seen.length > 0)
    assert.equal(text.trimEnd().split('\n').length, 10)
  })

  it('has the head wait, and come with what has gathered', async () => {
    const { headMs, chunks } = await chunksOf('/sse?rate=100&first-byte=150', events(0))
    assert.ok(headMs >= 149, String(headMs))
    assert.ok(ids(chunks[0] ?? '').length > 1)
  })

  it('cuts a stream, and a WebSocket without a close frame', async () => {
    const { failure } = await chunksOf('/sse?rate=0&cut=50', () => false)
    assert.ok(failure instanceof Error)
    const socket = new WebSocket(`${demo.url.replace('http', 'ws')}/ws?rate=0&cut=50`)
    const [code] = await once(socket, 'close')
    assert.equal(code, 1006)
  })

  it('sends no keep-alive', async () => {
    const { text } = await chunksOf('/sse?rate=0&ping=0&cut=100', () => false)
    assert.equal(text, ': Lifeline demo feed\nretry: 2000\n\n')
  })

  it('leaves out the ids, or begins them anew whatever was seen', async () => {
    const without = await chunksOf('/sse?rate=0&ids=0', events(4), resumed)
    assert.deepEqual(ids(without.text), [])
    const anew = await chunksOf('/sse?rate=100&resume=0', events(2), resumed)
    assert.deepEqual(ids(anew.text).slice(0, 2), [1, 2])
  })

  it('sends each event twice', async () => {
    const { text } = await chunksOf('/sse?rate=0&double=1', events(4), resumed)
    assert.deepEqual(ids(text).slice(0, 4), [2, 2, 3, 3])
  })

  it('answers a poll whole although nothing is new', async () => {
    const first = await demo.get('/poll?rate=0&etag=0')
    const etag = first.headers.get('etag') ?? ''
    const again = await demo.get('/poll?rate=0&etag=0', { 'If-None-Match': etag })
    assert.deepEqual([again.status, again.headers.get('etag')], [200, etag])
    assert.deepEqual(await pageOf(again), await pageOf(first))
  })
})
