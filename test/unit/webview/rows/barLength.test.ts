// The bars of holds and waits: lengths that tell times apart within one row.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { barLength } from '../../../../src/webview/rows/barLength.ts'
import { rowPx } from '../../../../src/webview/rows/virtualWindow.ts'

describe('the length of a bar', () => {
  it('grows with each decade and stays within its row', () => {
    const lengths = [0, 5, 50, 500, 2000, 30_000, 3_600_000].map(barLength)
    assert.deepEqual(
      lengths,
      [...lengths].sort((a, b) => a - b),
    )
    assert.ok(lengths.every((px) => px > 0 && px < rowPx - 4))
  })

  it('tells 5 ms from 2 s', () => {
    assert.ok(barLength(2000) > 2.5 * barLength(5), `${barLength(5)} and ${barLength(2000)} px`)
  })
})
