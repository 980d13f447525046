// Lanes across the page: the boxes over neighbouring lifelines never touch.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { layOutLanes } from '../../../../src/webview/lanes/lanesLayout.ts'

/** As the style sheet has it: padding and border to both sides. */
const besideWordPx = { wide: 2 * (10 + 1), narrow: 2 * (4 + 1) }

describe('the layout of lanes', () => {
  it('keeps the boxes of neighbours apart, however narrow the lanes are and however large the letters', () => {
    for (const viewPx of [300, 560, 700, 960, 1280, 1600, 2400])
      for (const count of [1, 2, 3, 4, 8])
        for (const letterPx of [6, 7.2, 9]) {
          const { lanes, isNarrow } = layOutLanes(count, viewPx, 62, letterPx)
          const boxPx = 6 * letterPx + besideWordPx[isNarrow ? 'narrow' : 'wide']
          const places = lanes.flatMap(({ clientPx, serverPx }) => [clientPx, serverPx])
          for (const [index, px] of places.slice(1).entries())
            assert.ok(px - (places[index] ?? 0) >= boxPx + 4, `${viewPx} ${count} ${letterPx}`)
        }
  })

  it('has room for a session of its own, and scrolls where lanes would be too narrow', () => {
    assert.equal(layOutLanes(1, 800, 62, 7).lanes[0]?.widthPx, 738)
    assert.equal(layOutLanes(8, 800, 62, 7).widthPx, 62 + 8 * 120)
  })
})
