import assert from 'node:assert/strict'
import { encode } from 'cborg'
import { describe, it } from 'mocha'
import { readCbor } from '../../../../../src/engine/decoders/values/cborValue.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { randomValue } from '../../../../support/samples/randomValue.ts'
import { randomFrom } from '../../../../support/samples/spellings.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

function read(text: string): unknown {
  const one = readCbor(hex(text), 0)
  return 'flaw' in one ? one.flaw : one.value
}

// [rfc8949] A
const samples: readonly (readonly [string, unknown, string])[] = [
  ['00', 0, 'int'],
  ['17', 23, 'int'],
  ['18 18', 24, 'int'],
  ['19 03 e8', 1000, 'int'],
  ['1a 00 0f 42 40', 1_000_000, 'int'],
  ['1b 00 00 00 e8 d4 a5 10 00', 1_000_000_000_000, 'int'],
  ['1b ff ff ff ff ff ff ff ff', '18446744073709551615', 'int'],
  ['3b ff ff ff ff ff ff ff ff', '-18446744073709551616', 'int'],
  ['20', -1, 'int'],
  ['38 63', -100, 'int'],
  ['f9 00 00', 0, 'float'],
  ['f9 00 01', 2 ** -24, 'float'],
  ['f9 3c 00', 1, 'float'],
  ['f9 7b ff', 65_504, 'float'],
  ['f9 c4 00', -4, 'float'],
  ['f9 7c 00', 'Infinity', 'float'],
  ['f9 fc 00', '-Infinity', 'float'],
  ['f9 7e 00', 'NaN', 'float'],
  ['fa 47 c3 50 00', 100_000, 'float'],
  ['fb 3f f1 99 99 99 99 99 9a', 1.1, 'float'],
  ['f4', false, 'bool'],
  ['f5', true, 'bool'],
  ['f6', null, 'null'],
  ['f7', { simple: 'undefined' }, 'simple'],
  ['f0', { simple: 16 }, 'simple'],
  ['f8 ff', { simple: 255 }, 'simple'],
  [
    'c0 74 32 30 31 33 2d 30 33 2d 32 31 54 32 30 3a 30 34 3a 30 30 5a',
    '2013-03-21T20:04:00Z',
    'tag',
  ],
  ['c2 49 01 00 00 00 00 00 00 00 00', '18446744073709551616', 'tag'],
  ['c3 49 01 00 00 00 00 00 00 00 00', '-18446744073709551617', 'tag'],
  ['c2 40', '0', 'tag'],
  ['c2 61 61', { tag: 2, value: 'a' }, 'tag'],
  ['c1 1a 51 4b 67 b0', '2013-03-21T20:04:00Z', 'tag'],
  ['c1 fb 41 d4 52 d9 ec 20 00 00', '2013-03-21T20:04:00.5Z', 'tag'],
  ['d7 44 01 02 03 04', { tag: 23, value: "h'01020304'" }, 'tag'],
  [
    'd8 20 76 68 74 74 70 3a 2f 2f 77 77 77 2e 65 78 61 6d 70 6c 65 2e 63 6f 6d',
    'http://www.example.com',
    'tag',
  ],
  ['d9 d9 f7 01', 1, 'tag'],
  ['40', "h''", 'bytes'],
  ['44 01 02 03 04', "h'01020304'", 'bytes'],
  ['60', '', 'text'],
  ['64 49 45 54 46', 'IETF', 'text'],
  ['80', [], 'array'],
  ['83 01 82 02 03 82 04 05', [1, [2, 3], [4, 5]], 'array'],
  ['a0', {}, 'map'],
  ['a2 01 02 03 04', { 1: 2, 3: 4 }, 'map'],
  ['a2 61 61 01 61 62 82 02 03', { a: 1, b: [2, 3] }, 'map'],
  ['5f 42 01 02 43 03 04 05 ff', "h'0102030405'", 'bytes'],
  ['7f 65 73 74 72 65 61 64 6d 69 6e 67 ff', 'streaming', 'text'],
  ['9f ff', [], 'array'],
  ['9f 01 82 02 03 9f 04 05 ff ff', [1, [2, 3], [4, 5]], 'array'],
  ['bf 61 61 01 61 62 9f 02 03 ff ff', { a: 1, b: [2, 3] }, 'map'],
]

describe('A value of CBOR', () => {
  it('is read as in the examples of its specification', () => {
    for (const [bytes, value, type] of samples) {
      assert.deepEqual(readCbor(hex(bytes), 0), { value, type, end: hex(bytes).length }, bytes)
    }
  })

  it('is a flaw where it ends too early', () => {
    assert.equal(read('64 49 45'), 'Only 2 of 4 bytes are there at byte 1.')
    for (const [bytes] of samples) {
      for (let length = 0; length < hex(bytes).length; length++) {
        assert.ok('flaw' in readCbor(hex(bytes).subarray(0, length), 0), bytes)
      }
    }
  })

  it('is a flaw where it is not well-formed', () => {
    assert.equal(read('1c'), 'The head at byte 0 is not well-formed.')
    assert.equal(read('ff'), 'A “break” stands outside of what it could end.')
    assert.equal(read('82 01 ff'), 'A “break” stands within what has a length.')
    assert.equal(read('c1 ff'), 'A “break” stands in the place of what is tagged.')
    assert.equal(read('bf 01 ff'), 'A key of a map has no value.')
    assert.equal(read('5f 61 61 ff'), 'A string has a chunk of another type.')
    assert.equal(read('5f 5f 41 01 ff ff'), 'A string has a chunk of another type.')
    assert.equal(read('1f'), 'The head at byte 0 is not well-formed.')
  })

  it('may declare lengths that are not there: no room is made for them', () => {
    assert.equal(read('9b ff ff ff ff ff ff ff ff'), 'It ends at byte 9.')
    assert.equal(read('bb 00 1f ff ff ff ff ff ff'), 'It ends at byte 9.')
    assert.equal(
      read('5b 00 1f ff ff ff ff ff ff 01'),
      'Only 1 of 9,007,199,254,740,991 bytes are there at byte 9.',
    )
    assert.match(String(read('7b ff ff ff ff ff ff ff ff 61')), /^Only 1 of /)
  })

  it('may have maps as keys of maps, but not many inside one another', () => {
    assert.deepEqual(read('a1 a1 82 01 a1 02 03 04 05'), { '{"[1,{\\"2\\":3}]":4}': 5 })
    const flaw = 'Maps are keys of maps deeper than 4 levels.'
    for (const head of [0xbf, 0xa1]) {
      assert.deepEqual(readCbor(Buffer.alloc(1_000_000, head), 0), { flaw })
    }
  })

  it('may be nested so deep and no deeper, in lists and in tags', () => {
    for (const head of [0x81, 0x9f, 0xc1]) {
      assert.deepEqual(readCbor(Buffer.alloc(1_000_000, head), 0), {
        flaw: 'It is nested deeper than 200 levels.',
      })
    }
    const most = Buffer.concat([Buffer.alloc(decodeLimits.valueDepth, 0x81), hex('01')])
    assert.ok('value' in readCbor(most, 0))
  })

  it('may have keys that name the prototype', () => {
    const one = read('a1 69 5f 5f 70 72 6f 74 6f 5f 5f a1 61 78 01') as object
    assert.equal(Object.getPrototypeOf(one), Object.prototype)
    assert.deepEqual(Object.entries(one), [['__proto__', { x: 1 }]])
  })

  it('is what the library for CBOR wrote', () => {
    const random = randomFrom(11)
    for (let run = 0; run < 500; run++) {
      const value = randomValue(random, 4)
      const one = readCbor(encode(value), 0)
      assert.ok('value' in one)
      assert.deepEqual(one.value, value)
    }
  })
})
