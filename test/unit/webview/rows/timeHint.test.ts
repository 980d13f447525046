// The tooltips of the times in rows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { rowView } from '../../../../src/webview/rows/rowView.ts'
import { timeHint } from '../../../../src/webview/rows/timeHint.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'

describe('the tooltip of a time', () => {
  const [polled, answered] = sampleFrames.polling
  assert.ok(polled && answered)

  it('adds up to the time between a request’s row and its answer’s', () => {
    assert.equal(
      timeHint(answered, 'before', 'since'),
      'Since the row above. Answered after 3.0 ms: from the last byte of the request to the first byte of the answer. ' +
        'Its last byte, where this row stands, came 0.2 ms later.',
    )
    assert.equal(rowView(answered, polled.frame.at).since, '+3.2 ms')
    assert.match(timeHint(answered, 'start', 'after'), /^Answered after 3\.0 ms: .* later\.$/)
  })

  it('says since when the time counts, over filtered rows as well', () => {
    assert.equal(timeHint(polled, 'start', 'since'), 'Since the session’s first frame.')
    assert.equal(timeHint(polled, 'before', 'since'), 'Since the row above.')
    assert.equal(timeHint(polled, 'start', 'after'), '')
    assert.match(timeHint(polled, 'sent', 'since'), /^Since the last message or request/)
    assert.match(timeHint(polled, 'clock', 'since'), /time of day/)
  })

  it('tells of the row of an opening that it stands at the first byte', () => {
    const [, opened] = sampleFrames.websocket
    assert.ok(opened)
    assert.doesNotMatch(timeHint(opened, 'start', 'after'), /later/)
  })

  it('explains the gap before a long poll', () => {
    const request = sampleFrames['long-polling'].find(({ frame }) => frame.kind === 'request')
    assert.ok(request?.frame.kind === 'request')
    const detail = { ...request.frame.detail, gapMs: 15 }
    const frame: Frame = { ...request.frame, detail }
    assert.match(timeHint({ ...request, frame }, 'start', 'since'), /No request was open for 15 ms/)
  })
})
