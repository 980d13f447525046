// The number at a path, found in the bytes of a JSON text, whatever stands around it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createNumberFinder } from '../../../../../src/engine/analyses/numbers/numberAt.ts'
import { parsePath } from '../../../../../src/shared/text/jsonPath.ts'
import { valuesAt } from '../../../../../src/shared/text/jsonPathValues.ts'

const encoder = new TextEncoder()

function numberAt(text: string, path: string): number {
  const bytes = encoder.encode(text)
  return createNumberFinder(parsePath(path) ?? assert.fail(path))(bytes, bytes.length)
}

/** A value with everything in it that could be taken for something else. */
const value = {
  price: 70111.5,
  size: -1.25e-3,
  text: '70111.5',
  odd: 'x"price":1,}]',
  'a.b': { 'c d': [1, [2, 3], { 'é"\\': 4 }] },
  list: [{ price: 1 }, { price: '2' }, [], {}, 'price', -0.5],
  not: [null, true, '', '1 2', '0x10', 'NaN', {}],
  last: 0,
}

const paths = [
  '$.price',
  '$.size',
  '$.text',
  '$.odd',
  '$["a.b"]["c d"][0]',
  '$["a.b"]["c d"][1][1]',
  '$["a.b"]["c d"][2]["é\\"\\\\"]',
  '$.list[0].price',
  '$.list[1].price',
  '$.list[2][0]',
  '$.list[3].price',
  '$.list[5]',
  '$.list[6]',
  ...value.not.map((_, index) => `$.not[${index}]`),
  '$.last',
  '$.nowhere',
  '$.price.price',
  '$',
]

describe('the number at a path', () => {
  for (const indent of [0, 2]) {
    const text = JSON.stringify(value, null, indent)
    for (const path of paths) {
      const [parsed] = valuesAt(value, parsePath(path) ?? [])
      const isNumber = typeof parsed === 'number' || /^-?\d+(\.\d+)?$/.test(String(parsed))
      const expected = isNumber && !Array.isArray(parsed) ? Number(parsed) : Number.NaN
      it(`is ${expected} at ${path} of text indented by ${indent}`, () => {
        assert.equal(numberAt(text, path), expected)
      })
    }
  }

  it('is what JavaScript reads, however it is written, to the fifteenth digit', () => {
    const written = [
      '0',
      '-0',
      '7',
      '0.1',
      '-12.34',
      '70111.5',
      '0.000000000000001',
      '123456789012345',
      '123456789012345678',
      '0.30000000000000004',
      '1e3',
      '-2.5E-7',
      '9007199254740993',
      '1.7976931348623157e308',
    ]
    for (const text of written) {
      for (const form of [text, `"${text}"`]) {
        const found = numberAt(`{"a":${form}}`, '$.a')
        assert.ok(
          Math.abs(found - Number(text)) <= Math.abs(Number(text)) * 1e-15,
          `${found}: ${text}`,
        )
      }
    }
    for (let i = 0; i < 2000; i++) {
      const text = (((i * 7919) % 100_000) / 10 ** (i % 9)).toFixed(i % 9)
      assert.equal(numberAt(`[${text}]`, '$[0]'), Number(text), text)
    }
    for (const text of ['.5', '5.', '1.2.3', '-', '+1', '1-2', '']) {
      assert.ok(Number.isNaN(numberAt(`{"a":"${text}"}`, '$.a')), text)
    }
  })

  it('is found in a number alone, not by a path that may lead to several', () => {
    assert.equal(numberAt(' 42 ', '$'), 42)
    assert.equal(numberAt('"4.2"', '$'), 4.2)
    assert.equal(numberAt('[1,2]', '$[*]'), Number.NaN)
    assert.equal(numberAt('[1,2]', '$[-1]'), Number.NaN)
  })

  it('is none where the text is cut or broken, wherever that is', () => {
    const text = '{"a":{"b":[1,2,{"price":70111.5}]},"c":1}'
    const whole = numberAt(text, '$.a.b[2].price')
    assert.equal(whole, 70111.5)
    for (let end = 0; end < text.length; end++) {
      const found = numberAt(text.slice(0, end), '$.a.b[2].price')
      assert.ok(Number.isNaN(found) || found === whole, `${text.slice(0, end)}: ${found}`)
    }
    for (const broken of ['{"a" 1}', '{"a":1 "b":2}', '{a:1}', '{"a":--1}', '{"a":"1', '\\']) {
      assert.ok(Number.isNaN(numberAt(broken, broken.includes('b') ? '$.b' : '$.a')), broken)
    }
  })
})
