// The name of a session that has none.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shortName } from '../../../../src/shared/url/names.ts'

const short: readonly (readonly [string, string])[] = [
  ['ws://localhost:7411/ws', 'localhost:7411/ws'],
  ['https://user:secret@a.example/feed?token=abc#x', 'a.example/feed'],
  ['https://me@b.example:sec@ret@a.example/feed', 'a.example/feed'],
  [`https://me:\${secret:a/b}@a.example/feed`, 'a.example/feed'],
  ['https://a.example/', 'a.example'],
  ['m:sesame@a.example/feed', 'a.example/feed'],
  ['http:m:sesame@a.example/feed', 'a.example/feed'],
  ['http://a.example:80/me@b.example', 'a.example:80/me@b.example'],
  ['http://[::1]:80/@me', '[::1]:80/@me'],
  ['unix:/run/b@c.sock:/me@feed', '/run/b@c.sock/me@feed'],
  [`https://a.example/hook/\${secret:token}`, `a.example/hook/\${secret:token}`],
]

const sixty = `a.example/${'x'.repeat(50)}`

describe('a session without a profile', () => {
  for (const [url, expected] of short) {
    it(`is called ${expected} for ${url}`, () => assert.equal(shortName(url), expected))
  }

  it('has a name of 60 characters at the most, cut in its middle', () => {
    assert.equal(shortName(`https://${sixty}/`), sixty)
    const name = shortName(`https://a.example/${'x'.repeat(100)}/of/the/last/part?q=1`)
    assert.equal(name, `a.example/${'x'.repeat(20)}…${'x'.repeat(12)}/of/the/last/part`)
    assert.equal(name.length, 60)
  })

  it('has a name that splits no character', () => {
    const name = shortName(`https://a.example/${'😀'.repeat(100)}`)
    assert.equal([...name].length, 60)
    assert.ok(name.isWellFormed())
  })
})
