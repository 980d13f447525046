// Finding in a payload: as text, as bytes, and from one match to the next.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  findBytes,
  findText,
  placeFrom,
  soughtBytes,
} from '../../../../src/webview/detail/payload/findMatches.ts'

describe('finding in a payload', () => {
  for (const [text, sought, places] of [
    ['aXbxc', 'x', [1, 3]],
    ['a.b.c', '.b.', [1]],
    ['aaaa', 'aa', [0, 2]],
    ['Grüße', 'GRÜSSE', []],
    ['\\d(', '\\d(', [0]],
    ['abc', '', []],
  ] as const) {
    it(`finds ${JSON.stringify(sought)} in ${JSON.stringify(text)} ${places.length} times`, () => {
      assert.deepEqual(findText(text, sought), { places, length: sought.length || 0, more: false })
    })
  }

  it('says where there are more than are listed', () => {
    const { places, more } = findText('a'.repeat(100_001), 'a')
    assert.deepEqual([places.length, more], [100_000, true])
  })

  it('takes pairs of digits for bytes, and all else for text', () => {
    const hex = (sought: string) => Buffer.from(soughtBytes(sought)).toString('hex')
    assert.deepEqual(['ca fe', '0xCAFE', ' 0a 0B '].map(hex), ['cafe', 'cafe', '0a0b'])
    assert.deepEqual(['cafe', 'c a', 'é'].map(hex), ['63616665', '632061', 'c3a9'])
  })

  it('finds bytes at every place, over one another, too', () => {
    const bytes = Uint8Array.of(0, 1, 0, 1, 0, 1, 255)
    assert.deepEqual(findBytes(bytes, Uint8Array.of(0, 1, 0)).places, [0, 2])
    assert.deepEqual(findBytes(bytes, Uint8Array.of(255)).places, [6])
    assert.deepEqual(findBytes(bytes, Uint8Array.of(1, 255, 0)).places, [])
    assert.deepEqual(findBytes(bytes, new Uint8Array()).places, [])
  })

  it('knows the first match from a place on', () => {
    const matches = findText('a-a-a', 'a')
    assert.deepEqual(
      [0, 1, 4, 5].map((at) => placeFrom(matches, at)),
      [0, 1, 2, 3],
    )
  })

  it('takes 100 MB in less than a second', () => {
    const text = 'x'.repeat(100_000_000)
    const start = performance.now()
    assert.equal(findText(`${text}needle`, 'Needle').places[0], 100_000_000)
    assert.ok(performance.now() - start < 3000)
  })
})
