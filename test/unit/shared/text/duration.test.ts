import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { formatDuration, parseDuration } from '../../../../src/shared/text/duration.ts'

describe('duration', () => {
  const good: readonly [unknown, number][] = [
    ['1500ms', 1500],
    ['2s', 2000],
    ['1m', 60_000],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    [' 2s ', 2000],
    [250, 250],
    [0, 0],
  ]
  for (const [written, ms] of good) {
    it(`reads ${JSON.stringify(written)} as ${ms} ms`, () => {
      assert.equal(parseDuration(written), ms)
    })
  }

  for (const written of [
    '',
    '2',
    '2 s',
    '-1s',
    '2S',
    '1d',
    's',
    '1e3ms',
    -1,
    Number.NaN,
    null,
    {},
  ]) {
    it(`does not read ${JSON.stringify(written)}`, () => {
      assert.equal(parseDuration(written), null)
    })
  }

  for (const [ms, written] of [
    [1500, '1500ms'],
    [2000, '2s'],
    [60_000, '1m'],
    [90_000, '90s'],
    [3_600_000, '1h'],
    [0, '0ms'],
  ] as const) {
    it(`writes ${ms} ms as ${written}, which reads back as the same`, () => {
      assert.equal(formatDuration(ms), written)
      assert.equal(parseDuration(written), ms)
    })
  }
})
