// No form of a secret's value gets past the redactor.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createRedactor } from '../../../../src/engine/session/redaction.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'
import { isShared, share } from '../../../../src/shared/frame/share.ts'
import { createSecretFinder } from '../../../../src/shared/secrets/finder/secretFinder.ts'
import type { Secret } from '../../../../src/shared/session/sessionPlan.ts'
import {
  binaryMessage,
  endFrame,
  request,
  textMessage,
} from '../../../support/captures/captureFrames.ts'

const value = 's3c/r+t "ä=?'
const redactorOf = (secrets: readonly Secret[]) => createRedactor(createSecretFinder(secrets))
const redact = redactorOf([{ name: 'token', value }])
const base64 = (text: string) => Buffer.from(text).toString('base64')
const ref = `\${secret:token}`

function payloadText(frame: NewFrame): string {
  return Buffer.from(frame.payload ?? []).toString()
}

describe('createRedactor', () => {
  const forms: readonly (readonly [name: string, text: string, expected: string])[] = [
    ['as it is', `a${value}b`, `a${ref}b`],
    ['percent-encoded', `?q=${encodeURIComponent(value)}&b`, `?q=${ref}&b`],
    ['percent-encoded in lower case', encodeURIComponent(value).toLowerCase(), ref],
    ['form-encoded', new URLSearchParams({ q: value }).toString(), `q=${ref}`],
    ['in a URL as URL writes it', new URL(`http://h/?q=${value}`).href, `http://h/?q=${ref}`],
    ['escaped in JSON', JSON.stringify({ q: value }), `{"q":"${ref}"}`],
    ['escaped in JSON as ASCII', `"s3c\\/r+t \\"\\u00e4=?"`, `"${ref}"`],
    ['percent-encoded within a URL', encodeURIComponent(encodeURIComponent(value)), ref],
    ['escaped in JSON within JSON', JSON.stringify(JSON.stringify(value)), `"\\"${ref}\\""`],
    ['escaped in HTML', 's3c/r+t&#32;&quot;&#xe4;=?', ref],
    ['in base64', base64(value), ref],
    ['in base64 for URLs', `x.${Buffer.from(value).toString('base64url')}`, `x.${ref}`],
    ['more than once', `${value}${value} ${base64(value)}`, `${ref}${ref} ${ref}`],
  ]
  for (const [name, text, expected] of forms) {
    it(`replaces a value ${name}, in payloads and in details`, () => {
      assert.equal(payloadText(redact(textMessage(text))), expected)
      const { detail } = redact(endFrame(text))
      assert.deepEqual(detail, { by: 'user', message: expected })
    })
  }

  it('replaces a value that stood in a JSON answer, or stands there now', () => {
    const path = 'session.token'
    const values = [{ path, from: JSON.stringify(value), to: JSON.stringify(`${value}2`) }]
    const difference = { added: [], removed: [], changed: [path], values }
    const answer = { ...endFrame(''), detail: { difference } } as unknown as NewFrame
    const clean = [{ path, from: `"${ref}"`, to: `"${ref}2"` }]
    assert.deepEqual(redact(answer).detail, { difference: { ...difference, values: clean } })
  })

  it('replaces a value in UTF-8 where each byte was read as a character, as in header fields', () => {
    const { detail } = redact(endFrame(Buffer.from(value).toString('latin1')))
    assert.deepEqual(detail, { by: 'user', message: ref })
  })

  it('replaces a value in bytes of latin1, and with a name of any characters', () => {
    const named = redactorOf([{ name: 'ключ', value }])
    const frame = binaryMessage(Buffer.from(`a${value}`, 'latin1'))
    assert.equal(payloadText(named(frame)), `a\${secret:ключ}`)
  })

  it('replaces each of the characters that HTML has a name for', () => {
    const html = redactorOf([{ name: 'token', value: `a<b>&'"` }])
    for (const text of [
      'a&lt;b&gt;&amp;&apos;&quot;',
      'a&#60;b&#62;&#38;&#039;&#34;',
      'a&#x3C;b&#x3e;&#x26;&#x27;&#x22;',
    ]) {
      assert.equal(payloadText(html(textMessage(text))), ref)
    }
  })

  it('hides the first part of a value where a sentence quotes what was cut', () => {
    const { detail } = redact(endFrame(`The server said “${value.slice(0, 6)}…” … and s3.`))
    assert.deepEqual(detail, { by: 'user', message: `The server said “${ref}…” … and s3.` })
  })

  it('hides the first part of a value where a sentence ends with what a peer has said', () => {
    const { detail } = redact(endFrame(`The stream broke off: data: ${value.slice(0, -1)}`))
    assert.deepEqual(detail, { by: 'user', message: `The stream broke off: data: ${ref}` })
  })

  it('replaces a value inside longer base64, whatever stands before and after', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const after of ['', 'z', 'yz', 'xyz']) {
        const text = payloadText(redact(textMessage(`<${base64(before + value + after)}>`)))
        assert.match(text, /^<[A-Za-z0-9+/]*\$\{secret:token\}[A-Za-z0-9+/]*={0,2}>$/)
        const left = text.replace(ref, '').length - 2
        assert.ok(left <= Math.ceil((4 * (before.length + after.length)) / 3) + 2, text)
      }
    }
  })

  it('shows Basic credentials decoded, with the reference in place of the password', () => {
    const short = redactorOf([{ name: 'pw', value: 'abc' }])
    const frame = request('http://h/', [['authorization', `Basic ${base64('me:abc')}`]])
    assert.ok(frame.kind === 'request')
    const clean = short(frame)
    assert.ok(clean.kind === 'request')
    assert.deepEqual(clean.detail.headers, [['authorization', `Basic me:\${secret:pw}`]])
  })

  it('replaces a value in URLs and headers and leaves the frame it was given alone', () => {
    const url = `http://h/?q=${encodeURIComponent(value)}`
    const frame = request(url, [
      ['X-Key', value],
      ['X-Other', 'b'],
    ])
    const clean = redact(frame)
    assert.ok(clean.kind === 'request' && frame.kind === 'request')
    assert.equal(clean.detail.url, `http://h/?q=${ref}`)
    assert.deepEqual(clean.detail.headers, [
      ['X-Key', ref],
      ['X-Other', 'b'],
    ])
    assert.equal(frame.detail.url, url)
  })

  it('keeps every other byte of a binary payload, and the sizes of the wire', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const frame = binaryMessage(Buffer.concat([bytes, Buffer.from(value), bytes]))
    const clean = redact(frame)
    assert.deepEqual(
      Buffer.from(clean.payload ?? []),
      Buffer.concat([bytes, Buffer.from(ref), bytes]),
    )
    assert.equal(clean.sizeBytes, frame.sizeBytes)
    assert.equal(Buffer.from(frame.payload ?? []).includes(value), true)
  })

  it('gives back the very same frame when nothing matches or there are no secrets', () => {
    const frame = textMessage('harmless')
    assert.equal(redact(frame), frame)
    const secretFrame = textMessage(value)
    assert.equal(redactorOf([])(secretFrame), secretFrame)
    assert.equal(redactorOf([{ name: 'empty', value: '' }])(secretFrame), secretFrame)
  })

  it('hides the first part of a value where a limit has cut the payload', () => {
    const frame = textMessage(`say ${value.slice(0, 5)}`)
    assert.ok(frame.kind === 'message')
    assert.equal(redact(frame), frame)
    const cut = redact({ ...frame, detail: { ...frame.detail, truncatedAt: 10 } })
    assert.equal(payloadText(cut), `say ${ref}`)
  })

  it('prefers the longer of two values that begin at the same place', () => {
    const both = redactorOf([
      { name: 'short', value: 'abc' },
      { name: 'long', value: 'abcdef' },
    ])
    assert.equal(payloadText(both(textMessage('abcdef abcx'))), `\${secret:long} \${secret:short}x`)
  })

  it('keeps a shared detail shared', () => {
    const detail = share({ by: 'user', message: value } as const)
    const one = redact({ ...endFrame(''), kind: 'end', code: null, detail })
    const two = redact({ ...endFrame(''), kind: 'end', code: null, detail })
    assert.equal(one.detail, two.detail)
    assert.ok(isShared(one.detail))
  })
})

describe('The method of a request', () => {
  it('is hidden where it is a secret, and is a word where HTTP knows it', () => {
    const hide = redactorOf([
      { name: 'verb', value: 'XYZ-SECRET' },
      { name: 'pin', value: 'GET' },
    ])
    const methodOf = (method: string) => {
      const sent = request('http://h/', [])
      const asked = { ...sent, detail: { ...sent.detail, method } } as NewFrame
      const { detail } = hide(asked)
      return 'method' in detail ? detail.method : null
    }
    assert.equal(methodOf('XYZ-SECRET'), ['$', '{secret:verb}'].join(''))
    assert.equal(methodOf('GET'), 'GET')
  })
})
