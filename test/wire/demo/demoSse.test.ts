// The demo server's event stream.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { FeedItem } from '../../../src/demo/feed.ts'
import { useFreshDemo } from '../../support/servers/useFreshDemo.ts'

describe('demo /sse', () => {
  const demo = useFreshDemo()

  const events = (count: number) => (text: string) => text.split('\nid: ').length > count

  /** Reads until the text is enough or the stream ends. */
  async function read(
    path: string,
    isEnough: (text: string) => boolean,
    headers: Record<string, string> = {},
  ) {
    const controller = new AbortController()
    const response = await fetch(demo.url + path, { headers, signal: controller.signal })
    assert.equal(response.headers.get('content-type'), 'text/event-stream')
    let text = ''
    let failure: unknown
    try {
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true })
        if (isEnough(text)) break
      }
    } catch (error) {
      failure = error
    }
    controller.abort()
    return { text, failure }
  }

  it('begins with a comment and the reconnection time, then names and numbers its events', async () => {
    const { text } = await read('/sse?rate=100&retry=500', events(4))
    assert.ok(text.startsWith(': Lifeline demo feed\nretry: 500\n\nid: '), text)
    const seen = [...text.matchAll(/^id: (\d+)\nevent: (trade|chat)\n((?:data: .*\n)+)\n/gm)]
    assert.ok(seen.length >= 3)
    for (const [, id, type, data] of seen) {
      const item = JSON.parse((data ?? '').replaceAll(/^data: /gm, '')) as FeedItem
      assert.deepEqual([item.id, item.type], [Number(id), type])
    }
  })

  it('resumes after Last-Event-ID', async () => {
    const { text } = await read('/sse?rate=0', events(3), { 'Last-Event-ID': '2' })
    assert.deepEqual(
      [...text.matchAll(/^id: (\d+)$/gm)].map((match) => match[1]),
      ['3', '4', '5'],
    )
  })

  it('keeps a quiet stream alive with comments', async () => {
    const enough = (text: string) => text.split(': keep-alive\n\n').length > 2
    const { text } = await read('/sse?rate=0&ping=10', enough)
    assert.ok(enough(text), text)
  })

  it('destroys the socket after as many items as it is to drop', async () => {
    const { text, failure } = await read('/sse?rate=0&drop=2', events(9), { 'Last-Event-ID': '1' })
    assert.equal([...text.matchAll(/^id: /gm)].length, 2)
    assert.ok(failure instanceof Error)
  })
})
