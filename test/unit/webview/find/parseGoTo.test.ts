// Places to go to, read from what is typed.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { goToChoices } from '../../../../src/webview/find/goToChoices.ts'
import { parseGoTo } from '../../../../src/webview/find/parseGoTo.ts'

/** From 14:20:00.250 to 14:30, by the clock of the machine. */
const startedAt = new Date(2026, 10, 20, 14, 20, 0, 250).getTime()
const span = { startedAt, lastAt: startedAt + 600_000 }

/** Each as `#7`, `12500` or `clock 12500`. */
function read(text: string, of: typeof span | null = span): readonly string[] {
  return parseGoTo(text, of).map((place) => {
    if (place.to === 'frame') return `#${place.seq}`
    return `${place.as === 'clock' ? 'clock ' : ''}${place.elapsedMs}`
  })
}

describe('where to go', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    '1234': ['#1234'],
    '#1,234': ['#1234'],
    ' 7 ': ['#7'],
    '12.5s': ['12500'],
    '12.304': ['12304'],
    '+4.1 ms': ['4.1'],
    '1m 30s': ['90000'],
    '2 min 5 s': ['125000'],
    '1h2m': ['3720000'],
    '2:05.120': ['125120'],
    '14:22:07': ['clock 126750'],
    '14:22:07.318': ['clock 127068'],
    '14:20:00': ['clock 0'],
    '14:22': ['clock 119750'],
    '2:05': ['125000'],
    '1:00:00': ['clock 38399750', '3600000'],
    '': [],
    error: [],
    '1 2': [],
    '12:75:00x': [],
  }
  for (const [text, places] of Object.entries(cases)) {
    it(`is read from “${text}”`, () => assert.deepEqual(read(text), places))
  }

  it('has no clock before the first frame', () => {
    assert.deepEqual(read('14:22:07', null), ['51727000'])
  })

  it('is offered with both its times, and among acts and bookmarks by any of their words', () => {
    const labels = (text: string) => goToChoices(text, span).map(({ label }) => label)
    assert.deepEqual(labels('1234'), ['Frame #1,234'])
    assert.deepEqual(labels('1:00:00'), ['Time of day 01:00:00.000', '1:00:00.000 since the start'])
    assert.deepEqual(labels('error prev'), ['Previous error'])
    assert.equal(labels('').length, 7)
    const marks = [
      { seq: 3, at: 0, note: 'an odd error' },
      { seq: 1200, at: 0, note: '' },
    ]
    const found = (text: string) => goToChoices(text, span, marks).map(({ label }) => label)
    assert.deepEqual(found('odd'), ['an odd error · #3'])
    assert.deepEqual(found('mark'), ['Next bookmark', 'Previous bookmark', 'Bookmark #1,200'])
    assert.deepEqual(labels('nonsense'), [])
  })
})
