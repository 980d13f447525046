// Bytes as hexadecimal: rows, and a dump of them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { hexDump, hexOf, hexRows } from '../../../../src/shared/text/hexRows.ts'

describe('hex rows', () => {
  it('hold sixteen bytes each, with offset and ASCII', () => {
    const bytes = Uint8Array.from({ length: 18 }, (_, index) => 0x3f + index)
    assert.deepEqual(hexRows(bytes, 0x20), [
      {
        offset: '00000020',
        hex: '3f 40 41 42 43 44 45 46  47 48 49 4a 4b 4c 4d 4e',
        text: '?@ABCDEFGHIJKLMN',
      },
      { offset: '00000030', hex: '4f 50', text: 'OP' },
    ])
  })

  it('show a point for what is not printable', () => {
    assert.equal(hexRows(Uint8Array.from([0x1f, 0x20, 0x7e, 0x7f, 0xff]), 0)[0]?.text, '. ~..')
  })

  it('are none for no bytes', () => {
    assert.deepEqual(hexRows(new Uint8Array(), 0), [])
    assert.equal(hexOf(new Uint8Array()), '')
  })

  it('make a dump whose columns stand below one another', () => {
    const bytes = Uint8Array.from({ length: 18 }, (_, index) => 0x3f + index)
    assert.equal(
      hexDump(bytes),
      [
        '00000000  3f 40 41 42 43 44 45 46  47 48 49 4a 4b 4c 4d 4e  ?@ABCDEFGHIJKLMN',
        `00000010  4f 50${' '.repeat(43)}  OP`,
      ].join('\n'),
    )
  })
})
