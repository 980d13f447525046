// Texts of what is held: what is not changed passes as it was, and what is changed says so.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkVerdict } from '../../../../../src/shared/calls/checkHolds.ts'
import type { HeldContent } from '../../../../../src/shared/session/tapHolds.ts'
import {
  editableChars,
  type HeldDraft,
  heldDraftOf,
  readHeld,
  replacedPart,
} from '../../../../../src/webview/panes/holds/heldDraft.ts'

const textMessage = (text: string): HeldContent => ({
  kind: 'message',
  message: { type: 'text', text },
})

const binaryMessage = (bytes: Uint8Array): HeldContent => ({
  kind: 'message',
  message: { type: 'binary', bytes },
})

const answer = {
  kind: 'answer',
  ...{ status: 200, reason: 'OK' },
  fields: [
    ['Content-Type', 'application/json'],
    ['X-Spaced', '  two  '],
  ],
  body: '{"ok":true}',
} as const satisfies HeldContent

function draftOf(content: HeldContent): HeldDraft {
  const draft = heldDraftOf(content)
  assert.ok(draft)
  return draft
}

/** What the host takes of what is made of a changed draft. */
function verdictOf(content: HeldContent, change: Partial<HeldDraft> = {}) {
  const read = readHeld(content, draftOf(content), { ...draftOf(content), ...change })
  assert.ok(read.ok)
  return checkVerdict(read.verdict)
}

function mistakeIn(content: HeldContent, change: Partial<HeldDraft>): string {
  const read = readHeld(content, draftOf(content), { ...draftOf(content), ...change })
  assert.ok(!read.ok)
  return read.message
}

describe('the text of a held message', () => {
  for (const text of ['', 'one', 'a\r\nb\r\n', 'a\rb', 'a\nb\r\nc', '\u0000']) {
    it(`passes as it was where it is not changed: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(verdictOf(textMessage(text)), { kind: 'pass' })
    })
  }

  it('stands in the box with the line ends that a box makes', () => {
    assert.equal(draftOf(textMessage('a\r\nb\rc\nd')).text, 'a\nb\nc\nd')
  })

  it('has the line ends that all of its lines had, once it is changed', () => {
    const typed = (before: string) => verdictOf(textMessage(before), { text: 'x\ny\nz' })
    const goesAs = (text: string) => ({ kind: 'change', content: textMessage(text) })
    assert.deepEqual(typed('a\r\nb'), goesAs('x\r\ny\r\nz'))
    assert.deepEqual(typed('a\rb'), goesAs('x\ry\rz'))
    assert.deepEqual(typed('a\r\nb\nc'), goesAs('x\ny\nz'))
    assert.deepEqual(typed('a'), goesAs('x\ny\nz'))
  })

  it('can be emptied', () => {
    assert.deepEqual(verdictOf(textMessage('a'), { text: '' }), {
      kind: 'change',
      content: textMessage(''),
    })
  })

  it('is hex where it is binary, and says what is no hex', () => {
    const content = binaryMessage(Uint8Array.of(0, 171, 255))
    assert.equal(draftOf(content).text, '00 ab ff')
    assert.deepEqual(verdictOf(content), { kind: 'pass' })
    assert.deepEqual(verdictOf(content, { text: '00abFE' }), {
      kind: 'change',
      content: binaryMessage(Uint8Array.of(0, 171, 254)),
    })
    assert.match(mistakeIn(content, { text: '00 a' }), /pairs of hexadecimal digits/)
    assert.match(mistakeIn(content, { text: 'xy' }), /pairs of hexadecimal digits/)
  })

  it('is not there where it is too large for a box', () => {
    assert.ok(heldDraftOf(textMessage('x'.repeat(editableChars))))
    assert.equal(heldDraftOf(textMessage('x'.repeat(editableChars + 1))), null)
    assert.equal(heldDraftOf(binaryMessage(new Uint8Array(editableChars / 2))), null)
    assert.equal(heldDraftOf({ ...answer, body: 'x'.repeat(editableChars + 1) }), null)
  })
})

describe('the texts of a held answer', () => {
  it('pass as they were where nothing is changed', () => {
    assert.deepEqual(verdictOf(answer), { kind: 'pass' })
    assert.deepEqual(verdictOf({ ...answer, reason: '', body: null }), { kind: 'pass' })
  })

  it('change its status, its fields and its body', () => {
    const changed = { status: '404 Not Found', fields: 'Retry-After: 5\n', text: '' }
    assert.deepEqual(verdictOf(answer, changed), {
      kind: 'change',
      content: {
        ...{ kind: 'answer', status: 404, reason: 'Not Found' },
        ...{ fields: [['Retry-After', '5']], body: '' },
      },
    })
  })

  it('leave a body that is no text as it is', () => {
    const { kind, content } = verdictOf({ ...answer, body: null }, { status: '299' }) as {
      kind: string
      content: HeldContent
    }
    assert.equal(kind, 'change')
    assert.deepEqual(content, {
      ...{ kind: 'answer', status: 299, reason: '', body: null },
      fields: [
        ['Content-Type', 'application/json'],
        ['X-Spaced', '  two  '],
      ],
    })
  })

  it('can have a body where there was none', () => {
    const none = {
      ...answer,
      status: 204,
      reason: 'No Content',
      body: null,
      bodiless: true,
    } as const
    assert.deepEqual(verdictOf(none), { kind: 'pass' })
    const bodyOf = (text: string) => {
      const verdict = verdictOf(none, { status: '200 OK', text })
      return verdict.kind === 'change' && 'body' in verdict.content && verdict.content.body
    }
    assert.equal(bodyOf('{}'), '{}')
    assert.equal(bodyOf(''), null)
  })

  it('say what is wrong', () => {
    assert.match(mistakeIn(answer, { status: 'OK' }), /three digits/)
    assert.match(mistakeIn(answer, { status: '20' }), /three digits/)
    assert.match(mistakeIn(answer, { fields: 'no colon' }), /Header line 1/)
  })
})

describe('what stood there before', () => {
  for (const [before, after, was] of [
    ['{"size":0.01}', '{"size":0.1}', '0.01'],
    ['{"size":-5}', '{"size":5}', '-5'],
    ['buy now', 'sell now', 'buy'],
    ['aa', 'aaa', 'aa'],
    ['a: 5\nb: 5', 'a: 5\nb: 5\nc: 1', ''],
    ['size 1', 'size 10', '1'],
    ['b: 5', 'a: 1\nb: 5', ''],
    ['5', '15', '5'],
    ['[]', '[1]', ''],
    ['same', 'same', ''],
    ['a b c', 'a c', 'b c'],
    ['x', '', 'x'],
    ['«😀»', '«😁»', '😀'],
  ] as const) {
    it(`is ${JSON.stringify(was)} of ${before} as ${after}`, () => {
      assert.equal(replacedPart(before, after), was)
    })
  }
})
