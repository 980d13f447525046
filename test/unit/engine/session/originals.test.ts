// Original frames behind those with references: remembered up to a limit, however much of them peers decide.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createOriginals } from '../../../../src/engine/session/originals.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'

function message(payload: Uint8Array): NewFrame {
  return { kind: 'message', detail: { type: 'text' }, payload } as unknown as NewFrame
}

function request(url: string): NewFrame {
  const detail = { url, headers: [['Accept', '*/*']] }
  return { kind: 'request', detail, payload: null } as unknown as NewFrame
}

const frame = (payload: string) => message(Buffer.from(payload))

describe('what crossed the wire', () => {
  it('is remembered up to a limit, beyond which it is told as lost', () => {
    const originals = createOriginals(2600)
    for (const seq of [3, 5, 6]) originals.keep(seq, frame(`m${seq}`), frame('recorded'))
    assert.equal(originals.of(3), 'lost')
    assert.equal(originals.of(2), 'lost')
    assert.equal(originals.of(4), 'same')
    const kept = originals.of(5)
    assert.ok(typeof kept === 'object')
    assert.equal(Buffer.from(kept.payload ?? []).toString(), 'm5')
  })

  it('counts its texts, too: a server says how long the cursor in a URL is', () => {
    const originals = createOriginals(64 * 1024)
    for (let seq = 1; seq <= 10; seq++) {
      const url = `http://a/?cursor=${'c'.repeat(10_000)}`
      originals.keep(seq, request(url), request('http://a/'))
    }
    assert.ok(originals.of(7) === 'lost', 'the seventh is remembered')
    assert.equal(typeof originals.of(10), 'object')
  })

  it('is copied where the capture keeps the same bytes', () => {
    const originals = createOriginals()
    const one = frame('same')
    originals.keep(1, one, { ...one })
    one.payload?.fill(0)
    const kept = originals.of(1)
    assert.ok(typeof kept === 'object')
    assert.equal(Buffer.from(kept.payload ?? []).toString(), 'same')
  })

  it('is copied out of larger memory, which would be kept with it', () => {
    const originals = createOriginals()
    originals.keep(1, message(new Uint8Array(65_536).subarray(10, 20)), frame('recorded'))
    const kept = originals.of(1)
    assert.ok(typeof kept === 'object')
    assert.equal(kept.payload?.buffer.byteLength, 10)
  })
})
