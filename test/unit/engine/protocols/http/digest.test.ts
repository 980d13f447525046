import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'mocha'
import { challengesIn } from '../../../../../src/engine/protocols/http/challenges.ts'
import {
  type DigestRequest,
  digestAnswer,
  digestChallenge,
} from '../../../../../src/engine/protocols/http/digest.ts'

const hash = (algorithm: string, text: string) =>
  createHash(algorithm).update(text, 'latin1').digest('hex')

function challengeOf(...fields: readonly string[]) {
  return digestChallenge(challengesIn(fields.map((value) => ['WWW-Authenticate', value] as const)))
}

function answerTo(field: string, request: Partial<DigestRequest> = {}): string {
  const challenge = challengeOf(field)
  assert.ok(challenge)
  const all = { user: 'Mufasa', password: 'Circle of Life', method: 'GET', ...request }
  const rest = { uri: '/dir/index.html', body: new Uint8Array(), cnonce, count: 1 }
  return digestAnswer(challenge, { ...rest, ...all }, hash)
}

const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v'
const opaque = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS'
const example = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`

describe('digestAnswer', () => {
  // [rfc7616] 3.9.1
  it('is that of the standard’s example', () => {
    const rows = [
      ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
      ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
    ] as const
    for (const [algorithm, response] of rows) {
      assert.equal(
        answerTo(example(algorithm)),
        `Digest username="Mufasa", realm="http-auth@example.org", nonce="${nonce}", uri="/dir/index.html", algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="${cnonce}", response="${response}", opaque="${opaque}"`,
      )
    }
  })

  // [rfc7616] 3.9.2, with the user name's UTF-8 as [rfc7616] errata 4897 has it
  it('hashes the user’s name where the server wants it', () => {
    const answer = answerTo(
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="n", opaque="o", charset=UTF-8, userhash=true',
      { user: 'Jäsøn Doe' },
    )
    const name = hash('sha512-256', Buffer.from('Jäsøn Doe:api@example.org').toString('latin1'))
    assert.ok(answer.startsWith(`Digest username="${name}", `), answer)
    assert.match(answer, /, userhash=true$/)
  })

  // [rfc2069] 2.4, with the answer that its errata give
  it('does without `qop` where the server offers none', () => {
    const answer = answerTo(
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      { password: 'CircleOfLife' },
    )
    assert.match(answer, /response="1949323746fe6a43ef61f9606e7febea"/)
    assert.doesNotMatch(answer, /qop|cnonce|nc=|algorithm/)
  })

  it('takes the body in where only `auth-int` is offered', () => {
    const field = 'Digest realm="r", nonce="n", qop="auth-int", algorithm=MD5-sess'
    const answer = answerTo(field, { method: 'POST', body: Buffer.from('é') })
    const md5 = (text: string) => hash('md5', text)
    const a1 = md5(`${md5('Mufasa:r:Circle of Life')}:n:${cnonce}`)
    const a2 = md5(`POST:/dir/index.html:${md5(Buffer.from('é').toString('latin1'))}`)
    const response = md5(`${a1}:n:00000001:${cnonce}:auth-int:${a2}`)
    assert.ok(answer.includes(`response="${response}"`), answer)
  })

  it('writes quotes, and names that are not ASCII, as the standard has it', () => {
    assert.match(answerTo('Digest realm="a \\"b\\"", nonce="n"'), /realm="a \\"b\\""/)
    const named = answerTo('Digest realm="r", nonce="n", charset=UTF-8', { user: 'Zoë*' })
    assert.match(named, /^Digest username\*=UTF-8''Zo%C3%AB%2A, /)
  })
})

describe('digestChallenge', () => {
  it('is the first that can be answered', () => {
    const found = challengeOf(
      'Basic realm="r"',
      'Digest realm="r", nonce="1", algorithm=SHA-3',
      'Digest realm="r", nonce="2", qop="auth-new"',
      'Digest realm="r", algorithm=SHA-256',
      'Digest realm="r", nonce="\x01"',
      'Digest realm="\x7f", nonce="3"',
      'Digest realm="r", nonce="4", algorithm=SHA-256, qop="auth"',
      'Digest realm="r", nonce="5", algorithm=MD5, qop="auth"',
    )
    assert.equal(found?.nonce, '4')
  })

  it('is none where nobody asks for one', () => {
    assert.equal(challengeOf('Basic realm="r"', 'Bearer'), null)
  })
})
