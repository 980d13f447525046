// The words of the strip.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Outage } from '../../../../src/shared/session/overview.ts'
import { hintOf, overviewWords, valueText } from '../../../../src/webview/strip/stripWords.ts'
import { overviewOf } from './overviewOf.ts'

const lost: Outage = {
  fromAt: 2000,
  untilAt: 7000,
  seq: 3,
  code: 'ws-no-close',
  closeCode: 1006,
  count: 1,
}
const overview = {
  ...overviewOf({
    framesIn: [1200, 40, 0],
    framesOut: [3, 0, 0],
    errors: [0, 1, 0],
    bytesIn: [6000, 200, 0],
    outages: [lost],
  }),
  binMs: 5000,
  endAt: 12_500,
}

describe('the words of the strip', () => {
  it('tell the time and what there is of it', () => {
    assert.equal(valueText(overview, 0, 5000), '0 s, 1,203 frames')
    assert.equal(valueText(overview, 5000, 10_000), '5.0 s, 40 frames, 1 error')
  })

  it('tell what is under the pointer, a line each', () => {
    const hint = 'nothing'
    assert.equal(hintOf(overview, 10_000, 11_000), `10.0 s\n${hint}`)
    assert.equal(
      hintOf(overview, 3000, 3010),
      '3.0 s\n1,200 in, 3 out · 6.0 kB\nconnection lost at 2.0 s (1006), back after 5.0 s',
    )
  })

  it('tell all that is drawn', () => {
    assert.equal(
      overviewWords(overview, 6),
      '1,240 frames in and 3 out in 12.5 s. 1 error. Connection lost at 2.0 s (1006), back after 5.0 s. 6 match the filter.',
    )
    assert.equal(overviewWords({ ...overview, startAt: null }, null), 'No frames yet.')
  })

  it('tell how it ended, of many as one, and of those that last', () => {
    const words = (outage: Partial<Outage>) =>
      overviewWords(
        { ...overview, errors: new Uint32Array(3), outages: [{ ...lost, ...outage }] },
        null,
      )
    assert.match(words({ untilAt: null }), /Connection lost at 2\.0 s \(1006\), not back yet\.$/)
    assert.match(words({ count: 4 }), /Connection lost at 2\.0 s \(1006\), 4 times until 7\.0 s\.$/)
    assert.match(
      words({ code: null, closeCode: null }),
      /Wait for a connection at 2\.0 s, over after 5\.0 s\.$/,
    )
  })
})
