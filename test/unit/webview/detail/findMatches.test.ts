// Finding in a payload: as text, as bytes, and from one match to the next.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  findBytes,
  findText,
  type Matches,
  placeFrom,
  type Search,
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
      assert.deepEqual(whole(findText(text, sought)), {
        places,
        length: sought.length || 0,
        more: false,
      })
    })
  }

  it('says where there are more than are listed', () => {
    const { places, more } = whole(findText('a'.repeat(100_001), 'a'))
    assert.deepEqual([places.length, more], [100_000, true])
  })

  it('takes pairs of digits for bytes, and all else for text', () => {
    const hex = (sought: string) => Buffer.from(soughtBytes(sought)).toString('hex')
    assert.deepEqual(['ca fe', '0xCAFE', ' 0a 0B '].map(hex), ['cafe', 'cafe', '0a0b'])
    assert.deepEqual(['cafe', 'c a', 'é'].map(hex), ['63616665', '632061', 'c3a9'])
  })

  it('finds bytes at every place, over one another, too', () => {
    const bytes = Uint8Array.of(0, 1, 0, 1, 0, 1, 255)
    assert.deepEqual(whole(findBytes(bytes, Uint8Array.of(0, 1, 0))).places, [0, 2])
    assert.deepEqual(whole(findBytes(bytes, Uint8Array.of(255))).places, [6])
    assert.deepEqual(whole(findBytes(bytes, Uint8Array.of(1, 255, 0))).places, [])
    assert.deepEqual(whole(findBytes(bytes, new Uint8Array())).places, [])
  })

  it('knows the first match from a place on', () => {
    const matches = whole(findText('a-a-a', 'a'))
    assert.deepEqual(
      [0, 1, 4, 5].map((at) => placeFrom(matches, at)),
      [0, 1, 2, 3],
    )
  })

  it('goes through 100 MB in pieces that are short, and finds what stands across two of them', () => {
    const text = `${'x'.repeat(2 ** 20 - 3)}needle${'x'.repeat(100_000_000)}needle`
    const search = findText(text, 'Needle')
    let pieces = 0
    let next = search.next()
    for (; !next.done; next = search.next()) {
      assert.ok(next.value > 0 && next.value < 1)
      pieces++
    }
    assert.deepEqual(next.value.places, [2 ** 20 - 3, text.length - 6])
    assert.ok(pieces >= 95, `${pieces}`)
    const bytes = new Uint8Array(5 * 2 ** 20).fill(7)
    assert.ok([...findBytes(bytes, Uint8Array.of(7, 8))].length >= 4)
  })

  it('finds no letter twice where pieces meet', () => {
    const { places } = whole(findText(`${'x'.repeat(2 ** 20 - 1)}aaaaa`, 'aa'))
    assert.deepEqual(places, [2 ** 20 - 1, 2 ** 20 + 1])
  })
})

function whole(search: Search): Matches {
  let next = search.next()
  while (!next.done) next = search.next()
  return next.value
}
