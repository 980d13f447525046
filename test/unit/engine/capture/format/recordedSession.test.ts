// The endpoint that a capture says was watched, which anybody may have written.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { readRecordedEndpoint } from '../../../../../src/engine/capture/format/recordedSession.ts'
import { accept } from '../../../../support/samples/resolveEndpoint.ts'

const tap = accept({ url: 'https://api.example.com', tap: { port: 53_124 } })
const sse = accept({ url: 'https://api.example.com', method: 'sse' })
const read = (endpoint: unknown) => readRecordedEndpoint(JSON.stringify(endpoint))

describe('the endpoint of a capture', () => {
  it('is read as it was recorded, a tap with its settings', () => {
    assert.deepEqual(read(tap), tap)
    assert.deepEqual(read(sse), sse)
  })

  it('is none of a tap where an older version recorded it', () => {
    const { tap: _, ...older } = sse
    assert.deepEqual(read(older), sse)
  })

  for (const settings of [
    null,
    {},
    'on',
    { ...tap.tap, port: 0 },
    { ...tap.tap, port: '53124' },
    { ...tap.tap, port: 1.5 },
    { ...tap.tap, keepCredentials: 1 },
    { ...tap.tap, change: null },
    { ...tap.tap, change: { host: true } },
  ]) {
    it(`is refused with these settings of a tap: ${JSON.stringify(settings)}`, () => {
      assert.equal(read({ ...tap, tap: settings }), null)
    })
  }

  it('is refused where something else has a tap’s settings', () => {
    assert.equal(read({ ...sse, tap: tap.tap }), null)
  })
})
