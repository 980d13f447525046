// Credentials that pass a tap: none of them is recorded, both ways, unless the user says so.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { secretReference } from '../../../../src/shared/endpoint/references.ts'
import { defaultTapSettings } from '../../../../src/shared/endpoint/tapSettings.ts'
import { type ScriptedTap, scriptTap } from '../../../support/tap/scriptedTap.ts'

const ref = secretReference

/** All that was recorded, as text. */
function recorded(tap: ScriptedTap): string {
  return tap.frames.map((one) => JSON.stringify(one) + (tap.text(one) ?? '')).join('\n')
}

const token = 'tok-8d1f0c7b2a9e4f63'
const bearer = 'Zm9vYmFyLWJhei1xdXg'

describe('credentials that pass a tap', () => {
  it('are hidden in fields of both sides, short ones too, with their names', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request(`GET /a?access_token=${token}`, [
      'Authorization: Bearer abc',
      'Proxy-Authorization: Basic YTpi',
      'Cookie: sid=1; theme=dark; empty=',
      `X-Api-Key: ${bearer}`,
      'X-Auth-Token: abc123',
    ])
    const cookie = 'sid=2; Path=/; HttpOnly'
    pair.answer(
      '200 OK',
      [`Set-Cookie: ${cookie}`, `Location: /b?token=${token}`],
      `echo ${bearer}`,
    )
    const [request] = tap.all('request')
    const [response] = tap.all('response')
    assert.ok(request && response)
    const fields = Object.fromEntries([...request.detail.headers, ...response.detail.headers])
    assert.equal(fields.Authorization, `Bearer ${ref('authorization')}`)
    assert.equal(fields['Proxy-Authorization'], `Basic ${ref('proxy-authorization')}`)
    assert.equal(fields.Cookie, `sid=${ref('cookie-sid')}; theme=${ref('cookie-theme')}; empty=`)
    assert.equal(fields['X-Api-Key'], `${ref('header-x-api-key')}`)
    assert.equal(fields['X-Auth-Token'], `${ref('header-x-auth-token')}`)
    assert.equal(fields['Set-Cookie'], `sid=${ref('cookie-sid')}; Path=/; HttpOnly`)
    assert.equal(request.detail.target, `/a?access_token=${ref('query-access_token')}`)
    assert.equal(tap.text(response), `echo ${ref('header-x-api-key')}`)
    for (const secret of [token, bearer]) assert.ok(!recorded(tap).includes(secret), secret)
  })

  it('are hidden in bodies and messages of both sides, and wherever they come again', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('POST /login', [], '{"user":"ann","password":"correct-horse-9"}')
    pair.answer('200 OK', [], `{"access_token":"${token}","expires_in":3600}`)
    pair.request('GET /me', [`Authorization: Bearer ${token}`])
    pair.answer('200 OK', ['Content-Encoding: gzip'], gzipSync(`{"you":"ann","by":"${token}"}`))
    const texts = tap.frames.map((one) => tap.text(one)).filter((text) => text !== null)
    assert.deepEqual(texts, [
      `{"user":"ann","password":"${ref('body-password')}"}`,
      `{"access_token":"${ref('body-access_token')}","expires_in":3600}`,
      `{"you":"ann","by":"${ref('body-access_token')}"}`,
    ])
    assert.ok(!recorded(tap).includes(token))
  })

  it('are hidden in the query that another field tells, and in what a refusal quotes', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a', [`Referer: http://localhost:53124/b?access_token=${token}`])
    pair.answer('200 OK')
    const target = `http://other.example/?token=${bearer}`
    const head = Buffer.from(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    tap.pair().tell({
      kind: 'refused',
      reason: 'proxy',
      message: `No proxy for ${target}.`,
      head,
      status: 400,
    })
    for (const secret of [token, bearer]) assert.ok(!recorded(tap).includes(secret), secret)
  })

  it('are hidden in JSON that does not come to its end, or stands in another text', async () => {
    const tap = await scriptTap('http://api.example', { limits: { payloadBytes: 200 } })
    const json = `{"you":"ann","password":"correct-horse-9","access_token":"${token}","rest":"`
    const pair = tap.pair()
    pair.request('GET /long')
    pair.answer('200 OK', [], `${json}${'x'.repeat(200)}"}`)
    pair.request('GET /page')
    pair.answer('200 OK', [], `<script>state = ${json}"}</script>`)
    pair.request('GET /short')
    pair.response('200 OK', ['Content-Length: 1000'])
    pair.body('server', json)
    pair.closed('server')
    assert.equal(tap.all('response').length, 3)
    for (const secret of [token, 'correct-horse-9']) assert.ok(!recorded(tap).includes(secret))
  })

  it('are hidden in what was changed of a field', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    const from = 'sid=abc123; Domain=api.example'
    pair.response(
      '200 OK',
      [`Set-Cookie: ${from}`, 'Content-Length: 0'],
      [{ name: 'Set-Cookie', from, to: 'sid=abc123' }],
    )
    pair.end('server')
    assert.deepEqual(tap.all('response')[0]?.detail.changes, [
      {
        name: 'Set-Cookie',
        from: `sid=${ref('cookie-sid')}; Domain=api.example`,
        to: `sid=${ref('cookie-sid')}`,
      },
    ])
  })

  it('are hidden however many come with one request, and after many others', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    const fields = Array.from(
      { length: 100 },
      (_, i) => `X-Token-${i}-Secret: value-${i}-of-a-secret`,
    )
    pair.request('GET /a', fields)
    pair.answer('200 OK')
    pair.request('GET /a', fields)
    pair.answer('200 OK')
    assert.doesNotMatch(recorded(tap), /value-\d+-of-a-secret/)
  })

  it('leave ordinary words alone that a cookie holds as well', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a', ['Cookie: consent=accepted; lang=en-US'])
    pair.answer('200 OK', [], 'accepted en-US')
    const [response] = tap.all('response')
    assert.ok(response)
    assert.equal(tap.text(response), 'accepted en-US')
  })

  it('are no tokens of a language model, but tokens that a stream hands out', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a', ['Accept: text/event-stream'])
    pair.response('200 OK', ['Content-Type: text/event-stream'])
    pair.body('server', 'data: {"token":" wonderful"}\n\n', `data: {"token":"${token}"}\n\n`)
    assert.deepEqual(
      tap.all('event').map((one) => tap.text(one)),
      ['{"token":" wonderful"}', `{"token":"${ref('body-token')}"}`],
    )
  })

  it('are kept as they are where the user says so', async () => {
    const tap = await scriptTap('http://api.example', {
      endpoint: { tap: { ...defaultTapSettings, keepCredentials: true } },
    })
    const pair = tap.pair()
    pair.request(
      'POST /login',
      [`Authorization: Bearer ${bearer}`, 'Cookie: sid=1'],
      '{"password":"correct-horse-9"}',
    )
    pair.answer('200 OK', ['Set-Cookie: sid=2'], `{"access_token":"${token}"}`)
    assert.doesNotMatch(recorded(tap), /\$\{secret/)
    for (const kept of [bearer, 'correct-horse-9', token]) assert.ok(recorded(tap).includes(kept))
  })
})
