// A search in slices: told once it takes long, stopped and gone on with, and its words.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { SlowSearch, searchWords } from '../../../../src/webview/model/slowSearch.ts'

describe('a search in slices', () => {
  let now = 0
  beforeEach(() => {
    now = 0
    mock.method(Date, 'now', () => now)
  })
  afterEach(() => mock.restoreAll())

  it('is told after half a second, and stopped from then on', () => {
    const search = new SlowSearch()
    assert.equal(search.readOn(10), true)
    now = 500
    assert.deepEqual([search.isSlow, search.stop()], [false, false])
    assert.equal(searchWords(search, 0, 100), '')
    now = 501
    assert.equal(search.readOn(43), true)
    assert.equal(searchWords(search, 0, 100), 'searching 43 %')
    assert.equal(searchWords(search, 0, 100, 'reading'), 'reading 43 %')
    assert.equal(search.stop(), true)
    assert.equal(search.readOn(44), false)
    assert.equal(searchWords(search, 0, 100), 'stopped at 43 %', 'that slice is not taken')
    search.see(true, 44)
    assert.equal(searchWords(search, 0, 100), 'stopped at 44 %', 'this one is shown')
    assert.equal(search.stop(), false, 'it is stopped already')
    search.goOn()
    assert.deepEqual([search.readOn(45), search.isSlow], [true, true])
    search.end()
    assert.deepEqual([search.isOpen, search.isSlow, search.upTo], [false, false, 0])
  })

  it('tells its share of the frames that are sought, and never all of them', () => {
    const search = new SlowSearch()
    search.readOn(1000)
    now = 501
    assert.equal(searchWords(search, 800, 1200), 'searching 50 %')
    assert.equal(searchWords(search, 0, 1000), 'searching 99 %')
    assert.equal(searchWords(search, 1000, 1000), 'searching 0 %')
    assert.equal(searchWords(search, 2000, 3000), 'searching 0 %')
  })
})
