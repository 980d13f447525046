import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { toldError } from '../../../../../src/engine/protocols/stream/toldError.ts'

describe('The error that a JSON text tells', () => {
  const cases: readonly (readonly [from: string, text: unknown, words: string | null])[] = [
    [
      'an object',
      { error: { message: 'No quota.', type: 'limit', code: 429 } },
      '“No quota.” (429)',
    ],
    ['a list', [{ error: { code: 400, message: 'Bad.', status: 'INVALID' } }], '“Bad.” (400)'],
    ['a bare text', { error: 'no such model' }, '“no such model”'],
    [
      'a type',
      { type: 'error', error: { type: 'overloaded_error', message: 'Busy' } },
      '“Busy” (overloaded_error)',
    ],
    [
      'a framework',
      { status: 500, error: 'Internal Server Error', path: '/x' },
      '“Internal Server Error” (500)',
    ],
    ['several', { errors: [{ message: 'First' }, { message: 'Second' }] }, '“First”'],
    [
      'a problem',
      { type: 'about:blank', title: 'Gone', detail: 'It is gone.' },
      '“It is gone.” (about:blank)',
    ],
    ['lines', { message: 'a\n b' }, '“a b”'],
    ['data', { items: [1] }, null],
    ['null', { error: null }, null],
    ['a number', 1, null],
    ['depth', [[[[[{ message: 'deep' }]]]]], null],
  ]
  for (const [from, text, words] of cases) {
    it(`of ${from} is ${words}`, () => {
      assert.equal(toldError(JSON.stringify(text))?.words ?? null, words)
    })
  }

  it('is none in what is no JSON', () => {
    assert.equal(toldError('{"error":'), null)
    assert.equal(toldError('error'), null)
  })

  it('is cut where it is long', () => {
    const { words = '' } = toldError(JSON.stringify({ message: 'x'.repeat(1e6) })) ?? {}
    assert.ok(words.length < 600)
  })

  it('may be about credentials', () => {
    for (const code of ['invalid_api_key', 'authentication_error', 401, 'PERMISSION_DENIED']) {
      assert.equal(toldError(JSON.stringify({ message: 'm', code }))?.ofCredentials, true)
    }
    for (const code of ['overloaded_error', 429, 4011]) {
      assert.equal(toldError(JSON.stringify({ message: 'm', code }))?.ofCredentials, false)
    }
  })
})
