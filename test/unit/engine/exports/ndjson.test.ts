// Checks the fields of a line, their order, and that payloads survive whatever their bytes are.

import assert from 'node:assert/strict'
import { constants } from 'node:buffer'
import { describe, it } from 'mocha'
import type { ExportRow } from '../../../../src/engine/exports/exporter.ts'
import { ndjson } from '../../../../src/engine/exports/ndjson.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const

function write(row: ExportRow): string {
  return [...ndjson().frame(row)].join('')
}

function lineOf(bytes: string | Uint8Array | undefined): Record<string, unknown> {
  const [row] = sampleRows([
    { kind: 'message', detail: text, ...(bytes !== undefined && { bytes }) },
  ])
  assert.ok(row)
  const line = write(row)
  assert.ok(line.endsWith('\n'))
  assert.equal(line.indexOf('\n'), line.length - 1)
  return JSON.parse(line) as Record<string, unknown>
}

describe('NDJSON', () => {
  it('has the documented fields in the documented order', () => {
    const fields =
      'seq at elapsedMs connection direction kind summary sizeBytes wireBytes replyTo code detail payload'
    assert.deepEqual(Object.keys(lineOf('hello')), fields.split(' '))
  })

  it('gives the time with microseconds and no more', () => {
    for (const { frame } of sampleFrames.websocket) {
      const odd = { ...frame, at: 1_795_184_525_000.4214, elapsedMs: 0.1 + 0.2 }
      const line = write({ frame: odd, preview: null, payload: () => null })
      const { at, elapsedMs } = JSON.parse(line) as { at: number; elapsedMs: number }
      assert.deepEqual([at, elapsedMs], [1_795_184_525_000.421, 0.3])
    }
  })

  it('carries text as text, an empty payload too', () => {
    for (const payload of ['hello', '', '\ufeffBOM', 'a\u0000\u001b\u009b\u2028\u202e😀\n']) {
      const line = lineOf(payload)
      assert.equal(line.payload, payload)
      assert.equal('payloadBase64' in line, false)
    }
  })

  it('carries what is not UTF-8 in base64', () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => (index * 7 + 0x80) % 256)
    for (const payload of [Uint8Array.of(0xff), Uint8Array.of(0x61, 0xc3), bytes]) {
      const line = lineOf(payload)
      assert.equal(line.payloadBase64, Buffer.from(payload).toString('base64'))
      assert.equal('payload' in line, false)
    }
  })

  it('has neither field when there is no payload', () => {
    const line = lineOf(undefined)
    assert.equal('payload' in line || 'payloadBase64' in line, false)
  })

  it('writes nothing raw that a terminal would obey', () => {
    const [row] = sampleRows([{ kind: 'message', detail: text, bytes: '\u009b31m\u202e\u2028' }])
    assert.ok(row)
    assert.match(write(row), /\\u009b31m\\u202e\\u2028/)
  })

  it('makes the line of a long payload in pieces, the same as in one', () => {
    const characters = 'x"\\\n\u0001\u009b\u2028é€😀'
    const bytes = Buffer.from(characters.repeat(100_000)).subarray(0, -1)
    // At each offset another character lies across the end of a piece.
    for (let skip = 0; skip < 8; skip++) {
      for (const payload of [bytes.subarray(skip, -3), bytes.subarray(skip)]) {
        const [row] = sampleRows([{ kind: 'message', detail: text, bytes: payload }])
        assert.ok(row)
        const pieces = [...ndjson().frame(row)]
        assert.ok(pieces.length > 2 && pieces.every((piece) => piece.length < 6 * 2 ** 20))
        const line = JSON.parse(pieces.join('')) as Record<string, unknown>
        const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload)
        if (Buffer.from(whole).equals(payload)) assert.ok(line.payload === whole)
        else assert.ok(line.payloadBase64 === payload.toString('base64'))
        assert.doesNotMatch(pieces.join(''), /[\u009b\u2028]/)
      }
    }
  })

  it('makes a line that is longer than a string can be', () => {
    const payload = new Uint8Array(96 * 2 ** 20).fill(1)
    const [row] = sampleRows([{ kind: 'message', detail: text, bytes: payload }])
    assert.ok(row)
    let chars = 0
    for (const piece of ndjson().frame(row)) chars += piece.length
    assert.ok(chars > 6 * payload.length && chars > constants.MAX_STRING_LENGTH, `${chars}`)
  })
})
