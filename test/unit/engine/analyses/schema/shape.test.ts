// Shapes of values: kinds, what is always there, few values, formats, maps, and what drifts; bounded whatever comes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createShape } from '../../../../../src/engine/analyses/schema/shape.ts'
import { formatJsonSchema } from '../../../../../src/shared/session/jsonSchema.ts'
import type { ShapeNode } from '../../../../../src/shared/session/schema.ts'
import { schemaLimits } from '../../../../../src/shared/session/schemaLimits.ts'
import {
  formatTypeScript,
  identifierOf,
} from '../../../../../src/shared/session/typeScriptTypes.ts'
import { visibleLines } from '../../../../../src/shared/text/visibleText.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { unseenCharacters } from '../../../../support/samples/unseenCharacters.ts'

function shapeOf(values: readonly unknown[]): ShapeNode {
  const fold = createShape()
  for (const value of values) fold.add(value)
  return fold.result()
}

function placesOf({ members = [], mapped, items }: ShapeNode): number {
  const inner = [...members.map(({ node }) => node), mapped, items]
  return inner.reduce((sum, one) => sum + (one ? placesOf(one) : 0), 1)
}

const trades = Array.from({ length: 40 }, (_, i) => ({
  id: i,
  price: i % 2 ? 10.5 : 11,
  side: i % 3 ? 'buy' : 'sell',
  at: '2026-11-28T10:00:00.000Z',
  ...(i % 4 === 0 && { note: `n${i}` }),
  fees: i % 5 ? null : [{ kind: 'maker', amount: 1 }],
}))

describe('a shape', () => {
  it('is JSON Schema with required members, few values, formats and both kinds of numbers', () => {
    const schema = JSON.parse(formatJsonSchema('trade', shapeOf(trades), trades.length))
    assert.deepEqual(schema, {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'trade',
      $comment: 'Inferred by Lifeline of 40 messages.',
      type: 'object',
      properties: {
        id: { type: 'integer' },
        price: { type: 'number' },
        side: { type: 'string', enum: ['buy', 'sell'] },
        at: { type: 'string', enum: ['2026-11-28T10:00:00.000Z'], format: 'date-time' },
        note: { type: 'string' },
        fees: {
          type: ['null', 'array'],
          items: {
            type: 'object',
            properties: { kind: { type: 'string' }, amount: { type: 'integer' } },
            required: ['kind', 'amount'],
          },
        },
      },
      required: ['id', 'price', 'side', 'at', 'fees'],
    })
  })

  it('is a TypeScript type', () => {
    assert.equal(
      formatTypeScript('order.created', shapeOf(trades)),
      [
        'export interface OrderCreated {',
        '  id: number',
        '  price: number',
        '  side: "buy" | "sell"',
        '  /** date-time */',
        '  at: "2026-11-28T10:00:00.000Z"',
        '  note?: string',
        '  fees: {',
        '    kind: string',
        '    amount: number',
        '  }[] | null',
        '}',
        '',
      ].join('\n'),
    )
    assert.equal(
      formatTypeScript('x', shapeOf([1, 'a', null])),
      'export type X = string | number | null\n',
    )
    assert.equal(
      formatTypeScript('x', shapeOf([[1, 'a']])),
      'export type X = (string | number)[]\n',
    )
    assert.equal(identifierOf('42'), 'Message42')
    assert.equal(identifierOf('--'), 'Message')
  })

  it('names no enum where other kinds stand beside the texts', () => {
    const mixed = shapeOf(Array.from({ length: 40 }, (_, i) => (i % 2 ? 'a' : i)))
    assert.equal(JSON.parse(formatJsonSchema('m', mixed, 40)).enum, undefined)
  })

  it('knows a map by its many keys, and what all its values have in common', () => {
    const map = shapeOf([
      Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`user-${i}`, { n: i }])),
      { 'user-7': { n: 1 }, 'user-900': { n: null } },
    ])
    assert.equal(map.members, undefined)
    assert.equal(map.mapped?.count, 62)
    assert.match(formatTypeScript('users', map), /Record<string, \{\n {2}n: number \| null\n\}>/)
    const wide = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`f${'abcdefghij'[i % 10]}${'x'.repeat(i)}`, i]),
    )
    assert.equal(shapeOf([wide, wide]).members?.length, 40, 'an object with many fields is none')
  })

  it('says what drifts: another kind, and a member that was always there', () => {
    const steady = 100
    const fold = createShape()
    for (let i = 0; i < steady; i++)
      assert.equal(fold.add({ price: i, item: { id: 'a' } }, steady), null)
    assert.equal(fold.add({ price: 1.5, item: { id: 'a' }, more: true }, steady), null)
    assert.deepEqual(fold.add({ price: '1', item: { id: 'a' } }, steady), {
      ...{ path: '$.price', was: ['integer', 'number'], samples: 101, is: 'string' },
    })
    assert.deepEqual(fold.add({ price: 1, item: {} }, steady), {
      ...{ path: '$.item.id', was: ['string'], samples: 102, is: null },
    })
    assert.equal(fold.add({ price: '1', item: {} }, steady), null, 'once')
  })

  it('is copied with no character in it that is not seen', () => {
    const evil = unseenCharacters().filter((one) => one !== '\n')
    const odd = shapeOf(
      evil.map((one) => ({ [`a${one}`]: `b${one}`, same: `\u202e${evil[3]}`, [`x\u202e`]: 1 })),
    )
    for (const text of [
      formatTypeScript('t\u202ename\u3164', odd),
      formatJsonSchema('t\u202ename', odd, 1),
      ...evil.map((one) => formatTypeScript(`a${one}b`, shapeOf([{ [one]: 1 }]))),
    ]) {
      assert.equal(visibleLines(text), text)
    }
    const told = formatJsonSchema('t', shapeOf([{ 'x\u202e': 1 }]), 1)
    assert.deepEqual(Object.keys(JSON.parse(told).properties), ['x\u202e'])
  })

  it('has no more places than it may, also where many are joined to one', () => {
    // Objects so small that they are no maps.
    const object = (length: number, value: unknown) =>
      Object.fromEntries(Array.from({ length }, (_, i) => [String.fromCharCode(97 + i), value]))
    const all = createShape()
    for (let nth = 0; nth < 26; nth++) {
      const one = createShape()
      one.add({ [String.fromCharCode(97 + nth)]: object(26, object(26, 1)) })
      all.join(one)
    }
    const places = placesOf(all.result())
    assert.ok(places > 1000 && places <= schemaLimits.places, `${places}`)
    assert.ok(JSON.stringify(all.result()).includes('"cut":true'))
    // What is made one gives its places back.
    const map = createShape()
    map.add(Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`k${i}`, object(26, 1)])))
    map.add({ one: { more: { of: { those: 1 } } } })
    assert.ok(JSON.stringify(map.result()).includes('those'))
  })

  it('stays bounded and linear, whatever comes', () => {
    const deep = JSON.parse('[{"a":'.repeat(5000) + '1' + '}]'.repeat(5000))
    assert.ok(JSON.stringify(shapeOf([deep])).includes('"cut":true'))
    const odd = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "": 3}')
    assert.deepEqual(
      shapeOf([odd, odd]).members?.map(({ name }) => name),
      ['__proto__', 'constructor', ''],
    )
    assert.ok(
      JSON.stringify(JSON.parse(formatJsonSchema('x', shapeOf([odd]), 1))).includes('__proto__'),
    )
    const fold = createShape()
    for (let i = 0; i < 50; i++)
      fold.add(
        Object.fromEntries(
          Array.from({ length: 190 }, (_, k) => [
            `${'abcdefghij'[k % 10]}${'q'.repeat(k / 10)}`,
            Object.fromEntries([[`k${'z'.repeat(i)}`, i]]),
          ]),
        ),
      )
    assert.ok(JSON.stringify(fold.result()).length < 200 * schemaLimits.places)
    assertLinear(500, (size) =>
      shapeOf(Array.from({ length: size }, (_, i) => ({ [`name${'x'.repeat(i % 150)}`]: [i] }))),
    )
  })
})
