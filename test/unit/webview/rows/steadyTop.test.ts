// Rows stay drawn while one scrolls faster than rows are read.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { createSteadyTop } from '../../../../src/webview/rows/steadyTop.ts'

describe('where rows are drawn', () => {
  let read: Set<number>
  let redrawn: number
  let steady: ReturnType<typeof createSteadyTop>
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    read = new Set([0])
    redrawn = 0
    steady = createSteadyTop(() => redrawn++)
    at(0)
  })
  afterEach(() => mock.timers.reset())

  /** Where rows are drawn then, and whose rows are to be read. */
  const at = (topPx: number, numbering = 'all') => {
    const wantedPx = steady.next(topPx, numbering, (px) => read.has(px))
    return [steady.drawnPx, wantedPx]
  }

  it('is where one has scrolled to, once any of the rows there is read', () => {
    read.add(10)
    assert.deepEqual(at(10), [10, 10])
  })

  it('stays while rows are read, and then is where they are, though one has gone on meanwhile', () => {
    assert.deepEqual(at(10), [0, 10])
    assert.deepEqual(at(20), [0, 10], 'one place is read after the other')
    read.add(10)
    assert.deepEqual(at(30), [10, 30])
    assert.deepEqual(at(40), [10, 30])
    read.add(30)
    read.add(40)
    assert.deepEqual(at(40), [40, 40])
  })

  it('stays no longer than a tenth of a second, and then asks for the place of now', () => {
    at(10)
    mock.timers.tick(99)
    assert.equal(redrawn, 0)
    mock.timers.tick(1)
    assert.equal(redrawn, 1)
    assert.deepEqual(at(20), [20, 20], 'without rows')
    assert.deepEqual(at(30), [30, 20])
    mock.timers.tick(100)
    assert.deepEqual(at(30), [30, 30])
    mock.timers.tick(1000)
    assert.equal(redrawn, 2, 'nothing is to be drawn while one stays')
    read.add(30)
    assert.deepEqual(at(40), [30, 40], 'rows that have come stay again')
  })

  it('is where one has scrolled to when the rows of before are gone or have other numbers', () => {
    assert.deepEqual(at(10), [0, 10])
    assert.deepEqual(at(20, 'others'), [20, 20])
    read.clear()
    assert.deepEqual(at(30, 'others'), [30, 30])
  })
})
