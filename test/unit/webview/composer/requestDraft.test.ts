// The request in the companion's form: a saved one is known while it is unchanged, and hints come before it is sent.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { SavedRequest } from '../../../../src/shared/endpoint/endpoint.ts'
import {
  freshRequest,
  type RequestDraft,
  requestDraftOf,
  requestHint,
  savedRequestIn,
} from '../../../../src/webview/composer/requestDraft.ts'

const saved: SavedRequest = {
  name: 'publish',
  request: 'PUT',
  url: '/publish',
  headers: [
    ['Accept', 'text/plain'],
    ['X-A', 'b'],
  ],
  body: null,
}

describe('a request in the form', () => {
  it('is a saved one until a part of it is changed', () => {
    const draft = requestDraftOf(saved)
    assert.deepEqual(draft, {
      httpMethod: 'PUT',
      url: '/publish',
      headers: 'Accept: text/plain\nX-A: b',
      body: '',
    })
    assert.equal(savedRequestIn(draft, [saved], 'publish'), saved)
    assert.equal(savedRequestIn(draft, [saved], 'other'), undefined)
    assert.equal(savedRequestIn(draft, [saved], null), undefined)
    for (const part of ['httpMethod', 'url', 'headers', 'body'] as const) {
      const changed: RequestDraft = { ...draft, [part]: `${draft[part]} ` }
      assert.equal(savedRequestIn(changed, [saved], 'publish'), undefined, part)
    }
  })

  it('comes with a hint where it is a saved one, has references, or a body that is no JSON', () => {
    const hintOf = (part: Partial<RequestDraft>) =>
      requestHint({ ...freshRequest, ...part }, undefined)
    const good = requestHint(requestDraftOf(saved), saved)
    assert.deepEqual(good, { text: '“publish”, as saved in the profile', tone: 'good' })
    for (const part of ['url', 'headers', 'body']) {
      assert.match(hintOf({ [part]: `a\${secret:b}` }).text, /^References such as .*saved request/)
    }
    assert.equal(hintOf({ body: '{"a":1}' }).text, '')
    assert.equal(hintOf({ body: 'words' }).text, '')
    assert.deepEqual(hintOf({ body: '{\n"a" 1}' }), {
      text: 'Body, line 2, column 5: a colon is expected. It can still be sent.',
      tone: 'warning',
    })
  })
})
