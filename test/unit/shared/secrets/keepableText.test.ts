// Texts that the user typed: kept on disk unless they hold a credential.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createIsKeepable, rememberVerdicts } from '../../../../src/shared/secrets/keepableText.ts'
import { testEndpoint } from '../../../support/samples/testEndpoint.ts'

const endpoint = testEndpoint({
  url: 'ws://localhost:1/ws',
  method: 'websocket',
  headers: [['Authorization', `Bearer \${secret:token}`]],
})
const secrets = [
  { name: 'token', value: 'q7.Zr4-t0k3n' },
  { name: 'password', value: 'hunter' },
]
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'

describe('a filter', () => {
  const isKeepable = createIsKeepable(endpoint, secrets)
  const isKeepableOpened = createIsKeepable(endpoint, [])

  it('is not kept where it holds a secret of the session', () => {
    for (const text of [
      'q7.Zr4-t0k3n',
      'dir:out q7.Zr4-t0k3n',
      '/q7\\.Zr4-t0k3n/',
      'hunter',
      '"hunter"',
    ])
      assert.equal(isKeepable(text), false, text)
    assert.equal(isKeepableOpened('q7.Zr4-t0k3n'), true)
  })

  it('is not kept where it holds what looks like a credential, in a saved capture, too', () => {
    for (const text of [
      jwt,
      `dir:out ${jwt}`,
      `/${jwt.replaceAll('.', '\\.')}/`,
      '/ws?access_token=abc',
      '"token":"abc"',
    ])
      assert.equal(isKeepableOpened(text), false, text)
  })

  it('is kept where it only speaks of such', () => {
    for (const text of [
      'token',
      'kind:error authorization',
      'key:42',
      'type:auth is:error',
      '$.token',
      '/a\\.b/',
      'hunters',
      '$.price > 100 name:trade',
      '/eyJ/',
      'status>=400 after:12.5s',
      '#2',
    ])
      assert.equal(isKeepable(text), true, text)
  })
})

describe('a judge who remembers', () => {
  function start() {
    const judged: string[] = []
    const judge = rememberVerdicts((text) => {
      judged.push(text.slice(0, 1))
      return !text.includes('t0k3n')
    })
    return { judged, judge }
  }

  it('judges each text once', () => {
    const { judged, judge } = start()
    for (const _ of [1, 2]) assert.deepEqual([judge('a'), judge('b t0k3n')], [true, false])
    assert.deepEqual(judged, ['a', 'b'])
  })

  it('forgets what was asked about the longest time ago, however long texts are', () => {
    const { judged, judge } = start()
    const mega = 'x'.repeat(1024 * 1024)
    for (const name of ['a', 'b', 'c']) judge(name + mega)
    judge(`a${mega}`)
    judge(`d${mega}`)
    for (const name of ['a', 'b']) judge(name + mega)
    judge(`e${mega.repeat(5)}`)
    judge(`a${mega}`)
    assert.deepEqual(judged, ['a', 'b', 'c', 'd', 'b', 'e', 'a'])
  })
})
