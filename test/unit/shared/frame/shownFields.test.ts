// The fields that rows show: found in whole and in cut payloads, as they were written.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { labelText } from '../../../../src/shared/frame/label.ts'
import {
  createShownFields,
  shownBytes,
  shownLabel,
} from '../../../../src/shared/frame/shownFields.ts'
import { messages } from '../../../support/samples/labelLines.ts'
import { sampleJsonRpc } from '../../../support/samples/sampleJsonRpc.ts'

function cells(paths: string, ...payloads: readonly (string | object)[]) {
  const fields = createShownFields(paths.split(' '))
  return messages(payloads).map(({ frame, start = null }) => {
    const found = fields.cells(frame, start?.subarray(0, shownBytes) ?? null)
    return found?.map((cell) => cell && (cell.isNumber ? `#${cell.text}` : cell.text)) ?? null
  })
}

function values(paths: string, payload: string | object): string {
  const [row] = messages([payload])
  assert.ok(row)
  return JSON.stringify(createShownFields(paths.split(' ')).values(row.frame, row.start ?? null))
}

describe('the fields that rows show', () => {
  it('leave a decoded frame its words unless it has most of them', () => {
    const call = sampleJsonRpc[3]
    assert.ok(call?.decoded && call.start)
    const { frame, start, decoded } = call
    const told = (paths: string) =>
      createShownFields(paths.split(' '))
        .cells(frame, start, decoded)
        ?.map((cell) => cell?.text ?? null) ?? null
    assert.deepEqual(told('id'), ['42'])
    assert.deepEqual(told('id params.name price'), ['42', 'add', null])
    assert.equal(told('id price'), null)
    assert.equal(told('id symbol price'), null)
  })

  it('are one cell for each path, empty where a frame has none', () => {
    assert.deepEqual(
      cells(
        'symbol price maker.venue',
        { type: 'trade', symbol: 'BTC-EUR', price: 70477, maker: { venue: 'west' } },
        { symbol: 'ETH-EUR', price: null },
        { type: 'chat' },
        'no JSON',
      ),
      [['BTC-EUR', '#70477', 'west'], ['ETH-EUR', 'null', null], null, null],
    )
  })

  it('are the values of a list, and what stands in an object', () => {
    const order = { items: [{ id: 1 }, { id: 2 }, {}], 'a b': { c: [true, { d: 'x' }] }, s: '' }
    assert.deepEqual(cells('items[*].id items[-2].id ["a\\u0020b"] s none', order), [
      ['1, 2', '#2', '{c [true, {d x}]}', '', null],
    ])
  })

  it('keep numbers as they were written', () => {
    const text = '{"id":12345678901234567890,"p":70477.50,"e":1E3,"n":-0}'
    assert.deepEqual(cells('id p e n', text), [
      ['#12345678901234567890', '#70477.50', '#1E3', '#-0'],
    ])
    assert.equal(values('id p missing', text), '{"id":12345678901234567890,"p":70477.50}')
  })

  it('are read of the beginning of a long payload', () => {
    const long = { a: 1, list: [1, { b: 'x\\"y' }], text: 'é'.repeat(shownBytes), last: 2 }
    assert.deepEqual(cells('a list[1].b list text last', long), [
      ['#1', 'x\\"y', '[1, {b x\\"y}]', null, null],
    ])
    assert.deepEqual(cells('a', `{"b":"${'x'.repeat(shownBytes)}","a":1}`), [null])
  })

  it('do no harm where a peer sends anything', () => {
    const deep = `{"a":1,"d":${'['.repeat(6000)}${']'.repeat(6000)}}`
    const [deepCells, names, long] = cells(
      'a __proto__ b',
      deep,
      '{"__proto__":5,"a":"\\u001b[31m"}',
      {
        a: 'x'.repeat(500),
        b: Array.from({ length: 3000 }, (_, n) => n),
      },
    )
    assert.equal(deepCells, null)
    assert.deepEqual(names, ['␛[31m', '#5', null])
    assert.ok(
      long?.every((text) => text === null || text.length <= 80),
      String(long),
    )
    assert.equal(values('a constructor', '{"a":{"constructor":1}}'), '{"a":{"constructor":1}}')
  })

  it('are told in words with their names', () => {
    const fields = createShownFields(['symbol', '$.maker.venue', 'not a path', 'price'])
    assert.deepEqual(fields.names, ['symbol', 'maker.venue', 'price'])
    const label = (lead: string) =>
      labelText(
        shownLabel(fields.names, {
          lead,
          cells: [{ text: 'BTC' }, null, { text: '7', isNumber: true }],
        }),
      )
    assert.equal(label('trade'), 'trade  symbol BTC  price 7')
    assert.equal(label(''), 'symbol BTC  price 7')
  })
})
