import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { statusHint } from '../../../../../src/engine/protocols/http/statusFault.ts'
import { fittingMethod } from '../../../../../src/engine/protocols/stream/fittingMethod.ts'
import type { Method } from '../../../../../src/shared/endpoint/endpoint.ts'
import type { Purpose } from '../../../../../src/shared/frame/httpDetail.ts'

describe('The method that an answer shows to fit', () => {
  const cases: readonly (readonly [Purpose, number, Record<string, string>, Method | undefined])[] =
    [
      ['stream', 200, { 'Content-Type': 'application/json' }, 'polling'],
      ['stream', 200, {}, 'polling'],
      ['stream', 200, { 'content-type': 'text/event-stream' }, undefined],
      ['stream', 404, { 'content-type': 'application/json' }, undefined],
      ['stream', 426, {}, 'websocket'],
      ['poll', 426, { Upgrade: 'websocket' }, 'websocket'],
      ['long-poll', 426, { Upgrade: 'foo, WebSocket' }, 'websocket'],
      ['poll', 426, { Upgrade: 'h2c' }, undefined],
      ['poll', 200, { 'content-type': 'text/event-stream;charset=utf-8' }, 'sse'],
      ['poll', 200, { 'content-type': 'application/x-ndjson' }, 'sse'],
      ['poll', 200, { 'content-type': 'multipart/x-mixed-replace; boundary=x' }, 'sse'],
      ['long-poll', 200, { 'content-type': 'application/geo+json-seq' }, 'sse'],
      ['handshake', 200, { 'content-type': 'application/stream+json' }, 'sse'],
      ['poll', 200, { 'content-type': 'application/json' }, undefined],
      ['handshake', 200, { 'content-type': 'text/event-stream' }, 'sse'],
      ['handshake', 200, { 'content-type': 'text/html' }, 'polling'],
      ['handshake', 426, {}, undefined],
      ['companion', 426, {}, undefined],
    ]
  for (const [purpose, status, headers, fits] of cases) {
    it(`${purpose}, ${status} ${JSON.stringify(headers)}: ${fits}`, () => {
      const found = fittingMethod(purpose, { status, headers: Object.entries(headers) })
      assert.deepEqual(found, fits === undefined ? {} : { fits })
    })
  }
})

describe('A 401', () => {
  const asked = (challenge: string, credentials: boolean) => ({
    headers: [['WWW-Authenticate', challenge] as const],
    credentials,
  })

  it('says by which scheme credentials are wanted', () => {
    const { advice } = statusHint(401, asked('Bearer realm="a, Basic b"', false))
    assert.match(advice ?? '', /^The server wants credentials \(Bearer\): "auth"/)
  })

  it('says that credentials which were sent are refused', () => {
    const { advice, fields } = statusHint(401, asked('Digest realm="x", Basic realm="y"', true))
    assert.match(
      advice ?? '',
      /^The credentials that were sent are refused; the server wants some \(Digest or Basic\)\.$/,
    )
    assert.deepEqual(fields, ['auth'])
  })
})
