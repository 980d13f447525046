// Streams that end with text that is no event and no record: errors in JSON, pages in HTML, nothing at all.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { SseBehaviour } from '../../support/servers/sseServer.ts'
import { useSseServer } from '../../support/servers/useSseServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

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

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  '/at-once': answer(sse, error),
  '/at-once-lf': answer(sse, `${error}\n`),
  '/at-once-blank': answer(sse, `${error}\n\n`),
  '/midway': answer(sse, delta, delta, error),
  '/pretty': answer(sse, delta, `${pretty}\n`),
  '/html': answer(sse, html),
  '/text': answer(sse, 'Internal Server Error'),
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
  const { run, transportFor } = useSseServer(behaviours)

  const json = `JSON that is no event: ${error}`
  const ofRecords = `JSON that is no record: ${pretty.replace(/\s+/g, ' ')}`
  const page = html.trim().replace(/\s+/g, ' ')
  const cases: readonly [title: string, path: string, what: string | null, end: string][] = [
    ['a JSON error', '/at-once', json, 'without an event.'],
    ['a JSON error and a line end', '/at-once-lf', json, 'without an event.'],
    ['a JSON error and a blank line', '/at-once-blank', json, 'without an event.'],
    ['a JSON error behind events', '/midway', json, ''],
    ['JSON over lines', '/pretty', ofRecords.replace('record', 'event'), ''],
    ['a page', '/html', `HTML that is no event: ${page}`, 'without an event.'],
    ['text', '/text', 'text that is no event: Internal Server Error', 'without an event.'],
    ['an event, with fields of its own before each', '/own-fields', null, ''],
    ['comments only', '/comments', null, 'without an event.'],
    ['nothing', '/empty', null, 'without an event.'],
    ['an event', '/whole', null, ''],
    ['records', '/records', null, ''],
    ['one JSON text in place of records', '/records-pretty', ofRecords, ''],
    ['one JSON text behind records', '/records-midway', ofRecords, ''],
    ['a page in place of records', '/records-html', `HTML that is no record: ${page}`, ''],
    ['no record', '/records-empty', null, 'without a record.'],
    ['JSON behind a sequence', '/sequence', `JSON that is no record: ${error}`, ''],
  ]
  for (const [title, path, what, end] of cases) {
    it(`${title} says so without the wire layer: ${path}`, async () => {
      const { io, outcome } = await run(path)
      const notices = io.all('notice').map(({ code, detail }) => [code, detail.message])
      const expected = what === null ? [] : [['stream-stray-text', `The stream ended with ${what}`]]
      assert.deepEqual(notices, expected)
      assert.equal(
        'message' in outcome && outcome.message,
        `The stream ended${end ? ` ${end}` : '.'}`,
      )
      assert.deepEqual(io.all('error'), [])
    })
  }

  it('an error is told of while the server holds it open, and once', async () => {
    const io = createRecordingIo()
    const ended = transportFor('/held').connect(io)
    const notice = await io.first('notice')
    assert.equal(notice.code, 'stream-stray-text')
    assert.equal(notice.detail.message, `The stream’s last bytes are ${json}`)
    io.abort()
    await ended
    assert.equal(io.all('notice').length, 1)
  })
})
