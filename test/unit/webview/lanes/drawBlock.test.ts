// The flag of a block in which a frame proves a finding, by the pole that is drawn of it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'

// It is typed for a page.
const drawn = new URL('../../../../src/webview/lanes/drawBlock.ts', import.meta.url)
const { drawBlock } = (await import(drawn.href)) as {
  drawBlock(pen: object, lane: object, block: object, most: number): void
}

/** Heights at which poles begin for a block between two times in ms, of which the view shows from 10 s to 20 s in 500 px. */
function polesOf(fromAt: number, untilAt: number): readonly number[] {
  const poles: number[] = []
  const context = {
    ...{
      save() {},
      restore() {},
      beginPath() {},
      moveTo() {},
      lineTo() {},
      fill() {},
      fillText() {},
    },
    fillRect: (_x: number, y: number, width: number) => width === 1 && poles.push(y),
  }
  const colours = { ink: {}, text: {}, isStrong: false, fontPx: 12 }
  const scale = { topAt: 10_000, screenMs: 10_000, heightPx: 500 }
  const sums = { firstSeq: 1, lastSeq: 900, framesIn: 900, framesOut: 0, errors: 0 }
  const lane = {
    place: { clientPx: 100, serverPx: 400 },
    findings: { within: () => ({ severity: 'fault' }) },
  }
  const block = { fromAt, untilAt, sums, density: [], place: null }
  drawBlock({ context, colours, scale, letterPx: 7 }, lane, block, 1)
  return poles
}

describe('the flag of a block', () => {
  it('stands at its top, or at that of the view where it begins above', () => {
    assert.deepEqual(polesOf(12_000, 13_000), [100])
    assert.deepEqual(polesOf(0, 60_000), [0])
    const [last = 0] = polesOf(0, 10_100)
    assert.ok(last < 0)
  })
})
