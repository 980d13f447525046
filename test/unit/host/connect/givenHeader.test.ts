// Headers that are given in the form go into the endpoint, and their secrets stand apart.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  bearer,
  checkTypedHeader,
  isUsuallySecret,
  login,
  parseTypedHeader,
  plainHeader,
  secretHeader,
  shownValue,
  withHeader,
} from '../../../../src/host/connect/givenHeader.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { resolveVariables } from '../../../../src/shared/secrets/variables.ts'

function endpoint(entry: object = {}) {
  const parsed = parseEndpoint({ url: 'http://h/', method: 'sse', ...entry })
  assert.ok(parsed.ok)
  return parsed.value
}

describe('a header that is typed', () => {
  it('is a name, or a name with its value', () => {
    assert.deepEqual(parseTypedHeader(' X-Key '), { name: 'X-Key', value: null })
    assert.deepEqual(parseTypedHeader('X-Key:'), { name: 'X-Key', value: null })
    assert.deepEqual(parseTypedHeader('X-Url: http://a/ '), { name: 'X-Url', value: 'http://a/' })
  })

  it('is refused in words where it cannot be sent', () => {
    const check = (text: string, method: 'sse' | 'websocket' = 'sse') =>
      checkTypedHeader(parseTypedHeader(text), method) ?? ''
    assert.match(check('X Key'), /^Correct the name/)
    assert.match(check(': x'), /^Correct the name/)
    assert.match(check('Content-Length'), /sets it itself/)
    assert.match(check('Upgrade', 'websocket'), /sets it itself/)
    assert.match(check('X: a\u0001'), /Remove the control characters/)
    assert.match(check('X: ${envv:A}'), /does not know/)
    assert.equal(check('X: ${env:A}'), '')
  })

  it('is a secret unless the user says otherwise where its name tells of one', () => {
    for (const name of ['authorization', 'Cookie', 'X-API-Key', 'X-Auth-Token']) {
      assert.equal(isUsuallySecret(name), true, name)
    }
    for (const name of ['Accept', 'Origin', 'X-Room']) assert.equal(isUsuallySecret(name), false)
  })
})

describe('a header that is given', () => {
  it('is shown with dots for its secret and with the references that the user wrote', () => {
    assert.equal(shownValue(secretHeader('X-API-Key', 'k3y')), '••••••••')
    assert.equal(shownValue(secretHeader('Authorization', 'Token abc')), 'Token ••••••••')
    assert.equal(shownValue(bearer('t0ken')), 'Bearer ••••••••')
    assert.equal(shownValue(login('basic', 'ann', 'pw')), 'Basic ann:••••••••')
    assert.equal(shownValue(login('digest', 'ann', 'pw')), 'Digest ann:••••••••')
    assert.equal(shownValue(plainHeader('X-Room', '${env:ROOM}')), '${env:ROOM}')
  })

  it('leaves a reference in the place of a secret, and the scheme before it', () => {
    assert.deepEqual(secretHeader('X-API-Key', ' k3y '), {
      field: { kind: 'header', name: 'X-API-Key', value: '${secret:header-x-api-key}' },
      secrets: [{ name: 'header-x-api-key', value: 'k3y' }],
    })
    assert.deepEqual(secretHeader('Authorization', 'Token abc').field, {
      kind: 'header',
      name: 'Authorization',
      value: 'Token ${secret:authorization}',
    })
    assert.deepEqual(secretHeader('cookie', 'sid=1').secrets, [{ name: 'cookie', value: 'sid=1' }])
    assert.deepEqual(secretHeader('authorization', 'Bearer t0k'), bearer('t0k'))
  })

  it('takes the place of one of that name', () => {
    const old = endpoint({ headers: { 'x-room': '1', Accept: '*/*' } })
    assert.deepEqual(withHeader(old, plainHeader('X-Room', '2')).headers, [
      ['Accept', '*/*'],
      ['X-Room', '2'],
    ])
  })

  it('that says who asks is the only one to say it', () => {
    const old = endpoint({ headers: { authorization: 'Token a' } })
    const asBearer = withHeader(old, bearer('t'))
    assert.deepEqual(asBearer.headers, [])
    assert.deepEqual(asBearer.auth, { type: 'bearer', token: '${secret:auth-token}' })
    const asHeader = withHeader(asBearer, secretHeader('Authorization', 'Token b'))
    assert.equal(asHeader.auth, null)
    assert.equal(asHeader.headers.length, 1)
  })

  it('is sent with its secret, and recorded without it', async () => {
    const given = [login('basic', 'me', 'pa55word!'), secretHeader('X-API-Key', 'k3y-k3y-k3y')]
    const asked = given.reduce(withHeader, endpoint())
    const secrets = new Map(given.flatMap((one) => one.secrets).map((one) => [one.name, one.value]))
    const answer = await resolveVariables(asked, async ({ name }) => ({
      value: secrets.get(name) ?? '',
      secret: true,
    }))
    assert.ok(answer.ok)
    const { resolved, recorded } = answer.value
    assert.deepEqual(resolved.auth, { type: 'basic', user: 'me', password: 'pa55word!' })
    assert.deepEqual(resolved.headers, [['X-API-Key', 'k3y-k3y-k3y']])
    assert.doesNotMatch(JSON.stringify(recorded), /pa55word|k3y-k3y/)
  })
})
