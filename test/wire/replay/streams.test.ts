// Streams of a capture by a real server, read by the clients that programs use.

import assert from 'node:assert/strict'
import { get } from 'node:http'
import { EventSource } from 'eventsource'
import { describe, it } from 'mocha'
import { comesTo, eventually } from '../../support/eventually.ts'
import { type RecordedTraffic, recordTraffic } from '../../support/replay/recordedTraffic.ts'
import { useReplay } from '../../support/replay/useReplay.ts'

const wait = { reason: 'retry', delayMs: 1 } as const

function recordEvents(): RecordedTraffic {
  const traffic = recordTraffic()
  traffic.stream(1, 0, 'GET /s')
  traffic.add('retry', 1, 1, { delayMs: 20 })
  traffic.add('comment', 1, 2, {}, 'hello')
  traffic.event(1, 100, 'one\n two', '1', 'trade')
  traffic.event(1, 200, '', '2')
  traffic.add('wait', 1, 300, wait, null, { direction: 'local' })
  traffic.stream(2, 1000, 'GET /s')
  traffic.event(2, 1100, 'three', '3')
  return traffic
}

describe('recorded streams that are served', () => {
  const start = useReplay()

  it('have their events as they stood on the wire', async () => {
    const { url } = await start(recordEvents(), { speed: 0 })
    const answer = await fetch(`${url}/s`)
    assert.equal(answer.headers.get('content-type'), 'text/event-stream')
    assert.equal(
      await answer.text(),
      'retry: 20\n: hello\nevent: trade\nid: 1\ndata: one\ndata:  two\n\nid: 2\ndata: \n\n',
    )
  })

  it('are gone on with behind the last event by an EventSource that comes back', async () => {
    const replay = await start(recordEvents(), { speed: 0 })
    const source = new EventSource(`${replay.url}/s`)
    const seen: string[] = []
    const hear = ({ type, lastEventId, data }: MessageEvent) =>
      seen.push(`${type} ${lastEventId} ${data}`)
    source.addEventListener('trade', hear)
    source.addEventListener('message', hear)
    try {
      await comesTo(() => seen, ['trade 1 one\n two', 'message 2 ', 'message 3 three'])
      assert.deepEqual(replay.served, [
        'GET /s 200 stream 1 of 2',
        'GET /s 200 stream 2 of 2, behind event 2',
      ])
    } finally {
      source.close()
    }
  })

  it('play at their times, from where a client has come', async () => {
    const traffic = recordTraffic()
    traffic.stream(1, 0, 'GET /s')
    for (const n of [1, 2, 3]) traffic.event(1, n * 1000, `${n}`, `${n}`)
    const replay = await start(traffic)
    const answer = await fetch(`${replay.url}/s`, { headers: { 'Last-Event-ID': '1' } })
    let text = ''
    const reading = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    void reading?.read().then(function more({ done, value = '' }): unknown {
      text += value
      return done ? null : reading.read().then(more, () => null)
    })
    await replay.timed(1)
    await replay.timers.advance(999)
    assert.equal(text, '')
    await replay.timers.advance(1)
    await comesTo(() => text, 'id: 2\ndata: 2\n\n')
    await replay.timers.advance(1000)
    await comesTo(() => text, 'id: 2\ndata: 2\n\nid: 3\ndata: 3\n\n')
    await reading?.cancel()
    await replay.stop()
    assert.equal(replay.waiting, 0)
  })

  it('break off where they did', async () => {
    const traffic = recordTraffic()
    traffic.stream(1, 0, 'GET /s')
    traffic.event(1, 10, 'one')
    const error = { direction: 'local', code: 'connection-reset' } as const
    traffic.add('error', 1, 20, { message: 'gone' }, null, error)
    const { url } = await start(traffic, { speed: 0 })
    const answer = await fetch(`${url}/s`)
    await assert.rejects(answer.text())
  })

  for (const [format, type, expected] of [
    ['ndjson', 'application/x-ndjson', '{"n":1}\n{"n":2}\n'],
    ['json-seq', 'application/json-seq', '\x1e{"n":1}\n\x1e{"n":2}\n'],
    ['json-array', 'application/json', '[{"n":1},\n{"n":2}]'],
    ['text', 'text/plain', '{"n":1}{"n":2}'],
    [
      'multipart',
      'multipart/mixed; boundary=x',
      '--x\r\nA: b\r\n\r\n{"n":1}\r\n--x\r\nA: b\r\n\r\n{"n":2}\r\n--x--\r\n',
    ],
  ] as const) {
    it(`have the records of ${format}`, async () => {
      const traffic = recordTraffic()
      traffic.stream(1, 0, 'GET /s', { stream: format, headers: [['Content-Type', type]] })
      const headers = format === 'multipart' ? { headers: [['A', 'b']] as const } : {}
      for (const n of [1, 2]) traffic.add('record', 1, n, { format, ...headers }, `{"n":${n}}`)
      traffic.add('wait', 1, 9, wait, null, { direction: 'local' })
      const { url } = await start(traffic, { speed: 0 })
      const answer = await fetch(`${url}/s`)
      assert.equal(await answer.text(), expected)
    })
  }

  it('wait for a client that does not read, and keep little for it', async () => {
    const traffic = recordTraffic()
    traffic.stream(1, 0, 'GET /s')
    const data = 'x'.repeat(1024 * 1024)
    for (let n = 0; n < 24; n++) traffic.event(1, n, data)
    traffic.add('wait', 1, 99, wait, null, { direction: 'local' })
    let read = 0
    const payload = traffic.capture.payload
    const counted = Object.assign(traffic, {
      capture: {
        ...traffic.capture,
        payload(...args: Parameters<typeof payload>) {
          read++
          return payload(...args)
        },
      },
    })
    const { port } = await start(counted, { speed: 0 })
    const got = Promise.withResolvers<number>()
    get({ port, host: '127.0.0.1', path: '/s' }, (response) => {
      response.pause()
      let bytes = 0
      void eventually('the first event', () => read > 0).then(() => {
        assert.ok(read < 24, `${read} payloads were read ahead`)
        response.on('data', (part: Buffer) => {
          bytes += part.length
        })
        response.on('end', () => got.resolve(bytes))
        response.resume()
      })
    })
    assert.equal(await got.promise, 24 * (data.length + 'data: \n\n'.length))
    assert.equal(read, 24)
  })
})
