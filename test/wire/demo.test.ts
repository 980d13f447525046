import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get as httpGet } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { type DemoServer, startDemoServer } from '../../src/demo/demoServer.ts'
import type { FeedItem } from '../../src/demo/feed.ts'

let demo: DemoServer
beforeEach(async () => {
  demo = await startDemoServer({ port: 0, host: '127.0.0.1', seed: 7 })
})
afterEach(() => demo.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(demo.url + path, { headers })

interface Page {
  cursor: number
  items: FeedItem[]
}
const page = async (response: Response) => (await response.json()) as Page

const publish = (body: string) => fetch(`${demo.url}/publish`, { method: 'POST', body })

describe('demo server', () => {
  it('says what it offers', async () => {
    const text = await (await get('/')).text()
    for (const path of ['/poll', '/long-poll', '/sse', '/ws', '/publish']) {
      assert.ok(text.includes(path), path)
    }
  })

  it('answers an unknown path, an unknown method and a wrong parameter', async () => {
    assert.equal((await get('/nothing')).status, 404)
    assert.equal((await fetch(`${demo.url}/poll`, { method: 'DELETE' })).status, 404)
    const wrong = await get('/poll?rate=fast')
    assert.equal(wrong.status, 400)
    assert.match(await wrong.text(), /rate must be a number/)
  })

  it('keeps a connection of HTTP alive', async () => {
    const response = await get('/poll')
    assert.notEqual(response.headers.get('connection'), 'close')
  })

  it('refuses the first requests with Retry-After, then answers', async () => {
    const path = '/poll?status=503&times=2&retry-after=3'
    const first = await get(path)
    assert.equal(first.status, 503)
    assert.equal(first.headers.get('retry-after'), '3')
    assert.equal(await first.text(), '{"error":"draining"}\n')
    assert.equal((await get(path)).status, 503)
    assert.equal((await get(path)).status, 200)
  })

  it('wants the secret of the query in one of four ways', async () => {
    const path = '/poll?secret=abc'
    const refused = await get(path)
    assert.equal(refused.status, 401)
    assert.match(refused.headers.get('www-authenticate') ?? '', /Bearer/)
    const accepted: Record<string, string>[] = [
      { Authorization: 'Bearer abc' },
      { Authorization: `Basic ${btoa('me:abc')}` },
      { 'X-API-Key': 'abc' },
    ]
    for (const headers of accepted) assert.equal((await get(path, headers)).status, 200)
    assert.equal((await get(`${path}&key=abc`)).status, 200)
    assert.equal((await get(path, { Authorization: 'Bearer x' })).status, 401)
    const socket = new WebSocket(`${demo.url.replace('http', 'ws')}/ws?secret=abc`)
    const [error] = (await once(socket, 'error')) as [Error]
    assert.match(error.message, /401/)
  })

  it('counts the requests of a client in a cookie', async () => {
    const visits = async (headers = {}) =>
      (await get('/poll?cookies=1', headers)).headers.getSetCookie()[0] ?? ''
    assert.match(await visits(), /^visits=1;/)
    assert.match(await visits({ Cookie: 'a=b; visits=1' }), /^visits=2;/)
    assert.deepEqual((await get('/poll')).headers.getSetCookie(), [])
  })

  it('says what a cache would say where it is asked to', async () => {
    const { headers } = await get('/poll?age=7')
    assert.equal(headers.get('age'), '7')
    assert.equal(headers.get('cache-control'), 'max-age=60')
  })

  it('waits before an answer that is to be delayed', async () => {
    const before = performance.now()
    await get('/poll?delay=60')
    assert.ok(performance.now() - before >= 59)
  })

  it('rejects a port that is taken', async () => {
    await assert.rejects(startDemoServer({ port: demo.port, host: '127.0.0.1' }), {
      code: 'EADDRINUSE',
    })
  })
})

describe('demo /poll', () => {
  it('has validators, and answers 304 to either of them while nothing is new', async () => {
    const first = await get('/poll?rate=0')
    assert.equal(first.status, 200)
    assert.equal((await page(first)).items.length, 5)
    const etag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    assert.equal((await get('/poll?rate=0', { 'If-None-Match': etag })).status, 304)
    assert.equal((await get('/poll?rate=0', { 'If-None-Match': `"x", W/${etag}` })).status, 304)
    assert.equal((await get('/poll?rate=0', { 'If-Modified-Since': modified })).status, 304)
    const both = { 'If-None-Match': '"x"', 'If-Modified-Since': modified }
    assert.equal((await get('/poll?rate=0', both)).status, 200)

    await publish('{"from":"Ada","text":"Hello"}')
    const later = await get('/poll?rate=0', { 'If-None-Match': etag })
    assert.equal(later.status, 200)
    assert.deepEqual(
      (await page(later)).items.slice(-1).map((item) => item.type === 'chat' && item.text),
      ['Hello'],
    )
  })

  it('is reset in the middle of its body when it is to drop', async () => {
    const response = await get('/poll?rate=0&drop=2')
    assert.equal(response.status, 200)
    await assert.rejects(response.text())
  })
})

describe('demo /long-poll', () => {
  it('answers at once without a cursor, then holds until an item comes', async () => {
    const { cursor } = await page(await get('/long-poll?rate=0'))
    const held = get(`/long-poll?rate=0&since=${cursor}`)
    const early = await Promise.race([held, get('/poll?rate=0').then(() => 'nothing yet')])
    assert.equal(early, 'nothing yet')
    await publish('Hello there')
    const answer = await held
    const { items, cursor: next } = await page(answer)
    assert.equal(next, cursor + 1)
    assert.equal(answer.headers.get('x-cursor'), String(next))
    assert.deepEqual(
      items.map((item) => item.type === 'chat' && [item.from, item.text]),
      [['You', 'Hello there']],
    )
  })

  it('answers 204 when the hold is over', async () => {
    const response = await get('/long-poll?rate=0&since=5&hold=20')
    assert.equal(response.status, 204)
    assert.equal(response.headers.get('x-cursor'), '5')
  })

  it('takes the cursor as an entity tag and in a body as well', async () => {
    await publish('One')
    const first = await get('/long-poll?rate=0')
    const etag = first.headers.get('etag') ?? ''
    assert.ok(first.headers.get('last-modified'))
    await publish('Two')
    const tagged = await page(await get('/long-poll?rate=0', { 'If-None-Match': etag }))
    assert.equal(tagged.items.length, 1)
    const body = JSON.stringify({ since: Number(etag.slice(1, -1)) })
    const posted = await fetch(`${demo.url}/long-poll?rate=0`, { method: 'POST', body })
    assert.deepEqual(await page(posted), tagged)
  })

  it('sends the items one by one where they are to trickle', async () => {
    await publish('One')
    await publish('Two')
    const response = await get('/long-poll?rate=0&since=0&trickle=40')
    const chunks: string[] = []
    for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString())
    assert.ok(chunks.length > 1)
    assert.ok(
      chunks
        .join('')
        .trim()
        .split('\n')
        .every((line) => JSON.parse(line)),
    )
  })

  it('refuses a cursor that is none', async () => {
    assert.equal((await get('/long-poll?since=abc')).status, 400)
  })
})

describe('demo /publish', () => {
  for (const body of ['', '{"text":', '{"text":4}', '{"from":4,"text":"x"}']) {
    it(`refuses ${body || 'an empty body'} with a sentence`, async () => {
      const response = await publish(body)
      assert.equal(response.status, 400)
      assert.match(await response.text(), /\.["}]/)
    })
  }

  it('refuses a body that is too long', async () => {
    assert.equal((await publish('x'.repeat(70_000))).status, 413)
  })
})

describe('demo /sse', () => {
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

describe('demo /ws', () => {
  const sockets: WebSocket[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate()
  })
  /** An open socket and its next messages, in order. */
  async function open(path = '/ws?rate=0') {
    const socket = new WebSocket(demo.url.replace('http', 'ws') + path)
    sockets.push(socket)
    const waiting: string[] = []
    let wake = () => {}
    socket.on('message', (data, isBinary) => {
      waiting.push(isBinary ? `binary ${(data as Buffer).toString('hex')}` : String(data))
      wake()
    })
    await once(socket, 'open')
    const next = async () => {
      while (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return waiting.shift() as string
    }
    return { socket, next }
  }

  it('agrees on compression and echoes unknown text and binary', async () => {
    const { socket, next } = await open()
    assert.match(socket.extensions, /permessage-deflate/)
    for (const text of ['hello', '{"a":1}', '[]', 'null', '{"op":"dance"}']) {
      socket.send(text)
      assert.equal(await next(), text)
    }
    socket.send(Buffer.from([0, 255, 16]))
    assert.equal(await next(), 'binary 00ff10')
  })

  it('sends the trades of a symbol once it is subscribed to', async () => {
    const { socket, next } = await open('/ws?rate=200')
    socket.send('{"op":"subscribe","symbol":"BTC-EUR"}')
    let text = await next()
    while (text.includes('"chat"')) text = await next()
    assert.equal(text, '{"type":"subscribed","symbol":"BTC-EUR"}')
    const trade = JSON.parse(await next().then(async (t) => (t.includes('"chat"') ? next() : t)))
    assert.ok(['trade', 'chat'].includes(trade.type))
    assert.notEqual(trade.symbol, 'ETH-EUR')
  })

  it('says which symbols there are', async () => {
    const { socket, next } = await open()
    socket.send('{"op":"subscribe","symbol":"X"}')
    assert.equal(
      await next(),
      '{"type":"error","message":"symbol must be one of BTC-EUR, ETH-EUR."}',
    )
  })

  it('delivers published chat', async () => {
    const { next } = await open()
    await publish('{"from":"Ada","text":"Hello"}')
    const chat = JSON.parse(await next())
    assert.deepEqual([chat.type, chat.from, chat.text], ['chat', 'Ada', 'Hello'])
  })

  it('pings', async () => {
    const { socket } = await open('/ws?rate=0&ping=10')
    const [data] = await once(socket, 'ping')
    assert.equal(String(data), 'lifeline')
  })

  it('is lost without a close frame when it is to drop, or closed with a code', async () => {
    const dropped = await open('/ws?rate=0&drop=1')
    await publish('one')
    assert.deepEqual((await once(dropped.socket, 'close'))[0], 1006)
    const closed = await open('/ws?rate=0&drop=1&close=4001')
    await publish('two')
    const [code, reason] = await once(closed.socket, 'close')
    assert.deepEqual([code, String(reason)], [4001, 'the demo was asked to close'])
  })

  const refused: [string, number, string | undefined][] = [
    ['/ws?status=503&retry-after=7', 503, '7'],
    ['/other', 404, undefined],
    ['/ws?rate=x', 400, undefined],
  ]
  for (const [path, status, retryAfter] of refused) {
    it(`refuses the handshake of ${path} with ${status}`, async () => {
      const socket = new WebSocket(demo.url.replace('http', 'ws') + path)
      const [, response] = await once(socket, 'unexpected-response')
      response.resume()
      assert.equal(response.statusCode, status)
      assert.equal(response.headers['retry-after'], retryAfter)
    })
  }

  it('tells a plain GET that it speaks WebSocket', async () => {
    const [response] = await once(httpGet(`${demo.url}/ws`), 'response')
    response.resume()
    assert.equal(response.statusCode, 426)
    assert.equal(response.headers.upgrade, 'websocket')
  })
})

describe('demo process', () => {
  const main = fileURLToPath(new URL('../../src/demo/main.ts', import.meta.url))

  async function run(args: string[]) {
    const child = fork(main, args, { stdio: 'pipe', execArgv: [] })
    const exit = once(child, 'exit')
    const [message] = (await once(child, 'message')) as [{ url: string; port: number }]
    return { child, exit, ...message }
  }

  it('tells its address and ends at a signal', async () => {
    const { child, exit, url } = await run(['--port', '0'])
    assert.equal((await fetch(`${url}/poll`)).status, 200)
    child.kill('SIGTERM')
    assert.deepEqual(await exit, [0, null])
  })

  it('takes a free port when its own is in use, and ends with its parent', async () => {
    const { child, exit, port } = await run(['--port', String(demo.port)])
    assert.notEqual(port, demo.port)
    child.disconnect()
    assert.deepEqual(await exit, [0, null])
  })

  it('refuses a port that is none', async () => {
    const child = fork(main, ['--port', 'x'], { stdio: 'pipe', execArgv: [] })
    assert.deepEqual(await once(child, 'exit'), [2, null])
  })
})
