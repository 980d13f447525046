// The columns beside the lifelines, from 340 to 2,500 px.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  addNeeds,
  type ChosenColumns,
  type ColumnNeeds,
  columnsFor as placed,
} from '../../../../src/webview/rows/columns.ts'

const letterPx = 7.2
const trades = { timeChars: 9, noteChars: 5 }
const none: ChosenColumns = { timesPx: null, notesPx: null }

function columnsFor(widthPx: number, letter: number, needs: ColumnNeeds, chosen = none) {
  return placed(widthPx, letter, needs, chosen)
}

describe('the columns', () => {
  it('leave far more than two thirds to the words where there is room', () => {
    const { clientPx, serverPx } = columnsFor(1400, letterPx, trades)
    assert.ok((serverPx - clientPx) / 1400 > 0.85, `${clientPx} to ${serverPx}`)
    const words = columnsFor(1400, letterPx, { timeChars: 9, noteChars: 18 })
    assert.ok((words.serverPx - words.clientPx) / 1400 > 0.78, 'beside words of a handshake')
  })

  it('show what stands in them whole, up to a length', () => {
    for (const timeChars of [5, 9, 13]) {
      const { clientPx } = columnsFor(1400, letterPx, { ...trades, timeChars })
      assert.ok(clientPx >= timeChars * letterPx + 20)
    }
    const most = columnsFor(1400, letterPx, { timeChars: 400, noteChars: 400 })
    assert.deepEqual(most, columnsFor(1400, letterPx, { timeChars: 13, noteChars: 20 }))
  })

  it('move for no time below a minute and no size', () => {
    const first = columnsFor(1400, letterPx, { timeChars: '+0.7 ms'.length, noteChars: 4 })
    const later = { timeChars: '+59.999 s'.length, noteChars: '999.9 kB'.length }
    assert.deepEqual(columnsFor(1400, letterPx, later), first)
  })

  it('leave half to the words where the timeline is narrow', () => {
    const { clientPx, serverPx } = columnsFor(340, letterPx, { timeChars: 12, noteChars: 18 })
    assert.ok(serverPx - clientPx >= 150, `${clientPx} to ${serverPx}`)
  })

  it('keep together what belongs together on the widest screens', () => {
    const { clientPx, serverPx, notePx } = columnsFor(3800, letterPx, trades)
    assert.equal(serverPx - clientPx, 1800)
    assert.ok(serverPx + notePx < 2000)
    const drawn = columnsFor(3800, letterPx, trades, { timesPx: null, notesPx: 200 })
    assert.equal(drawn.serverPx, 3600, 'if nobody has drawn them apart')
  })

  it('get wider with what is seen, and no narrower', () => {
    const known = { timeChars: 9, noteChars: 18 }
    assert.equal(addNeeds(known, { timeChars: 7, noteChars: 5 }), known)
    assert.deepEqual(addNeeds(known, { timeChars: 11, noteChars: 5 }), {
      timeChars: 11,
      noteChars: 18,
    })
  })

  it('are as wide as the user has drawn them, as far as words have room', () => {
    const drawn = columnsFor(1400, letterPx, trades, { timesPx: 200, notesPx: 300 })
    assert.deepEqual(drawn, { clientPx: 200, notePx: 300, serverPx: 1100 })
    const narrow = columnsFor(340, letterPx, trades, { timesPx: 200, notesPx: 300 })
    assert.deepEqual(narrow, { clientPx: 136, notePx: 136, serverPx: 204 })
    const shut = columnsFor(1400, letterPx, trades, { timesPx: 0, notesPx: null })
    assert.equal(shut.clientPx, 24, 'it can be caught again')
    assert.equal(shut.notePx, columnsFor(1400, letterPx, trades).notePx)
  })
})
