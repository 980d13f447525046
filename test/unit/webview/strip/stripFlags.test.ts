// The flags of the overview strip: at the time of their frames, one for those that would cover each other.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Finding, Severity } from '../../../../src/shared/session/findings.ts'
import { timesOf } from '../../../../src/webview/strip/overviewTimes.ts'
import { stripFlags } from '../../../../src/webview/strip/stripFlags.ts'
import { overviewOf } from './overviewOf.ts'

const overview = overviewOf({ framesIn: [2, 0, 4, 1], firstSeq: [1, 0, 3, 7] })
const mark = (seq: number, severity: Severity) => ({ seq, finding: { severity } as Finding })

describe('flags in the overview', () => {
  it('stand at the time of a frame, about in its bin', () => {
    const times = timesOf(overview, 7, [1, 2, 3, 5, 7, 8])
    assert.deepEqual(times, [0, 0.5, 2, 2.5, 3, null])
    assert.deepEqual(timesOf({ ...overview, startAt: null }, 7, [1]), [null])
  })

  it('cost one look at each bin, however many frames prove something', () => {
    let looks = 0
    const firstSeq = new Proxy(Uint32Array.of(1, 0, 3, 7), {
      get(bins, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++
        const value = Reflect.get(bins, key)
        return typeof value === 'function' ? value.bind(bins) : value
      },
    })
    const seqs = Array.from({ length: 1000 }, (_, index) => 1 + Math.floor(index / 143))
    timesOf({ ...overview, firstSeq }, 7, seqs)
    assert.ok(looks <= 4, `${looks} looks`)
  })

  it('are one where they would cover each other, as bad as the worst', () => {
    const scale = { fromAt: 0, untilAt: 4, widthPx: 40 }
    const marks = [mark(1, 'hint'), mark(2, 'fault'), mark(5, 'risk'), mark(7, 'hint')]
    assert.deepEqual(stripFlags(marks, overview, 7, scale), [
      { px: 0, severity: 'fault' },
      { px: 25, severity: 'risk' },
    ])
  })
})
