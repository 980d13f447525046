// The bytes that go into a decompressor and give nothing: counted exactly, and shown from little memory.

import assert from 'node:assert/strict'
import { createGunzip, gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { watchUndecoded } from '../../../../../src/engine/transports/http/undecodedBytes.ts'

/** A gzip head whose name does not end. [rfc1952] 2.3.1 */
const endlessName = Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3)

function watched() {
  const decoder = createGunzip()
  decoder.on('data', () => null)
  const watch = watchUndecoded(decoder)
  return {
    watch,
    /** Resolves when the decompressor has read it. */
    async give(bytes: Uint8Array) {
      watch.wrote(bytes)
      await new Promise((done) => decoder.write(bytes, done))
    },
    /** It has not been read yet. */
    offer: (bytes: Uint8Array) => watch.wrote(bytes),
  }
}

describe('The bytes that a decompressor gives nothing for', () => {
  it('are all counted, and the first of them shown, however small their pieces are', async () => {
    const { watch, give, offer } = watched()
    await give(endlessName)
    const before = process.memoryUsage().heapUsed
    const piece = Uint8Array.of(0x61)
    for (let i = 0; i < 1_000_000; i++) offer(piece)
    const grown = process.memoryUsage().heapUsed - before
    assert.ok(grown < 16 * 1024 * 1024, `${grown} bytes of memory`)
    const { bytes, sizeBytes } = watch.read(false)
    assert.equal(sizeBytes, 1_000_010)
    assert.equal(bytes.length, 256 * 1024)
    assert.deepEqual(Buffer.from(bytes.subarray(0, 12)), Buffer.from([...endlessName, 0x61, 0x61]))
    assert.partialDeepStrictEqual(watch.soFar(), { bytes: 1_000_010, awaits: 'decoding' })
  })

  it('are those since it gave something last, and what stands behind its data', async () => {
    const { watch, give } = watched()
    const data = gzipSync('hello')
    const padding = Buffer.alloc(6)
    await give(data.subarray(0, 4))
    assert.deepEqual(Buffer.from(watch.read(false).bytes), data.subarray(0, 4))
    for (const byte of data.subarray(4, -8)) await give(Uint8Array.of(byte))
    assert.equal(watch.read(true).sizeBytes, 0)
    await give(Buffer.concat([data.subarray(-8), padding]))
    assert.deepEqual(Buffer.from(watch.read(true).bytes), padding)
    assert.equal(watch.read(true).sizeBytes, 6)
  })

  it('are shown of pieces that came before and behind a give', async () => {
    const { watch, give, offer } = watched()
    const data = gzipSync('x'.repeat(100_000), { level: 0 })
    await give(data.subarray(0, 50_000))
    await give(data.subarray(50_000, 99_000))
    offer(data.subarray(99_000))
    assert.equal(watch.read(false).sizeBytes >= data.length - 99_000, true)
    const { bytes, sizeBytes } = watch.read(false)
    assert.deepEqual(Buffer.from(bytes), data.subarray(data.length - sizeBytes))
  })
})
