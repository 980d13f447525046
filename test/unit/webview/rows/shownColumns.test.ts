// Columns of shown fields: under one another, wide enough for what was seen, with their names above.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { labelText } from '../../../../src/shared/frame/label.ts'
import type { ShownCells } from '../../../../src/shared/frame/shownFields.ts'
import {
  addShown,
  columnHeads,
  columnLabel,
  noColumns,
} from '../../../../src/webview/rows/shownColumns.ts'

function shown(lead: string, ...cells: readonly (string | number | null)[]): ShownCells {
  return {
    lead,
    cells: cells.map((cell) => {
      if (typeof cell === 'number') return { text: String(cell), isNumber: true }
      return cell === null ? null : { text: cell }
    }),
  }
}

function drawn(names: readonly string[], rows: readonly ShownCells[]): readonly string[] {
  const columns = rows.reduce(addShown, noColumns(names))
  return [columnHeads(columns, names), ...rows.map((row) => labelText(columnLabel(columns, row)))]
}

describe('the columns of shown fields', () => {
  it('stand under one another, numbers by their point, missing ones empty', () => {
    const rows = [
      shown('trade', 'BTC-EUR', 70477.5, 'west'),
      shown('trade', 'ETH', 2866, 'north'),
      shown('tick', null, 0.125, null),
    ]
    assert.deepEqual(drawn(['symbol', 'price', 'venue'], rows), [
      '       symbol       price  venue',
      'trade  BTC-EUR  70477.5    west',
      'trade  ETH       2866      north',
      'tick                0.125',
    ])
  })

  it('say quietly what the row above of the same kind has said', () => {
    const rows = [shown('trade', 'BTC', 1, null), shown('trade', 'BTC', 2, 'west')]
    const [first, second] = rows as [ShownCells, ShownCells]
    const columns = rows.reduce(addShown, noColumns(['symbol', 'n', 'venue']))
    const quiet = (above: ShownCells | null) =>
      columnLabel(columns, second, above)
        .filter((part) => part.quiet)
        .map(({ text }) => text.trim())
    assert.deepEqual(quiet(first), ['BTC'])
    assert.deepEqual(quiet(null), [])
    assert.deepEqual(quiet(second), ['BTC', '2', 'west'])
  })

  it('are as wide as their names, and begin at once where nothing leads', () => {
    assert.deepEqual(drawn(['choices[0].delta.content'], [shown('', 'Hello')]), [
      'choices[0].delta.content',
      'Hello',
    ])
  })

  it('do not get narrower, and stay the same where nothing new is wider', () => {
    const wide = addShown(noColumns(['a', 'b']), shown('trade', 'x'.repeat(10), 1.5))
    assert.equal(addShown(wide, shown('t', 'x', 2.5)), wide)
    assert.notEqual(addShown(wide, shown('t', 'x', 12.5)), wide)
  })

  it('count a wide letter as two, and are as wide where the font has none', () => {
    const rows = [shown('取引', '東京', 1), shown('trade', 'BTC', 2)]
    assert.deepEqual(drawn(['market', 'n'], rows), [
      '       market  n',
      '取引   東京    1',
      'trade  BTC     2',
    ])
    const columns = rows.reduce(addShown, noColumns(['market', 'n']))
    const fixed = (row: ShownCells) => columnLabel(columns, row).map((part) => part.fixed === true)
    assert.deepEqual(rows.map(fixed), [
      [true, true, false],
      [false, false, false],
    ])
  })

  it('cut what is very long', () => {
    const [heads = '', row = ''] = drawn(
      ['n'.repeat(60), 'b'],
      [shown('l'.repeat(60), 'v'.repeat(60), 1)],
    )
    assert.match(row, /^l{27}… {2}v{35}… {2}1$/)
    assert.match(heads, /^ {28} {2}n{35}… {2}b$/)
  })
})
