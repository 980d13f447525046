// Checks how numbers are written, at the borders where a unit changes above all.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  formatClock,
  formatCount,
  formatDelay,
  formatElapsed,
  formatLimit,
  formatRate,
  formatRising,
  formatSince,
  formatSize,
} from '../../../../src/shared/text/units.ts'

function table<T>(format: (value: T) => string, rows: readonly (readonly [T, string])[]): void {
  assert.deepEqual(
    rows.map(([value]) => format(value)),
    rows.map(([, expected]) => expected),
  )
}

describe('units', () => {
  it('write sizes in decimal units', () => {
    table(formatSize, [
      [0, '0 B'],
      [42, '42 B'],
      [999, '999 B'],
      [1000, '1.0 kB'],
      [1234, '1.2 kB'],
      [999_949, '999.9 kB'],
      [999_950, '1.0 MB'],
      [1_610_000, '1.6 MB'],
      [4 * 1024 ** 3, '4.3 GB'],
      [5e12, '5.0 TB'],
      [5e15, '5000.0 TB'],
    ])
  })

  it('write a limit in the unit in which it is set', () => {
    table(formatLimit, [
      [1000, '1.0 kB'],
      [2 ** 20, '1 MiB'],
      [16 * 2 ** 20, '16 MiB'],
      [4 * 2 ** 30, '4096 MiB'],
    ])
  })

  it('write delays to the precision that they deserve', () => {
    table(formatDelay, [
      [0, '0.0 ms'],
      [0.31, '0.3 ms'],
      [4.1, '4.1 ms'],
      [9.94, '9.9 ms'],
      [9.96, '10 ms'],
      [11.4, '11 ms'],
      [999.4, '999 ms'],
      [999.6, '1.0 s'],
      [12_304, '12.3 s'],
      [59_949, '59.9 s'],
      [59_960, '1 min 0 s'],
      [125_000, '2 min 5 s'],
      [3_599_400, '59 min 59 s'],
      [3_599_600, '1 h 0 min'],
      [11_040_000, '3 h 4 min'],
    ])
  })

  it('write the time since the row before with a sign', () => {
    table(formatSince, [
      [-0.2, '+0.0 ms'],
      [4.1, '+4.1 ms'],
      [12_304, '+12.304 s'],
      [59_999.6, '+1 min 0 s'],
      [125_000, '+2 min 5 s'],
    ])
  })

  it('group the digits of counts the same way on every machine', () => {
    table(formatCount, [
      [0, '0'],
      [999, '999'],
      [12_461, '12,461'],
      [1_000_000, '1,000,000'],
    ])
  })

  it('write delays that rise with one unit for all, where one will do', () => {
    const texts = (...ms: number[]) => formatRising(ms).join(' / ')
    assert.equal(texts(6.31, 59, 187), '6.3 / 59 / 187 ms')
    assert.equal(texts(461, 994, 1187), '461 / 994 / 1,187 ms')
    assert.equal(texts(1200, 5000, 12_345), '1.2 / 5.0 / 12.3 s')
    assert.equal(texts(6.31, 59, 12_345), '6.3 ms / 59 ms / 12.3 s')
    assert.equal(texts(65_000, 65_000, 125_000), '1 min 5 s / 1 min 5 s / 2 min 5 s')
    assert.equal(texts(), '')
  })

  it('write rates', () => {
    table(formatRate, [
      [0, '0/s'],
      [0.4, '0.4/s'],
      [842, '842/s'],
      [12_461.2, '12,461/s'],
    ])
  })

  it('write how long something has been going on', () => {
    table(formatElapsed, [
      [0, '00:00:00'],
      [-5, '00:00:00'],
      [134_999, '00:02:14'],
      [100 * 3_600_000, '100:00:00'],
    ])
  })

  it('write the local time of day with milliseconds', () => {
    assert.equal(formatClock(new Date(2026, 10, 20, 4, 2, 7, 31).getTime() + 0.421), '04:02:07.031')
  })
})
