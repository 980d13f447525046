// Answers of a capture by a real server: order, conditions, holds, heads and who may ask.

import assert from 'node:assert/strict'
import { request } from 'node:http'
import { describe, it } from 'mocha'
import { recordTraffic } from '../../support/replay/recordedTraffic.ts'
import { useReplay } from '../../support/replay/useReplay.ts'

/** As a page or another program sends it: fetch writes Host itself. */
function askAs(port: number, headers: Record<string, string>, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    readonly status: number
    readonly headers: Record<string, string | string[] | undefined>
    readonly text: string
  }>()
  const asked = request({ port, host: '127.0.0.1', path: '/p', method, headers }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    response.on('end', () => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    })
  })
  asked.on('error', reject)
  asked.end()
  return promise
}

describe('recorded answers that are served', () => {
  const start = useReplay()

  it('come in their order, and the last one stays', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', 'one')
    traffic.exchange(10, 'GET /p', 'late', {
      status: 503,
      statusText: 'Busy',
      headers: [['Retry-After', '2']],
    })
    traffic.exchange(20, 'GET /p', 'three')
    const { url, served } = await start(traffic)
    const seen: unknown[] = []
    for (let count = 0; count < 4; count++) {
      const answer = await fetch(`${url}/p`)
      seen.push([answer.status, answer.headers.get('retry-after'), await answer.text()])
    }
    assert.deepEqual(seen, [
      [200, null, 'one'],
      [503, '2', 'late'],
      [200, null, 'three'],
      [200, null, 'three'],
    ])
    assert.deepEqual(served.slice(0, 2), ['GET /p 200 answer 1 of 3', 'GET /p 503 answer 2 of 3'])
  })

  it('say that nothing has changed to a client that has the answer, and tell it to one that has not', async () => {
    const traffic = recordTraffic()
    const headers = [['ETag', '"a"']] as const
    traffic.exchange(0, 'GET /p', 'one', { headers })
    traffic.exchange(10, 'GET /p', '', { status: 304, headers })
    const { url } = await start(traffic, { loop: true })
    const seen: unknown[] = []
    for (const tag of ['"a"', '"a"', null, null, '"b"', '"b"']) {
      const condition: Record<string, string> = tag === null ? {} : { 'If-None-Match': tag }
      const answer = await fetch(`${url}/p`, { headers: condition, cache: 'no-store' })
      seen.push([answer.status, answer.headers.get('etag'), await answer.text()])
    }
    assert.deepEqual(seen, [
      [304, '"a"', ''],
      [304, '"a"', ''],
      [200, '"a"', 'one'],
      [200, '"a"', 'one'],
      [200, '"a"', 'one'],
      [200, '"a"', 'one'],
    ])
  })

  it('are held as long as they were, at the speed that is asked for', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', 'late', { purpose: 'long-poll', holdMs: 25_000 })
    const replay = await start(traffic, { speed: 2 })
    let answered = false
    const answer = fetch(`${replay.url}/p`).then(async (one) => {
      answered = true
      return one.text()
    })
    await replay.timed(1)
    await replay.timers.advance(12_499)
    assert.equal(answered, false)
    assert.equal(replay.waiting, 1)
    await replay.timers.advance(1)
    assert.equal(await answer, 'late')
    assert.deepEqual(replay.served, ['GET /p 200 answer 1 of 1, recorded after 25.0 s'])
  })

  it('leave no timer behind for a client that leaves, and none where the server stops', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', 'late', { holdMs: 60_000 })
    const replay = await start(traffic)
    const leaving = new AbortController()
    const left = assert.rejects(fetch(`${replay.url}/p`, { signal: leaving.signal }))
    await replay.timed(1)
    leaving.abort()
    await left
    const stopped = assert.rejects(fetch(`${replay.url}/p`))
    await replay.timed(2)
    await replay.stop()
    await stopped
    assert.equal(replay.waiting, 0)
    assert.deepEqual(replay.served, [])
  })

  it('have the recorded fields but for those of their framing, coding and old address', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', '{"ä":1}', {
      contentEncoding: 'gzip',
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Encoding', 'gzip'],
        ['Content-Length', '999'],
        ['Transfer-Encoding', 'chunked'],
        ['Connection', 'close'],
        ['X-Name', 'Käse'],
        ['X-Twice', '1'],
        ['X-Twice', '2'],
        ['Location', 'https://api.example.com/next'],
        ['Set-Cookie', 'a=1; Domain=example.com; Secure; Path=/'],
        ['Bad Name', 'x'],
        ['X-Split', 'a\r\nb: c'],
      ],
    })
    const { url } = await start(traffic)
    const answer = await fetch(`${url}/p`)
    assert.deepEqual(await answer.json(), { ä: 1 })
    const { headers } = answer
    assert.equal(headers.get('content-encoding'), null)
    assert.equal(headers.get('content-length'), '8')
    assert.equal(headers.get('x-twice'), '1, 2')
    assert.equal(Buffer.from(headers.get('x-name') ?? '', 'latin1').toString(), 'Käse')
    assert.equal(headers.get('location'), `${url}/next`)
    assert.deepEqual(headers.getSetCookie(), ['a=1; Path=/'])
    assert.equal(headers.get('x-split'), null)
  })

  it('are given to a client that offers another protocol', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', 'one')
    const { port } = await start(traffic)
    const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' }
    const { status, text } = await askAs(port, { Host: `localhost:${port}`, ...headers })
    assert.deepEqual([status, text], [200, 'one'])
  })

  it('are told in words where there are none', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'POST /p', 'x')
    traffic.open(1, 10, '/ws')
    const { url } = await start(traffic)
    const seen: unknown[] = []
    for (const path of ['/p', '/ws', '/other']) {
      const answer = await fetch(url + path)
      seen.push([answer.status, await answer.text()])
    }
    assert.deepEqual(seen, [
      [405, 'Lifeline replays a capture here: of /p it has POST, and no GET.\n'],
      [426, 'Lifeline replays a capture here: of /ws it has WebSocket, and no GET.\n'],
      [404, 'Lifeline replays a capture here: it has nothing of /other.\n'],
    ])
  })

  it('may be read by pages of this machine and by one that is named, and by no others', async () => {
    const traffic = recordTraffic()
    const headers = [
      ['Access-Control-Allow-Origin', '*'],
      ['X-Total', '3'],
      ['Vary', 'Accept'],
    ] as const
    traffic.exchange(0, 'GET /p', 'mine', { headers })
    const { port, served } = await start(traffic, { cors: 'https://app.example.com' })
    const own = `localhost:${port}`
    for (const origin of [
      'http://localhost:5173',
      'http://[::1]:3000',
      'https://app.example.com',
    ]) {
      const { status, headers, text } = await askAs(port, { Host: own, Origin: origin })
      assert.deepEqual(
        [status, headers['access-control-allow-origin'], text],
        [200, origin, 'mine'],
      )
      assert.match(String(headers['access-control-expose-headers']), /X-Total/)
      assert.equal(headers.vary, 'Accept, Origin')
    }
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
      const { status, headers, text } = await askAs(port, { Host: own, Origin: origin })
      assert.equal(status, 403, origin)
      assert.equal(headers['access-control-allow-origin'], undefined)
      assert.ok(!text.includes('mine'))
    }
    assert.match(
      served.at(-1) ?? '',
      /403 a page of http:\/\/localhost\.evil\.example may not read it/,
    )
    const plain = await askAs(port, { Host: own })
    assert.deepEqual([plain.status, plain.headers['access-control-allow-origin']], [200, undefined])
    const rebound = await askAs(port, { Host: 'evil.example' })
    assert.equal(rebound.status, 403)
    const preflight = await askAs(
      port,
      {
        Host: own,
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'x-a',
      },
      'OPTIONS',
    )
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers['access-control-allow-methods'], 'PUT')
    assert.equal(preflight.headers['access-control-allow-headers'], 'x-a')
  })
})
