// Answers that are streams, and their formats.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  isBrowsers,
  isRepeatable,
  streamFormat,
} from '../../../../../src/engine/protocols/stream/streamFormat.ts'
import type { StreamFormat } from '../../../../../src/shared/endpoint/endpoint.ts'

function formatOf(
  wanted: StreamFormat,
  status: number,
  type: string | null,
  asBrowser = true,
): string | null {
  const headers = type === null ? [] : ([['content-TYPE', type]] as const)
  return streamFormat(wanted, { status, statusText: '', headers }, asBrowser)
}

describe('streamFormat', () => {
  const byType: readonly [type: string | null, format: string | null][] = [
    // [spec] HTML 9.2.3: parameters, letter case and white space around the type make no difference.
    ['text/event-stream', 'sse'],
    ['Text/Event-Stream', 'sse'],
    ['text/event-stream; charset=utf-8', 'sse'],
    ['text/event-stream;charset=windows-1251', 'sse'],
    ['text/event-stream ;x=y', 'sse'],
    ['text/event-stream;', 'sse'],
    [' text/event-stream', 'sse'],
    ['text/event-streams', null],
    ['text/event-stream-x', null],
    ['text /event-stream', null],
    ['x-text/event-stream', null],
    ['text/html', null],
    ['text/plain', null],
    ['application/json', null],
    ['', null],
    [null, null],
    ['application/x-ndjson', 'ndjson'],
    ['application/ndjson; charset=utf-8', 'ndjson'],
    ['application/jsonl', 'ndjson'],
    ['application/x-jsonlines', 'ndjson'],
    ['application/stream+json', 'ndjson'],
    ['application/json-seq', 'json-seq'],
    ['Application/Geo+Json-Seq', 'json-seq'],
  ]
  for (const [type, format] of byType) {
    it(`takes ${type === null ? 'no content type' : `“${type}”`} for ${format ?? 'no stream'}`, () => {
      assert.equal(formatOf('auto', 200, type), format)
      assert.equal(formatOf('sse', 200, type), 'sse')
      assert.equal(formatOf('auto', 201, type, false), format)
      assert.equal(formatOf('auto', 201, type), null)
      assert.equal(formatOf('auto', 404, type), null)
    })
  }

  it('takes any successful answer for the format that was asked for', () => {
    for (const format of ['sse', 'ndjson', 'json-seq', 'text'] as const) {
      for (const status of [200, 201, 202])
        assert.equal(formatOf(format, status, 'text/html'), format)
      for (const status of [204, 205, 304, 404, 500])
        assert.equal(formatOf(format, status, null), null)
    }
  })
})

describe('isBrowsers', () => {
  it('is so for a GET without a body alone', () => {
    const get = { method: 'GET', body: null, bodyFile: null }
    assert.equal(isBrowsers(get), true)
    for (const other of [
      { method: 'POST' },
      { body: '' },
      { bodyFile: '/a' },
      { method: 'QUERY' },
    ]) {
      assert.equal(isBrowsers({ ...get, ...other }), false)
    }
  })
})

describe('isRepeatable', () => {
  it('goes by what the standard calls idempotent', () => {
    const methods = ['GET', 'get', 'PUT', 'DELETE', 'QUERY', 'POST', 'PATCH', 'SUBSCRIBE']
    assert.deepEqual(methods.filter(isRepeatable), ['GET', 'get', 'PUT', 'DELETE', 'QUERY'])
  })
})
