// A jar keeps a bounded number of cookies from servers that set them without end.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createCookies } from '../../../../src/engine/transports/cookies.ts'

const setting = (name: string) => [['Set-Cookie', `${name}=1`]] as const

describe('a session’s cookies', () => {
  it('are kept of so many hosts, and it is told that those of others are not', () => {
    const cookies = createCookies()
    const place = (n: number) => new URL(`http://h${n}.test/`)
    for (let n = 0; n < 50; n++) assert.equal(cookies.take(setting('a'), place(n)), null)
    assert.match(cookies.take(setting('a'), place(50)) ?? '', /h50\.test were not/)
    assert.deepEqual(cookies.addTo([], place(50)), [])
    assert.equal(cookies.take(setting('b'), place(49)), null)
    assert.deepEqual(cookies.addTo([], place(49)), [['Cookie', 'a=1; b=1']])
  })

  it('go out with longer paths first, then in the order in which they were set', () => {
    const cookies = createCookies()
    const url = new URL('http://a.test/x/y')
    for (const one of ['z=1; Path=/', 'b=2; Path=/x', 'a=3; Path=/', 'c=4; Path=/x/y']) {
      cookies.take([['Set-Cookie', one]], url)
    }
    assert.deepEqual(cookies.addTo([], url), [['Cookie', 'c=4; b=2; z=1; a=3']])
  })

  it('are not counted for hosts that set none', () => {
    const cookies = createCookies()
    for (let n = 0; n < 100; n++) cookies.take([['X-A', 'b']], new URL(`http://h${n}.test/`))
    assert.equal(cookies.take(setting('a'), new URL('http://a.test/')), null)
  })

  it('tell which are not kept, and why', () => {
    const refusal = (one: string) =>
      createCookies().take([['Set-Cookie', one]], new URL('http://a.example/'))
    assert.equal(
      refusal('id=1; Domain=b.example'),
      'The cookie id is for b.example, not for a.example, and was not kept.',
    )
    assert.equal(
      refusal('id=1; Domain=co.uk'),
      'The cookie id is for all of co.uk and was not kept.',
    )
    assert.match(refusal(';;;') ?? '', /cannot be read/)
    assert.equal(refusal('id=1; Domain=a.example'), null)
  })

  it('go to no other host', () => {
    const cookies = createCookies()
    cookies.take([['Set-Cookie', 'a=1; Domain=b.test']], new URL('http://a.test/'))
    cookies.take([['Set-Cookie', 'a=1; Domain=test']], new URL('http://a.test/'))
    cookies.take(setting('c'), new URL('http://a.test/'))
    for (const host of ['b.test', 'test', 'x.a.test']) {
      assert.deepEqual(cookies.addTo([], new URL(`http://${host}/`)), [])
    }
  })
})
