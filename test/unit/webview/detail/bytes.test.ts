// Bytes of a payload: read by chunks, as numbers, in lines of hex, and as the head of an image.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  byteAfterKey,
  byteAtColumn,
  perRowOf,
} from '../../../../src/webview/detail/payload/hexPlaces.ts'
import { lacksEnd } from '../../../../src/webview/detail/payload/imageEnd.ts'
import { pictureProblem, readImageHead } from '../../../../src/webview/detail/payload/imageHead.ts'
import { fittingForms, shownForm } from '../../../../src/webview/detail/payload/payloadForms.ts'
import { readNumbers } from '../../../../src/webview/detail/payload/readNumbers.ts'
import { createPayloadBytes } from '../../../../src/webview/model/payloadBytes.ts'

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('the bytes of a payload', () => {
  it('are read where they are looked at, once', async () => {
    const size = 100_000_000
    const asked: number[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const bytes = createPayloadBytes(
      size,
      async (offset, length) => {
        asked.push(offset)
        const piece = Uint8Array.from(
          { length: Math.min(length, size - offset) },
          (_, i) => (offset + i) % 251,
        )
        return { offset, sizeBytes: size, bytes: piece }
      },
      resolve,
      (problem) => assert.fail(String(problem)),
    )
    const at = 65_536 * 1000 - 2
    assert.equal(bytes.slice(at, at + 4), null)
    assert.equal(bytes.slice(at, at + 4), null)
    await promise
    await new Promise(setImmediate)
    assert.deepEqual(
      [...(bytes.slice(at, at + 4) ?? [])],
      [0, 1, 2, 3].map((i) => (at + i) % 251),
    )
    assert.deepEqual(asked, [65_536 * 999, 65_536 * 1000])
    assert.equal(bytes.slice(size - 2, size + 10), null)
    await new Promise(setImmediate)
    assert.equal(bytes.slice(size - 2, size + 10)?.length, 2)
  })

  it('tell what could not be read, and are read again', async () => {
    const problems: unknown[] = []
    const fails = () => Promise.reject(new Error('gone'))
    const bytes = createPayloadBytes(
      10,
      fails,
      () => {},
      (problem) => problems.push(problem),
    )
    for (let time = 1; time <= 2; time++) {
      assert.equal(bytes.slice(0, 4), null)
      await new Promise(setImmediate)
      assert.equal(problems.length, time)
    }
  })

  it('are read as numbers, both ends first', () => {
    const bytes = Uint8Array.of(0xcd, 0xcc, 0xcc, 0x3d, 0, 0, 0, 0x80)
    assert.deepEqual(
      readNumbers(bytes).map(({ name, little, big }) => `${name} ${little} ${big}`),
      [
        'int8 -51 -51',
        'uint8 205 205',
        'int16 -13107 -12852',
        'uint16 52429 52684',
        'int32 1036831949 -842216387',
        'uint32 1036831949 3452750909',
        'int64 -9223372035817943859 -3617291838320279424',
        'uint64 9223372037891607757 14829452235389272192',
        'float32 0.1 -429492130',
        'float64 -5.122630465e-315 -6.065525844727461e+66',
      ],
    )
    assert.deepEqual(
      readNumbers(bytes.subarray(5)).map(({ name }) => name),
      ['int8', 'uint8', 'int16', 'uint16'],
    )
    assert.deepEqual(readNumbers(new Uint8Array()), [])
  })

  it('stand in as many columns as fit, and are found at each', () => {
    assert.deepEqual([20, 41, 75, 76, 200].map(perRowOf), [4, 8, 8, 16, 16])
    const columns = (perRow: 8 | 16) =>
      [0, 1, 2.9, 3, 21, 22.9, 25, 47, 99].map((at) => byteAtColumn(at, perRow))
    assert.deepEqual(columns(8), [0, 0, 0, 1, 7, 7, 7, 7, 7])
    assert.deepEqual(columns(16), [0, 0, 0, 1, 7, 7, 8, 15, 15])
  })

  it('are gone through by keys', () => {
    const place = { perRow: 16, pageRows: 10, size: 1000 } as const
    const leads = (key: string, at: number, ctrlKey = false) =>
      byteAfterKey({ key, ctrlKey, metaKey: false }, at, place)
    assert.deepEqual(
      [
        leads('ArrowLeft', 0),
        leads('ArrowRight', 999),
        leads('ArrowUp', 5),
        leads('ArrowDown', 990),
      ],
      [0, 999, 5, 990],
    )
    assert.deepEqual([leads('Home', 37), leads('End', 37), leads('End', 995)], [32, 47, 999])
    assert.deepEqual([leads('Home', 37, true), leads('End', 37, true)], [0, 999])
    assert.deepEqual([leads('PageDown', 37), leads('PageUp', 37), leads('x', 37)], [197, 5, null])
  })
})

describe('an image', () => {
  const png = latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0')
  const heads: readonly (readonly [string, Uint8Array, string, string])[] = [
    ['PNG', png, 'image/png', '1024 768'],
    ['GIF', latin1('GIF89a\x10\0\x20\0'), 'image/gif', '16 32'],
    [
      'JPEG',
      latin1('\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x11\x08\x01\0\x02\0\x03'),
      'image/jpeg',
      '512 256',
    ],
    ['WebP, lossy', latin1(`RIFF....WEBPVP8 ${'.'.repeat(10)}\x10\0\x20\0`), 'image/webp', '16 32'],
    [
      'WebP, lossless',
      latin1(`RIFF....WEBPVP8L....\x2f\x0f\xc0\x07\0${'.'.repeat(8)}`),
      'image/webp',
      '16 32',
    ],
    ['WebP, extended', latin1('RIFF....WEBPVP8X........\x0f\0\0\x1f\0\0'), 'image/webp', '16 32'],
    ['a PNG that is cut', png.subarray(0, 10), 'image/png', ''],
    [
      'a JPEG that is damaged',
      latin1('\xff\xd8\xff\xe0\0\x02zz\xff\xc2\0\x11\x08'),
      'image/jpeg',
      '',
    ],
  ]
  for (const [what, bytes, type, size] of heads) {
    it(`is known by its head: ${what}`, () => {
      const head = readImageHead(bytes)
      assert.equal(head?.type, type)
      assert.equal(head?.size ? `${head.size.width} ${head.size.height}` : '', size)
    })
  }

  it('tells whether its end is there, in a format that has one', () => {
    const iend = latin1('\0\0\0\0IEND....')
    const whole = Uint8Array.from([...png.subarray(0, 16), ...latin1('x'.repeat(17)), ...iend])
    assert.equal(lacksEnd('image/png', whole), false)
    assert.equal(lacksEnd('image/png', Uint8Array.from([...whole, 0, 0])), false)
    // Where the name stands in the data, it ends nothing.
    assert.equal(lacksEnd('image/png', Uint8Array.from([...png, ...iend])), true)
    for (const end of [8, 12, 20, whole.length - 1]) {
      assert.equal(lacksEnd('image/png', whole.subarray(0, end)), true)
    }
    assert.equal(lacksEnd('image/jpeg', latin1('\xff\xd8\xff\xda..\xff\xd9 more')), false)
    assert.equal(lacksEnd('image/jpeg', latin1('\xff\xd8\xff\xda..\xd9')), true)
    assert.equal(lacksEnd('image/webp', latin1('RIFF\x08\0\0\0WEBP....')), false)
    assert.equal(lacksEnd('image/webp', latin1('RIFF\x08\0\0\0WEBP...')), true)
    assert.equal(lacksEnd('image/gif', latin1('GIF89a')), false)
  })

  it('is not taken for what it is not', () => {
    for (const text of ['', 'PNG', 'RIFF....WAVE', '{"a":1}', '<svg/>']) {
      assert.equal(readImageHead(latin1(text)), null)
    }
  })

  it('is not drawn where it would take the memory, and says so', () => {
    assert.equal(pictureProblem({ width: 8000, height: 8000 }, 1000), null)
    assert.match(
      pictureProblem({ width: 65_535, height: 65_535 }, 1000) ?? '',
      /65,535 × 65,535 pixels/,
    )
    assert.match(pictureProblem(null, 17 * 2 ** 20) ?? '', /more than 16 MiB/)
    assert.equal(pictureProblem(null, 1000), null)
    for (const size of [null, { width: 65_535, height: 0 }])
      assert.match(pictureProblem(size, 1000, true) ?? '', /does not tell its size/)
  })

  it('is the first form where it is one, but for SVG', () => {
    const facts = {
      hasTree: false,
      isText: false,
      hasLayout: false,
      isDecoded: false,
      isRead: false,
    }
    assert.deepEqual(fittingForms({ ...facts, picture: 'image/png' }), ['picture', 'hex'])
    const svg = fittingForms({ ...facts, isText: true, picture: 'image/svg+xml' })
    assert.deepEqual(svg, ['text', 'hex', 'picture'])
    const json = { ...facts, hasTree: true, isText: true, hasLayout: true, picture: null }
    assert.deepEqual(fittingForms(json), ['tree', 'text', 'raw', 'hex'])
  })

  it('is decoded where that is chosen: the payload itself comes first', () => {
    const facts = { hasTree: false, isText: false, hasLayout: false, picture: null }
    const forms = fittingForms({ ...facts, isDecoded: true, isRead: false })
    assert.deepEqual(forms, ['hex', 'decoded'])
    const read = { ...facts, isText: true, isDecoded: false, isRead: true }
    assert.deepEqual(fittingForms(read), ['decoded', 'text', 'hex'])
    assert.equal(shownForm(forms, { form: 'decoded', isOwn: false }, null), 'decoded')
    assert.equal(shownForm(forms, { form: 'text', isOwn: false }, null), 'hex')
    assert.equal(shownForm(['tree'], { form: 'decoded', isOwn: false }, null), 'tree')
  })

  it('is drawn as the last one was, but an SVG only where that was asked for it', () => {
    const before = { form: 'picture', isOwn: false } as const
    const svg = ['text', 'hex', 'picture'] as const
    assert.equal(shownForm(svg, before, 'image/svg+xml'), 'text')
    assert.equal(shownForm(svg, { ...before, isOwn: true }, 'image/svg+xml'), 'picture')
    assert.equal(shownForm(svg, { form: 'hex', isOwn: false }, 'image/svg+xml'), 'hex')
    assert.equal(shownForm(['picture', 'hex'], before, 'image/png'), 'picture')
    assert.equal(shownForm(['tree', 'hex'], before, null), 'tree')
    assert.equal(shownForm([], before, null), 'hex')
  })
})
