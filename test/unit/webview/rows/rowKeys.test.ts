// Keys over the rows: from the selected row, or from what is in view.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type KeyedRows, rowForKey } from '../../../../src/webview/rows/rowKeys.ts'
import { rowPx } from '../../../../src/webview/rows/virtualWindow.ts'

const rows: KeyedRows = {
  at: null,
  seen: { first: 40, end: 50 },
  total: 100,
  viewportPx: 10 * rowPx,
}

const cases: readonly [key: string, at: number | null, expected: number | null][] = [
  ['ArrowDown', null, 40],
  ['ArrowUp', null, 49],
  ['PageDown', null, 49],
  ['PageUp', null, 40],
  ['ArrowDown', 7, 8],
  ['ArrowUp', 7, 6],
  ['ArrowUp', 0, -1],
  ['ArrowDown', 99, 100],
  ['PageDown', 7, 16],
  ['PageUp', 7, -2],
  ['Home', 7, 0],
  ['Home', null, 0],
  ['End', 7, 99],
  ['Enter', 7, null],
  ['a', null, null],
]

describe('a key over the rows', () => {
  for (const [key, at, expected] of cases) {
    const from = at === null ? 'without a selection' : `from row ${at}`
    it(`${key} ${from} ${expected === null ? 'selects none' : `selects ${expected}`}`, () => {
      assert.equal(rowForKey(key, { ...rows, at }), expected)
    })
  }
})
