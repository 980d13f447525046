// Payloads by pieces: text across cuts, binary told from text.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Previewed } from '../../../../src/shared/frame/preview.ts'
import { createPayloadReader } from '../../../../src/webview/model/payloadReader.ts'
import { binaryMessage, response, textMessage } from '../../../support/captures/captureFrames.ts'

/** Answers pieces of at most `step` bytes, as a capture with small pieces would. */
function readerOf(bytes: Uint8Array, step: number, frame: Previewed = binaryMessage(bytes)) {
  return createPayloadReader(frame, async (offset, length) => ({
    offset,
    sizeBytes: bytes.length,
    bytes: bytes.slice(offset, offset + Math.min(step, length)),
  }))
}

async function readAll(bytes: Uint8Array, step: number, frame?: Previewed) {
  const reader = readerOf(bytes, step, frame)
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

  it('reads an answer in the charset that it names, cut at every byte of it', async () => {
    const bytes = Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3, 0x21)
    const frame = response([['Content-Type', 'text/plain; charset=GBK']], bytes)
    for (let step = 1; step <= bytes.length; step++) {
      const reader = await readAll(bytes, step, frame)
      assert.equal(reader.text(), '你好!')
      assert.equal(reader.isText, true)
    }
  })

  it('reads a piece once, however often it is asked for meanwhile', async () => {
    const reader = readerOf(utf8('abc'), 2)
    await Promise.all([reader.more(), reader.more()])
    assert.equal(reader.text(), 'ab')
    await reader.more()
    assert.equal(reader.text(), 'abc')
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

  it('takes a message that is sent as text for text, whatever controls it holds', async () => {
    const text = 'a\u0000\u0007'
    const reader = await readAll(utf8(text), 1, textMessage(text))
    assert.deepEqual([reader.isText, reader.text()], [true, text])
  })

  it('takes text that is kept in part for text, cut within a character', async () => {
    const bytes = utf8('aé')
    const whole = textMessage('aé')
    const cut = { ...whole, detail: { ...whole.detail, truncatedAt: 2 } as never }
    const reader = await readAll(bytes.subarray(0, 2), 1, cut)
    assert.deepEqual([reader.isText, reader.text()], [true, 'a'])
  })

  it('takes text that references have made longer for text', async () => {
    const text = `\${secret:auth-token}é`
    const reader = await readAll(utf8(text), 1, { ...textMessage(text), sizeBytes: 3 })
    assert.deepEqual([reader.isText, reader.text()], [true, text])
  })

  it('keeps a byte order mark in sight', async () => {
    const reader = await readAll(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]), 4)
    assert.equal(reader.text(), '\ufeffa')
  })

  it('copies all of it, as text or as hex', async () => {
    assert.equal(await readerOf(utf8('abcdé'), 2, textMessage('')).whole(), 'abcdé')
    assert.equal(await readerOf(Uint8Array.of(1, 2, 255), 2).whole(), '01 02 ff')
  })

  it('reads no further than the end', async () => {
    const reader = await readAll(utf8('abc'), 2)
    await reader.more()
    assert.equal(reader.pieces().length, 2)
  })
})
