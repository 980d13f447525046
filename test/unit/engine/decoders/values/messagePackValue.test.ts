import assert from 'node:assert/strict'
import { Encoder } from '@msgpack/msgpack'
import { describe, it } from 'mocha'
import { readMessagePack } from '../../../../../src/engine/decoders/values/messagePackValue.ts'
import { readAll } from '../../../../../src/engine/decoders/values/plainValue.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { randomValue } from '../../../../support/samples/randomValue.ts'
import { randomFrom } from '../../../../support/samples/spellings.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

function read(text: string): unknown {
  const one = readMessagePack(hex(text), 0)
  return 'flaw' in one ? one.flaw : one.value
}

// [messagepack] Formats
const samples: readonly (readonly [string, unknown, string])[] = [
  ['00', 0, 'int'],
  ['7f', 127, 'int'],
  ['80', {}, 'map'],
  ['81 a1 61 01', { a: 1 }, 'map'],
  ['93 01 02 03', [1, 2, 3], 'array'],
  ['a5 68 65 6c 6c 6f', 'hello', 'str'],
  ['c0', null, 'nil'],
  ['c2', false, 'bool'],
  ['c3', true, 'bool'],
  ['c4 02 a2 64', "h'a264'", 'bin'],
  ['c5 00 01 ff', "h'ff'", 'bin'],
  ['c6 00 00 00 01 ff', "h'ff'", 'bin'],
  ['c7 01 05 ff', { ext: 5, data: "h'ff'" }, 'ext'],
  ['c8 00 01 05 ff', { ext: 5, data: "h'ff'" }, 'ext'],
  ['c9 00 00 00 01 80 ff', { ext: -128, data: "h'ff'" }, 'ext'],
  ['ca 3f c0 00 00', 1.5, 'float'],
  ['ca 7f 80 00 00', 'Infinity', 'float'],
  ['cb 3f f8 00 00 00 00 00 00', 1.5, 'float'],
  ['cc ff', 255, 'int'],
  ['cd ff ff', 65_535, 'int'],
  ['ce ff ff ff ff', 4_294_967_295, 'int'],
  ['cf 00 1f ff ff ff ff ff ff', Number.MAX_SAFE_INTEGER, 'int'],
  ['cf ff ff ff ff ff ff ff ff', '18446744073709551615', 'int'],
  ['d0 80', -128, 'int'],
  ['d1 80 00', -32_768, 'int'],
  ['d2 80 00 00 00', -2_147_483_648, 'int'],
  ['d3 ff ff ff ff ff ff ff ff', -1, 'int'],
  ['d3 80 00 00 00 00 00 00 00', '-9223372036854775808', 'int'],
  ['d4 05 ff', { ext: 5, data: "h'ff'" }, 'ext'],
  [
    'd8 05 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f',
    {
      ext: 5,
      data: "h'000102030405060708090a0b0c0d0e0f'",
    },
    'ext',
  ],
  ['d9 02 c3 a9', 'é', 'str'],
  ['da 00 01 61', 'a', 'str'],
  ['db 00 00 00 01 61', 'a', 'str'],
  ['dc 00 01 01', [1], 'array'],
  ['dd 00 00 00 01 01', [1], 'array'],
  ['de 00 01 a1 61 01', { a: 1 }, 'map'],
  ['df 00 00 00 01 a1 61 01', { a: 1 }, 'map'],
  ['e0', -32, 'int'],
  ['ff', -1, 'int'],
  // Keys of any type: a number, a list.
  ['82 01 02 91 03 04', { 1: 2, '[3]': 4 }, 'map'],
]

describe('A value of MessagePack', () => {
  it('is read in each of its formats', () => {
    for (const [bytes, value, type] of samples) {
      assert.deepEqual(
        readMessagePack(hex(bytes), 0),
        { value, type, end: hex(bytes).length },
        bytes,
      )
    }
  })

  it('is a time in each form of a timestamp', () => {
    assert.equal(read('d6 ff 5f 5e 10 00'), '2020-09-13T12:26:40Z')
    // 500,000,000 ns in the upper 30 bits.
    assert.equal(read('d7 ff 77 35 94 00 5f 5e 10 00'), '2020-09-13T12:26:40.5Z')
    assert.equal(
      read('c7 0c ff 00 00 00 01 ff ff ff ff ff ff ff ff'),
      '1969-12-31T23:59:59.000000001Z',
    )
    // No such nanosecond, no such year.
    assert.deepEqual(read('c7 0c ff ff ff ff ff 00 00 00 00 00 00 00 00'), {
      ext: -1,
      data: "h'ffffffff0000000000000000'",
    })
    assert.deepEqual(read('c7 0c ff 00 00 00 00 7f ff ff ff ff ff ff ff'), {
      ext: -1,
      data: "h'000000007fffffffffffffff'",
    })
  })

  it('stands anywhere in the bytes', () => {
    assert.deepEqual(readMessagePack(hex('ff ff a1 61 ff').subarray(1), 1), {
      value: 'a',
      type: 'str',
      end: 3,
    })
  })

  it('is a flaw where it ends too early, or has the byte that is never used', () => {
    assert.equal(read(''), 'It ends at byte 0.')
    assert.equal(read('a5 68 65'), 'Only 2 of 5 bytes are there at byte 1.')
    assert.equal(read('93 01'), 'It ends at byte 2.')
    assert.equal(read('91 c1'), 'The byte c1, which is never used, stands at byte 1.')
    // Each prefix of a sound value.
    for (const [bytes] of samples) {
      for (let length = 0; length < hex(bytes).length; length++) {
        assert.ok('flaw' in readMessagePack(hex(bytes).subarray(0, length), 0), bytes)
      }
    }
  })

  it('may declare lengths that are not there: no room is made for them', () => {
    const lists = Buffer.alloc(5 * 100, hex('dd ff ff ff ff'))
    assert.equal(read(lists.toString('hex')), 'It ends at byte 500.')
  })

  it('may be nested so deep and no deeper', () => {
    const deep = (levels: number) => Buffer.alloc(levels, 0x91)
    const most = Buffer.concat([deep(decodeLimits.valueDepth), hex('01')])
    assert.ok('value' in readMessagePack(most, 0))
    assert.deepEqual(readMessagePack(deep(1_000_000), 0), {
      flaw: 'It is nested deeper than 200 levels.',
    })
  })

  it('may have maps as keys of maps, but not many inside one another', () => {
    assert.deepEqual(read('81 81 92 01 81 02 03 04 05'), { '{"[1,{\\"2\\":3}]":4}': 5 })
    const flaw = 'Maps are keys of maps deeper than 4 levels.'
    assert.deepEqual(readMessagePack(Buffer.alloc(1_000_000, 0x81), 0), { flaw })
    // Each key is told as JSON in text, which all those around it tell once more.
    assert.ok('value' in readMessagePack(hex('81 81 81 81 81 c0 c0 c0 c0 c0 c0'), 0))
    assert.deepEqual(readMessagePack(hex('81 81 81 81 81 81 c0 c0 c0 c0 c0 c0 c0'), 0), { flaw })
  })

  it('may have keys that name the prototype', () => {
    const one = read('82 a9 5f 5f 70 72 6f 74 6f 5f 5f 81 a1 78 01 a1 61 02') as object
    assert.equal(Object.getPrototypeOf(one), Object.prototype)
    assert.deepEqual(Object.entries(one), [
      ['__proto__', { x: 1 }],
      ['a', 2],
    ])
  })

  it('takes linear time for keys that are maps of maps', () => {
    // Each key is a map with such a key.
    const keys = (count: number) =>
      Buffer.concat(
        new Array(count).fill(
          Buffer.concat([Buffer.alloc(5, 0x81), hex('a1 22'), Buffer.alloc(5, 0x01)]),
        ),
      )
    assertLinear(4000, (size) => {
      const bytes = keys(size)
      for (const one of readAll(readMessagePack, bytes)) assert.ok(!('flaw' in one))
    })
  })

  it('tells of long bytes the first, and how many there are', () => {
    const bytes = Buffer.concat([hex('c6 00 00 27 10'), Buffer.alloc(10_000, 0xab)])
    const one = readMessagePack(bytes, 0)
    assert.ok('value' in one)
    assert.equal(one.value, `h'${'ab'.repeat(decodeLimits.valueBytes)}…' (10,000 bytes)`)
  })

  it('is what the library for MessagePack wrote', () => {
    const random = randomFrom(7)
    const encoder = new Encoder()
    for (let run = 0; run < 500; run++) {
      const value = randomValue(random, 4)
      const one = readMessagePack(encoder.encode(value), 0)
      assert.ok('value' in one)
      assert.deepEqual(one.value, value)
    }
  })
})
