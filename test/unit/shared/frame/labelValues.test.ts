// The values of JSON in rows: quotes where they tell something, long, cut and hostile ones.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { labelBytes } from '../../../../src/shared/frame/labels.ts'
import { lines, messages } from '../../../support/samples/labelLines.ts'

describe('the values of JSON in rows', () => {
  it('keep quotes where a string would be taken for something else', () => {
    const [said] = lines(
      messages([
        {
          a: '1',
          b: 'true',
          c: '',
          d: ' x',
          e: 'two  spaces',
          f: '-1.5e3',
          g: 'x"y',
          h: '"',
          i: '[1]',
          j: 'v1.2',
          k: null,
        },
      ]),
    )
    assert.equal(
      said,
      'a "1"  b "true"  c ""  d " x"  e "two  spaces"  f "-1.5e3"  g x"y  h """  i "[1]"  j v1.2  k null',
    )
  })

  it('leave all their digits to numbers', () => {
    assert.deepEqual(lines(messages(['{"id":12345678901234567890,"p":1.50}'])), [
      'id 12345678901234567890  p 1.50',
    ])
  })

  it('cut long values so that others are still seen', () => {
    const [said = ''] = lines(messages([{ text: 'x'.repeat(3000), id: 5, note: 'y'.repeat(50) }]))
    assert.match(said, /^text x{30,100}… {2}id 5 {2}note y{50}$/)
    const [alone = ''] = lines(messages([{ text: 'x'.repeat(3000) }]))
    assert.equal(alone.length, 'text '.length + 300)
  })

  it('are of the beginning where the JSON is longer than what is read', () => {
    const [said = ''] = lines(messages([{ type: 'log', id: 7, text: 'é'.repeat(5000), last: 1 }]))
    assert.match(said, /^log {2}id 7 {2}text é+… {2}…$/)
    const [number] = lines(messages([`{"a":1,"s":"${'x'.repeat(labelBytes - 14)}","b":123456}`]))
    assert.match(number ?? '', /^a 1 {2}s x+… {2}…$/)
  })

  it('leave alone what is no JSON, and what only begins like it', () => {
    const texts = [
      '[info] started',
      '{"a":1} {"b":2}',
      '{"a":}',
      '{"a" 1}',
      '{a:1}',
      '{"a":1',
      '[1,2',
      '12',
      '"x"',
      '{"a":01}',
      '{"\\x":1}',
    ]
    assert.deepEqual(
      lines(messages(texts)),
      texts.map((text) => `text ${text}`),
    )
  })

  it('take a hostile payload as it comes', () => {
    const deep = `${'{"a":'.repeat(700)}1${'}'.repeat(700)}`
    const keys = `{${Array.from({ length: 300 }, (_, n) => `"k${n}":${n}`).join(',')}}`
    const [nested = '', many = '', twice, odd, proto] = lines(
      messages([
        deep,
        keys,
        '{"a":1,"b":2,"a":3}',
        '{"a b":1,"\\u202ex\\u0000":"\\u001b[31m","":2}',
        '{"__proto__":1,"constructor":2}',
      ]),
    )
    assert.ok(nested.length < 400 && /^\S+ \{/.test(nested), nested)
    assert.match(many, /^k0 0 {2}k1 1 .*…$/)
    assert.equal(twice, 'a 3  b 2')
    assert.equal(odd, '"a b" 1  "\\u202ex\\u0000" ␛[31m  "" 2')
    assert.equal(proto, '__proto__ 1  constructor 2')
  })

  it('tell the values of a list one by one', () => {
    assert.deepEqual(
      lines(messages([['1', '2', 'room:lobby', 'phx_join', { a: [1, { b: 2 }] }], []])),
      ['"1"  "2"  room:lobby  phx_join  a [1, {b 2}]', 'text []'],
    )
  })
})
