// Checks the one line of what Lifeline itself does and finds, and that nothing in any line can deceive.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  describe as describeFrame,
  maxDescriptionChars,
} from '../../../../src/shared/frame/describe.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import {
  describeSample,
  expectLines,
  message,
  request,
  response,
} from '../../../support/samples/describeSample.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'

expectLines('describe, of a session,', [
  [
    { kind: 'wait', detail: { reason: 'reconnect', delayMs: 1000, attempt: 2, attempts: 5 } },
    'waits 1.0 s, then attempt 2 of 5',
    '',
    'warning',
  ],
  [
    { kind: 'wait', detail: { reason: 'retry-after', delayMs: 2000, attempt: 3, attempts: 5 } },
    'waits 2.0 s (Retry-After), then attempt 3 of 5',
    '',
    'warning',
  ],
  [
    { kind: 'wait', detail: { reason: 'retry', delayMs: 500, attempt: 1 } },
    'waits 500 ms (retry), then attempt 1',
    '',
    'warning',
  ],
  [
    { kind: 'wait', detail: { reason: 'back-off', delayMs: 4000, message: 'no data' } },
    'waits 4.0 s (back-off) · no data',
    '',
    'warning',
  ],
  [
    {
      kind: 'error',
      code: 'ws-abnormal-closure',
      detail: { message: 'Lost.', closeCode: 1006, cause: 'ECONNRESET' },
    },
    '✕ connection lost · code 1006, no close frame',
    '',
    'error',
  ],
  [
    { kind: 'error', code: 'http-timeout', detail: { message: 'No answer within 30 s.' } },
    '✕ No answer within 30 s.',
    '',
    'error',
  ],
  [
    { kind: 'notice', code: 'capture-full', detail: { message: 'It is full.' } },
    'It is full.',
    '',
    'warning',
  ],
  [{ kind: 'notice', detail: { message: 'So be it.' } }, 'So be it.', '', 'muted'],
  [
    { kind: 'end', detail: { by: 'user', message: 'Disconnected.' } },
    'end · Disconnected.',
    '',
    'muted',
  ],
  [{ kind: 'end', detail: { by: 'error', message: '' } }, 'end', '', 'error'],
  [
    { kind: 'end', detail: { by: 'error', message: 'Gave up: Lost.', brief: 'Gave up.' } },
    'end · Gave up.',
    '',
    'error',
  ],
])

describe('describe', () => {
  it('shows control characters and directional overrides instead of obeying them', () => {
    const reason = '\u001b[2J\r\n\u009b31m\u202egnp.exe\u2066\u200b\ufeff\u{e0041}\ud800'
    const { text } = describeSample({
      kind: 'close',
      detail: { code: 1000, reason, by: 'server' },
    })
    assert.equal(
      text,
      'close 1000 (normal closure) “␛[2J␍␊\\u009b31m\\u202egnp.exe\\u2066\\u200b\\ufeff\\u{e0041}\ufffd” by server',
    )
  })

  it('does so in the right column as well', () => {
    const detail = {
      ...response,
      purpose: 'handshake',
      status: 101,
      headers: [['Sec-WebSocket-Protocol', `a\u001b[31m${'b'.repeat(200)}`]],
    } as const
    const { note } = describeSample({ kind: 'response', detail })
    assert.match(note, /^a␛\[31mb+…$/)
    assert.ok(note.length <= 60)
  })

  it('leaves letters, emoji and their joiners as they are', () => {
    const text = 'zoë 早安 مرحبا 👩‍👩‍👧 é'
    assert.equal(
      describeSample({ kind: 'message', bytes: text, detail: message }).text,
      `text ${text}`,
    )
  })

  it('bounds the line and does not cut a character in two', () => {
    for (const pad of ['', 'x']) {
      const target = `/${pad}${'😀'.repeat(2 * maxDescriptionChars)}`
      const { text } = describeSample({ kind: 'request', detail: { ...request, target } })
      assert.ok(text.length <= maxDescriptionChars)
      assert.ok(text.isWellFormed())
      assert.ok(text.endsWith('😀…'))
    }
  })

  it('answers the same for a frame that has been stored as JSON', () => {
    for (const { frame, preview } of Object.values(sampleFrames).flat()) {
      const stored = JSON.parse(JSON.stringify(frame)) as Frame
      assert.deepEqual(describeFrame(stored, preview), describeFrame(frame, preview))
    }
  })
})
