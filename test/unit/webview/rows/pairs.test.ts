// The brackets between frames and their answers, near and far.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Row } from '../../../../src/shared/session/captureRows.ts'
import { pairParts } from '../../../../src/webview/rows/pairs.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { sampleJsonRpc } from '../../../support/samples/sampleJsonRpc.ts'

/** `unread`: rows up to this one are not there. */
function partsOf(
  rows: readonly Row[],
  selected: number | null,
  range = { first: 0, end: rows.length },
  unread = -1,
) {
  const row = selected === null ? undefined : rows[selected]
  const parts = pairParts(
    { range, total: rows.length, at: (index) => (index <= unread ? undefined : rows[index]) },
    selected === null || !row ? null : { index: selected, row },
  )
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([index, { part, look, failed, partner, leadsTo }]) =>
      [index, part, look, failed ? 'failed' : '', partner ? 'partner' : '', leadsTo]
        .filter((word) => word !== '')
        .join(' '),
    )
}

const quiet = (parts: readonly string[]) => parts.filter((part) => part.includes('quiet'))
const chosen = (parts: readonly string[]) => parts.filter((part) => part.includes('chosen'))

describe('the bracket of a pair', () => {
  it('stands unasked where a decoder knows the answer right below', () => {
    const parts = partsOf(sampleJsonRpc, null)
    assert.deepEqual(quiet(parts).slice(0, 4), [
      '0 begins quiet 2',
      '1 ends quiet 1',
      '4 begins quiet 6',
      '5 ends quiet 5',
    ])
    assert.deepEqual(partsOf(sampleFrames.polling, null), [], 'each poll would have one')
  })

  it('leads from what is selected to its answer and back, and says where that failed', () => {
    const call = partsOf(sampleJsonRpc, 3)
    assert.deepEqual(chosen(call), [
      '3 begins chosen failed 7',
      '4 passes chosen failed 7',
      '5 passes chosen failed 7',
      '6 ends chosen failed partner 7',
    ])
    assert.deepEqual(chosen(partsOf(sampleJsonRpc, 6))[0], '3 begins chosen failed partner 4')
  })

  it('finds the answer of an exchange that no decoder knows', () => {
    assert.deepEqual(chosen(partsOf(sampleFrames.polling, 0)), [
      '0 begins chosen 2',
      '1 ends chosen partner 2',
    ])
    assert.deepEqual(chosen(partsOf(sampleFrames.polling, 1)), [
      '0 begins chosen partner 1',
      '1 ends chosen 1',
    ])
  })

  it('runs out of the edge where its other end is out of view, read or not', () => {
    const range = { first: 4, end: 7 }
    assert.deepEqual(chosen(partsOf(sampleJsonRpc, 6, range)).at(-1), '6 ends chosen failed 4')
    const far = partsOf(sampleJsonRpc, 6, range, 3)
    assert.deepEqual(chosen(far), [
      '4 passes chosen failed 4',
      '5 passes chosen failed 4',
      '6 ends chosen failed 4',
    ])
  })

  it('is not there for a frame whose other end has no row', () => {
    const filtered = sampleJsonRpc.filter((_, index) => index !== 3)
    assert.deepEqual(chosen(partsOf(filtered, 5)), [])
  })
})
