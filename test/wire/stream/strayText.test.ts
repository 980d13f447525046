// Streams that end with text that is no event and no record: errors in JSON, pages in HTML, nothing at all.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import type { SseBehaviour } from '../../support/servers/sseServer.ts'
import { useSseServer } from '../../support/servers/useSseServer.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'
import { runSession } from '../../support/sessions/runSession.ts'

const error = '{"error":{"message":"the model is overloaded","code":529}}'
const pretty = JSON.stringify(JSON.parse(error), null, 2)
const html = '<!DOCTYPE html>\n<html><body>Bad gateway</body></html>\n'

function answer(type: string, ...pieces: readonly string[]): SseBehaviour {
  return (response) => {
    response.writeHead(200, { 'Content-Type': type })
    for (const piece of pieces) response.write(piece)
    response.end()
  }
}

const sse = 'text/event-stream'
const ndjson = 'application/x-ndjson'
const delta = 'data: {"delta":"Hel"}\n\n'

let asked = 0

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  '/at-once': answer(sse, error),
  '/at-once-lf': answer(sse, `${error}\n`),
  '/at-once-blank': answer(sse, `${error}\n\n`),
  '/midway': answer(sse, delta, delta, error),
  '/pretty': answer(sse, delta, `${pretty}\n`),
  '/html': answer(sse, html),
  '/text': answer(sse, 'Internal Server Error'),
  '/text-behind': answer(sse, delta, 'bye then\n'),
  '/data': answer(sse, '{"items":[1]}'),
  '/greeting': answer(sse, '{"message":"hello"}'),
  '/refused-key': answer(sse, '{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}'),
  '/at-second': (...given) => {
    answer(sse, asked++ === 0 ? delta : error)(...given)
  },
  '/own-fields': answer(sse, `trace: 1\n${delta}trace: 2\n${delta}`),
  '/comments': answer(sse, ': hello\n\n', ': bye\n\n'),
  '/empty': answer(sse),
  '/whole': answer(sse, delta),
  '/held': (response) => {
    response.writeHead(200, { 'Content-Type': sse })
    response.write(`${delta}${error}\n`)
  },
  '/records': answer(ndjson, '{"a":1}\n', '{"a":2}\n'),
  '/records-pretty': answer(ndjson, `${pretty}\n`),
  '/records-midway': answer(ndjson, '{"a":1}\n', `${pretty}\n`),
  '/records-html': answer(ndjson, html),
  '/records-empty': answer(ndjson),
  '/sequence': answer('application/json-seq', '\x1e{"a":1}\n', `${error}\n`),
}

describe('A stream that ends with', () => {
  const { run, transportFor, server } = useSseServer(behaviours)

  const told = '“the model is overloaded” (529).'
  const json = `JSON that is no event: ${told}`
  const ofRecords = `JSON that is no record: ${told}`
  const page = html.trim().replace(/\s+/g, ' ')
  const text = 'text that is no event: Internal Server Error'
  const cases: readonly [title: string, path: string, what: string][] = [
    ['a JSON error', '/at-once', json],
    ['a JSON error and a line end', '/at-once-lf', json],
    ['a JSON error and a blank line', '/at-once-blank', json],
    ['a JSON error behind events', '/midway', json],
    ['JSON over lines', '/pretty', json],
    ['JSON that tells no error', '/data', 'JSON that is no event: {"items":[1]}'],
    [
      'JSON that greets, which is no error of its own',
      '/greeting',
      'JSON that is no event: “hello”.',
    ],
    ['a page', '/html', `HTML that is no event: ${page}`],
    ['text in place of events', '/text', text],
    ['one JSON text in place of records', '/records-pretty', ofRecords],
    ['one JSON text behind records', '/records-midway', ofRecords],
    ['a page in place of records', '/records-html', `HTML that is no record: ${page}`],
    ['JSON behind a sequence', '/sequence', ofRecords],
  ]
  for (const [title, path, what] of cases) {
    it(`${title} tells it as an error, with what came: ${path}`, async () => {
      const { io, outcome } = await run(path)
      const [error, ...more] = io.all('error')
      assert.deepEqual([more, io.all('notice')], [[], []])
      assert.ok(error)
      assert.equal(error.code, 'stream-error-text')
      assert.equal(error.detail.message, `The stream ended with ${what}`)
      assert.ok(error.payload && error.sizeBytes === error.payload.length)
      assert.match(Buffer.from(error.payload).toString(), /^[{<I]/)
      assert.equal('message' in outcome && outcome.message, error.detail.message)
    })
  }

  const sound: readonly [title: string, path: string, end: string][] = [
    ['an event, with fields of its own before each', '/own-fields', ''],
    ['comments only', '/comments', 'without an event.'],
    ['nothing', '/empty', 'without an event.'],
    ['an event', '/whole', ''],
    ['records', '/records', ''],
    ['no record', '/records-empty', 'without a record.'],
  ]
  for (const [title, path, end] of sound) {
    it(`${title} has no error: ${path}`, async () => {
      const { io, outcome } = await run(path)
      assert.deepEqual([io.all('error'), io.all('notice')], [[], []])
      const words = `The stream ended${end ? ` ${end}` : '.'}`
      assert.equal('message' in outcome && outcome.message, words)
    })
  }

  it('text behind events says so in a notice, with the text', async () => {
    const { io } = await run('/text-behind')
    const [notice] = io.all('notice')
    assert.equal(notice?.code, 'stream-stray-text')
    assert.equal(notice.detail.message, 'The stream ended with text that is no event: bye then')
    assert.equal(Buffer.from(notice.payload ?? []).toString(), 'bye then')
    assert.deepEqual(io.all('error'), [])
  })

  it('an error in place of events is not asked for again, but a stream that has had some is', async () => {
    assert.equal((await run('/at-once')).outcome.kind, 'refused')
    assert.equal((await run('/midway')).outcome.kind, 'lost')
    assert.equal((await run('/data', { reconnectAs: 'browser' })).outcome.kind, 'lost')
    const transport = transportFor('/at-second')
    const kinds: string[] = []
    for (let nth = 0; nth < 2; nth++) {
      kinds.push((await transport.connect(createRecordingIo())).kind)
    }
    assert.deepEqual(kinds, ['lost', 'lost'])
  })

  it('an error in answer to a request that is not repeated ends in failure', async () => {
    const { outcome } = await run('/midway', { request: 'POST' })
    assert.equal(outcome.kind, 'refused')
    assert.match('message' in outcome ? (outcome.message ?? '') : '', /POST is not repeated/)
  })

  it('an error in place of events is told on the command line, whose status says so', async () => {
    const watch = ['watch', server().url('/at-once'), '--method', 'sse']
    for (const more of [[], ['--request', 'POST', '--body', '{"stream":true}']]) {
      const { status, stdout, stderr } = await runCommand(...watch, ...more)
      assert.equal(status, 1)
      assert.match(stdout, /the model is overloaded/)
      assert.match(stderr, /the model is overloaded/)
    }
  }).timeout(20_000)

  for (const path of ['/at-once', '/midway', '/records-html']) {
    it(`an error is what keeps the session from going on: ${path}`, async () => {
      const endpoint = testEndpoint({ url: server().url(path), method: 'sse' })
      const session = await runSession(endpoint)
      assert.equal(session.status.failure, session.only('error').seq)
      assert.equal(session.end.by, 'error')
    })
  }

  it('an error about credentials says so', async () => {
    const { io } = await run('/refused-key')
    assert.deepEqual(io.all('error')[0]?.detail.fields, ['auth'])
  })

  it('an error is told of while the server holds it open, and once', async () => {
    const io = createRecordingIo()
    const ended = transportFor('/held').connect(io)
    const error = await io.first('error')
    assert.equal(error.code, 'stream-error-text')
    assert.equal(error.detail.message, `The stream’s last bytes are ${json}`)
    io.abort()
    await ended
    assert.equal(io.all('error').length, 1)
  })
})
