// The ends of Zstandard's frames, in data that comes in any pieces.

import assert from 'node:assert/strict'
import { constants, zstdCompressSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { createZstdCutter } from '../../../../../src/engine/protocols/bytes/zstdFrames.ts'

const text = Buffer.from(Array.from({ length: 40_000 }, (_, i) => `${i * i}`).join(' '))
const checked = { params: { [constants.ZSTD_c_checksumFlag]: 1 } }
const frames: readonly Buffer[] = [
  zstdCompressSync(Buffer.from('small')),
  zstdCompressSync(Buffer.alloc(0)),
  zstdCompressSync(text),
  zstdCompressSync(Buffer.alloc(300_000, 'x'), checked),
  zstdCompressSync(text.subarray(0, 300), checked),
  // Skippable.
  Buffer.from('572a4d1803000000616263', 'hex'),
]

describe('Zstandard data', () => {
  it('is cut behind each frame', () => {
    const cut = createZstdCutter()
    assert.deepEqual(cut(Buffer.concat(frames)).map(Buffer.from), frames)
  })

  for (const size of [1, 2, 3, 7, 1000]) {
    it(`is cut there when it comes in pieces of ${size}`, () => {
      const cut = createZstdCutter()
      const whole = Buffer.concat(frames)
      const ends = new Set<number>()
      let at = 0
      for (let from = 0; from < whole.length; from += size) {
        for (const piece of cut(whole.subarray(from, from + size))) {
          at += piece.length
          ends.add(at)
        }
      }
      assert.equal(at, whole.length)
      let end = 0
      for (const frame of frames) {
        end += frame.length
        assert.ok(ends.has(end), `no end at ${end}`)
      }
      const own = [...ends].filter((one) => one % size !== 0 && one !== whole.length)
      assert.ok(own.length <= frames.length)
    })
  }

  it('that is none is left whole, however long', () => {
    const cut = createZstdCutter()
    const bytes = Buffer.alloc(1000, 'no')
    for (let i = 0; i < 3; i++) assert.deepEqual(cut(bytes), [bytes])
  })
})
