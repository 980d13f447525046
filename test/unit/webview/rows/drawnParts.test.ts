// The words of a row in the parts in which they are drawn: quiet, marked, or both.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Label } from '../../../../src/shared/frame/label.ts'
import { drawnParts } from '../../../../src/webview/rows/drawnParts.ts'
import { showHit } from '../../../../src/webview/rows/showHit.ts'
import { sampleJsonRpc } from '../../../support/samples/sampleJsonRpc.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

const label: Label = [
  { text: 'trade' },
  { text: '  symbol ', quiet: true },
  { text: 'BTC-EUR' },
  { text: '  price ', quiet: true },
  { text: '70477' },
]

function drawn(sought: string, room = 80): string {
  return drawnParts(label, [sought], room)
    .map(({ text, quiet, hit }) => {
      const said = hit ? `[${text}]` : text
      return quiet ? `‹${said}›` : said
    })
    .join('')
}

describe('the words of a row', () => {
  it('are drawn with their names quiet', () => {
    assert.equal(drawn(''), 'trade‹  symbol ›BTC-EUR‹  price ›70477')
    assert.equal(drawn('x'), drawn(''))
  })

  it('are marked, also where a hit begins in one part and ends in another', () => {
    assert.equal(drawn('BTC'), 'trade‹  symbol ›[BTC]-EUR‹  price ›70477')
    assert.equal(drawn('"symbol btc"'), 'trade‹  ›‹[symbol ]›[BTC]-EUR‹  price ›70477')
    assert.equal(
      drawn('"trade  symbol BTC-EUR  price 70477"').replace(/[‹›[\]]/g, ''),
      'trade  symbol BTC-EUR  price 70477',
    )
  })

  it('keep their parts where they begin near a hit', () => {
    assert.equal(drawn('70477', 14), '‹…ce ›[70477]')
  })

  it('give way to the payload as it came where only that holds what is sought', () => {
    const [row] = sampleRows([
      {
        kind: 'message',
        detail: { type: 'text', fragments: 1, compressed: false, masked: false },
        bytes: '{"type":"trade","symbol":"BTC-EUR","price":70477,"venue":"west"}',
      },
    ])
    assert.ok(row)
    const labelled = { ...row, label }
    for (const sought of ['', 'TRADE', 'price 7', 'nowhere']) {
      assert.equal(showHit(labelled, sought), labelled)
    }
    for (const sought of ['"price":7', 'WEST']) {
      assert.equal(showHit(labelled, sought).label, undefined)
    }
  })

  it('give way to it where they are those of what was decoded, but for a failure', () => {
    const decoded = sampleJsonRpc.filter((row) => row.decoded?.length === 1)
    const call = decoded.find(({ preview }) => preview?.includes('"arguments":[2,3]'))
    const failed = decoded.find(({ preview }) => preview?.includes('"code":-32601'))
    assert.ok(call && failed)
    assert.equal(showHit(call, 'tools/call'), call)
    assert.equal(showHit(call, '"arguments":[2').decoded, undefined)
    assert.equal(showHit(failed, '"code":-32601'), failed)
  })
})
