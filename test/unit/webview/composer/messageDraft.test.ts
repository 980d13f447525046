// The message that the send box makes of its text, and when it is still the profile's.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { SavedMessage } from '../../../../src/shared/endpoint/endpoint.ts'
import {
  type CheckedDraft,
  checkDraft,
  type DraftType,
  draftOf,
  readyMessage,
  savedAs,
  typedDraft,
} from '../../../../src/webview/composer/messageDraft.ts'

const bytes = (...values: number[]) => ({ type: 'binary', bytes: Uint8Array.from(values) }) as const
const text = (value: string) => ({ type: 'text', text: value }) as const

const cases: readonly (readonly [DraftType, string, CheckedDraft['message'], RegExp, string])[] = [
  ['text', '', null, /^$/, ''],
  ['hex', '', null, /^$/, ''],
  ['text', 'hello', text('hello'), /^$/, ''],
  ['text', '{"a":1}', text('{"a":1}'), /^Valid JSON$/, 'good'],
  [
    'text',
    '{"a":x}',
    text('{"a":x}'),
    /^Line 1, column 6: .* It can still be sent as text\.$/,
    'warning',
  ],
  ['json', '{"a":1}', text('{"a":1}'), /^Valid JSON$/, 'good'],
  ['json', '{"a":x}', null, /^Line 1, column 6: .* It could be sent as text\.$/, 'error'],
  ['json', 'hello', null, /^Line 1, column 1: /, 'error'],
  ['hex', 'ca fe:01', bytes(0xca, 0xfe, 1), /^3 bytes$/, 'good'],
  ['hex', 'a', null, /hexadecimal/, 'error'],
  ['hex', 'zz', null, /hexadecimal/, 'error'],
  ['base64', 'AQ==', bytes(1), /^1 byte$/, 'good'],
  ['base64', 'A', null, /base64/, 'error'],
  ['file', '/x', null, /Only a saved message/, 'error'],
  // It may still be typed.
  ['text', '{"op":"sub', text('{"op":"sub'), /^Line 1, column 7: a closing " is expected/, ''],
  ['json', '{"op":', null, /^Line 1, column 7: a value is expected/, ''],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a user writes
  ['text', '${secret:a}', text('${secret:a}'), /^References such as/, 'warning'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a user writes
  ['json', '"${secret:a}"', text('"${secret:a}"'), /^References such as/, 'warning'],
]

describe('a draft in the send box', () => {
  for (const [type, draft, message, hint, tone] of cases) {
    it(`${JSON.stringify(draft)} as ${type} ${message ? `is ${message.type}` : 'is not sent'}`, () => {
      const checked = checkDraft(type, draft)
      assert.deepEqual(checked.message, message)
      assert.match(checked.hint, hint)
      assert.equal(checked.tone, tone)
    })
  }
})

describe('a saved message in the send box', () => {
  const messages: readonly SavedMessage[] = [
    { name: 'json', kind: 'text', value: '{"a":1}' },
    { name: 'words', kind: 'text', value: 'hello' },
    { name: 'bytes', kind: 'hex', value: '0a' },
    { name: 'file', kind: 'file', value: '/x' },
  ]

  it('has the type that fits it', () => {
    assert.deepEqual(
      messages.map((message) => draftOf(message).draftType),
      ['json', 'text', 'hex', 'file'],
    )
  })

  it('is known until its text or its type is changed', () => {
    for (const message of messages) {
      const { draft, draftType } = draftOf(message)
      assert.equal(savedAs(messages, message.name, draft, draftType), message)
      assert.equal(savedAs(messages, message.name, `${draft} `, draftType), undefined)
      assert.equal(savedAs(messages, message.name, draft, 'base64'), undefined)
      assert.equal(savedAs(messages, null, draft, draftType), undefined)
    }
    assert.equal(savedAs([], 'json', '{"a":1}', 'json'), undefined)
  })

  it('is sent by its name, and what is typed as it stands, whose bytes a ping can carry', () => {
    const bytes = new TextEncoder().encode('hello')
    assert.deepEqual(readyMessage(messages, { ...typedDraft, saved: 'words' }, 'hello', 'text'), {
      message: { type: 'saved', name: 'words' },
      hint: { text: '“words”, as saved in the profile', tone: 'good' },
      bytes: null,
    })
    assert.deepEqual(readyMessage(messages, typedDraft, 'hello', 'text'), {
      message: { type: 'text', text: 'hello' },
      hint: { text: '', tone: '' },
      bytes,
    })
    assert.deepEqual(readyMessage(messages, typedDraft, '68656c6c6f', 'hex').bytes, bytes)
    assert.equal(readyMessage(messages, typedDraft, '', 'text').bytes, null)
  })

  it('is sent as made of a frame where it holds references, and by its frame where it was saved since', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a frame has
    const login = '{"token":"${secret:token}"}'
    const message = text(login)
    const given = readyMessage(messages, { saved: null, of: 7 }, login, 'json')
    assert.deepEqual(given.message, { type: 'edited', message, of: 7 })
    assert.equal(given.hint.text, 'References to secrets are filled in as in #7')
    assert.deepEqual(
      readyMessage(messages, { saved: null, of: 7 }, 'plain', 'text').message,
      text('plain'),
    )
    const kept = [{ name: 'Log in', kind: 'text', value: login, of: 9 }] as const
    const ready = readyMessage(kept, { saved: 'Log in', of: 9 }, login, 'json')
    assert.deepEqual(ready.message, { type: 'edited', message, of: 9 })
    assert.equal(ready.hint.text, '“Log in”, as saved in the profile')
  })
})
