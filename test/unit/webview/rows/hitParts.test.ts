// Marks of a filter in the label of a row.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { hitParts } from '../../../../src/webview/rows/hitParts.ts'

function marked(label: string, sought: string, room = 80): string {
  return hitParts(label, [sought], room)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join('')
}

describe('the label of a row under a filter', () => {
  it('marks each hit, in any letter case', () => {
    assert.equal(marked('text {"Price":1,"price":2}', 'PRICE'), 'text {"[Price]":1,"[price]":2}')
    assert.equal(marked('aaaa', 'aa'), '[aa][aa]')
    assert.equal(marked('price', 'price'), '[price]')
  })

  it('marks words, regular expressions and texts that JSON is compared with', () => {
    const label = 'trade BTC-EUR 70477 BTC'
    assert.equal(marked(label, 'trade eur'), '[trade] BTC-[EUR] 70477 BTC')
    assert.equal(marked(label, '/\\d+$|b.c/i dir:in'), 'trade [BTC]-EUR 70477 [BTC]')
    assert.equal(marked(label, '$.symbol = BTC-EUR size>3'), 'trade [BTC-EUR] 70477 BTC')
    assert.equal(marked(label, 'rade "trade b" -70477'), '[trade B]TC-EUR 70477 BTC')
  })

  it('is as it is where the hit is elsewhere, or nothing is sought', () => {
    assert.deepEqual(hitParts('GET /', ['x'], 80), [{ text: 'GET /', hit: false }])
    assert.deepEqual(hitParts('GET /', [], 80), [{ text: 'GET /', hit: false }])
  })

  it('begins near a hit that would be cut off', () => {
    const label = `text ${'x'.repeat(100)} the hit and ${'y'.repeat(100)}`
    assert.equal(marked(label, 'hit', 60), `…${'x'.repeat(11)} the [hit] and ${'y'.repeat(100)}`)
    assert.equal(marked(label, 'hit', 200).startsWith('text xxx'), true)
    assert.equal(marked('ab', 'b', 0), 'a[b]')
  })

  it('shows the hit whole, with some text on both sides, where there is little room', () => {
    const label = 'text {"type":"trade","symbol":"BTC-EUR","price":70729}'
    for (const room of [6, 10, 18, 24, 40]) {
      const seen = hitParts(label, ['BTC'], room)
        .map(({ text }) => text)
        .join('')
        .slice(0, room - 1)
      assert.match(seen, /^(?:text|…).*BTC/, `${room}: ${seen}`)
    }
    assert.equal(marked(label, 'BTC', 18), '…bol":"[BTC]-EUR","price":70729}')
  })

  it('marks nothing wrong where lower case has other places', () => {
    assert.deepEqual(hitParts('İİ x', ['x'], 80), [{ text: 'İİ x', hit: false }])
  })

  it('loses no letter, and marks no more than fifty', () => {
    const label = 'a '.repeat(400)
    const parts = hitParts(label, ['a'], 80)
    assert.equal(parts.map(({ text }) => text).join(''), label)
    assert.equal(parts.filter(({ hit }) => hit).length, 50)
  })
})
