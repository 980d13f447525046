// Rows of what a tap holds, and of what became of it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { heldView } from '../../../../src/webview/rows/heldRows.ts'
import { rowView } from '../../../../src/webview/rows/rowView.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const [order] = sampleRows([
  { kind: 'message', direction: 'out', detail: text, bytes: '{"size":0.01}' },
])
const [told] = sampleRows([
  {
    ...{ kind: 'notice', direction: 'local', code: 'tap-changed', replyTo: 1 },
    detail: { message: 'Held for 4.1 s, changed.' },
    bytes: '{"size":0.1}',
  },
])

describe('the row of what a tap holds', () => {
  it('is amber, and tells how long it has waited', () => {
    assert.ok(order)
    const usual = rowView(order, null)
    const { after, tone, ink, hold, text, shape } = heldView(usual, 4130)
    assert.deepEqual(
      { after, tone, ink, hold },
      { after: 'held 4.1 s', tone: 'warning', ink: 'warning', hold: 'waits' },
    )
    assert.deepEqual([text, shape], [usual.text, 'out'])
    assert.equal(heldView(usual, 125_000).after, 'held 2 min 5 s')
    assert.equal(heldView(usual, -20).after, 'held 0.0 s', 'a clock that was set')
    assert.equal(
      heldView({ ...usual, after: 'after 12 ms' }, 900).after,
      'after 12 ms · held 0.9 s',
    )
  })

  it('says the same to a screen reader all the time', () => {
    assert.ok(order)
    const usual = rowView(order, null)
    const [early, late] = [heldView(usual, 100).label, heldView(usual, 9000).label]
    assert.equal(early, `${usual.label}, held`)
    assert.equal(late, early)
  })
})

describe('the row of what became of it', () => {
  it('is marked and amber, with what went on', () => {
    assert.ok(told)
    const { hold, tone, ink, text } = rowView(told, null)
    assert.deepEqual([hold, tone, ink], ['decided', 'warning', 'warning'])
    assert.equal(text, 'Held for 4.1 s, changed. What went on: {"size":0.1}')
    for (const code of ['tap-held', 'tap-dropped'] as const)
      assert.equal(
        rowView({ ...told, frame: { ...told.frame, code } as Frame }, null).hold,
        'decided',
      )
  })

  it('is no mark of other notices', () => {
    assert.ok(told)
    const frame = { ...told.frame, code: 'tap-cut' } as Frame
    assert.equal(rowView({ ...told, frame }, null).hold, null)
  })
})
