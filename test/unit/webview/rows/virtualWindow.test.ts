// Rows in view and their places, from none to a hundred million.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  barFromTop,
  clampTop,
  isAtTail,
  maxSpacerPx,
  maxTop,
  revealRow,
  rowPx,
  rowsPerPage,
  snapTop,
  spacerPx,
  tailPx,
  topAfterResize,
  topFromBar,
  visibleRows,
} from '../../../../src/webview/rows/virtualWindow.ts'

const viewportPx = 700
const sizes = [0, 1, 20, 27, 1000, 307_000, 1_000_000, 100_000_000]

describe('the virtual window', () => {
  for (const total of sizes) {
    describe(`over ${total} rows`, () => {
      const extent = { total, viewportPx }

      it('shows the first row at the top and the last row at the bottom', () => {
        const top = visibleRows(0, extent, 0)
        assert.equal(top.first, 0)
        const bottom = visibleRows(maxTop(extent), extent, 0)
        assert.equal(bottom.end, total)
        const lastRowEnd = total * rowPx - maxTop(extent)
        assert.ok(lastRowEnd + tailPx <= viewportPx, 'the last row and the live row fit')
      })

      it('shows a window of rows that does not grow with their number', () => {
        for (const share of [0, 0.25, 0.5, 0.999, 1]) {
          const { first, end } = visibleRows(share * maxTop(extent), extent, 3)
          assert.ok(first >= 0 && end <= total)
          assert.ok(end - first <= viewportPx / rowPx + 2 + 6)
        }
      })

      it('leads the scroll bar to both ends exactly', () => {
        const range = spacerPx(extent) - viewportPx
        assert.equal(barFromTop(0, extent), 0)
        assert.equal(topFromBar(0, extent), 0)
        if (range <= 0) return
        assert.equal(barFromTop(maxTop(extent), extent), range)
        assert.equal(topFromBar(range, extent), maxTop(extent))
      })

      it('keeps the scroll bar below what browsers can hold', () => {
        assert.ok(spacerPx(extent) <= maxSpacerPx)
      })

      it('comes back from the scroll bar to where it was', () => {
        for (const share of [0.1, 0.5, 0.9]) {
          const top = snapTop(share * maxTop(extent), extent)
          assert.equal(topFromBar(barFromTop(top, extent), extent), top)
        }
      })

      it('begins with a whole row at its end and wherever the scroll bar leads', () => {
        assert.equal(maxTop(extent) % rowPx, 0)
        for (const share of [0.123, 0.5, 0.77]) {
          assert.equal(topFromBar(share * (spacerPx(extent) - viewportPx), extent) % rowPx, 0)
        }
      })

      it('moves by whole rows, scaled or not', () => {
        const top = clampTop(Math.floor(total / 2) * rowPx, extent)
        const before = visibleRows(top, extent, 0).first
        const after = visibleRows(clampTop(top + rowPx, extent), extent, 0).first
        assert.equal(after - before, top + rowPx <= maxTop(extent) ? 1 : 0)
      })
    })
  }

  it('reveals a row with the least move', () => {
    const extent = { total: 1000, viewportPx: 260 }
    const cases = [
      { index: 5, top: 0, expected: 0, why: 'it is visible' },
      { index: 3, top: 260, expected: 78, why: 'it is above' },
      { index: 20, top: 0, expected: 286, why: 'it is below' },
      { index: 999, top: 0, expected: maxTop(extent), why: 'it is the last, with the live row' },
      { index: 0, top: 13, expected: 0, why: 'it is half visible' },
    ]
    for (const { index, top, expected, why } of cases) {
      assert.equal(revealRow(index, top, extent), expected, why)
    }
  })

  it('reveals a row that is far off among its neighbours', () => {
    const extent = { total: 1000, viewportPx: 300 }
    for (const top of [0, 900 * rowPx]) assert.equal(revealRow(500, top, extent), 496 * rowPx)
    assert.equal(revealRow(999, 0, extent), maxTop(extent))
    assert.equal(revealRow(0, 900 * rowPx, extent), 0)
  })

  it('reveals a row so that the first one is whole', () => {
    for (const viewportPx of [260, 271, 300]) {
      assert.equal(revealRow(20, 0, { total: 1000, viewportPx }) % rowPx, 0)
    }
  })

  it('knows the tail, also when half a row is missing', () => {
    const extent = { total: 1000, viewportPx: 260 }
    assert.equal(isAtTail(maxTop(extent), extent), true)
    assert.equal(isAtTail(maxTop(extent) - rowPx / 2, extent), true)
    assert.equal(isAtTail(maxTop(extent) - rowPx, extent), false)
    assert.equal(isAtTail(0, { total: 3, viewportPx: 260 }), true)
  })

  it('turns a page by what fits, and by one row at least', () => {
    assert.equal(rowsPerPage(260), 9)
    assert.equal(rowsPerPage(10), 1)
  })
})

describe('a view that gets lower', () => {
  const extent = { total: 1000, viewportPx: 300 }
  it('keeps the selected row in view where it was', () => {
    assert.equal(topAfterResize(20, 0, extent, 700), revealRow(20, 0, extent))
    assert.equal(topAfterResize(5, 0, extent, 700), 0)
    assert.equal(topAfterResize(null, 0, extent, 700), 0)
  })
  it('leads to no row that was out of view, and moves nothing when it gets higher', () => {
    assert.equal(topAfterResize(500, 0, extent, 700), 0)
    assert.equal(topAfterResize(20, 0, { ...extent, viewportPx: 700 }, 300), 0)
  })
})
