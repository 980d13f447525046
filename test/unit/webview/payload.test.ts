// Payloads by pieces: text across cuts, binary told from text.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createPayloadReader } from '../../../src/webview/payloadReader.ts'

/** Answers pieces of at most `step` bytes, as a capture with small pieces would. */
function readerOf(bytes: Uint8Array, step: number) {
  return createPayloadReader(async (offset, length) => ({
    offset,
    sizeBytes: bytes.length,
    bytes: bytes.slice(offset, offset + Math.min(step, length)),
  }))
}

async function readAll(bytes: Uint8Array, step: number) {
  const reader = readerOf(bytes, step)
  do await reader.more()
  while (!reader.complete)
  return reader
}

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the payload reader', () => {
  it('puts text together, cut at every byte', async () => {
    const text = '{"a":"é早👋🏽"}\r\n\t.'
    const bytes = utf8(text)
    for (let step = 1; step <= bytes.length; step++) {
      const reader = await readAll(bytes, step)
      assert.equal(reader.isText, true)
      assert.equal(reader.text(), text)
      assert.equal(reader.readBytes, bytes.length)
    }
  })

  const binaries: readonly (readonly [string, readonly number[]])[] = [
    ['a byte that UTF-8 does not know', [0x61, 0xff, 0x62]],
    ['a character that ends too early', [0x61, 0xc3]],
    ['a NUL', [0x61, 0x00]],
  ]
  for (const [what, bytes] of binaries) {
    it(`takes ${what} for binary`, async () => {
      const reader = await readAll(Uint8Array.from(bytes), 1)
      assert.equal(reader.isText, false)
    })
  }

  it('keeps a byte order mark in sight', async () => {
    const reader = await readAll(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]), 4)
    assert.equal(reader.text(), '\ufeffa')
  })

  it('reads no further than the end', async () => {
    const reader = await readAll(utf8('abc'), 2)
    await reader.more()
    assert.equal(reader.pieces().length, 2)
  })
})
