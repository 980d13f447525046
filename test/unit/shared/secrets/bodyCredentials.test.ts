// Credentials that stand in bodies and messages by their names.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { bodyCredentials } from '../../../../src/shared/secrets/bodyCredentials.ts'
import { resolve } from '../../../support/samples/resolveEndpoint.ts'

describe('the secrets of an endpoint', () => {
  for (const [text, expected, recordedText] of [
    [
      'grant_type=a&client_secret=sword%2Ffish',
      [
        { name: 'body-client_secret', value: 'sword%2Ffish' },
        { name: 'body-client_secret', value: 'sword/fish' },
      ],
      'grant_type=a&client_secret=${secret:body-client_secret}',
    ],
    [
      '{"op":"auth","args":[{"token":"sword\\"fish"}]}',
      [
        { name: 'body-token', value: 'sword\\"fish' },
        { name: 'body-token', value: 'sword"fish' },
      ],
      '{"op":"auth","args":[{"token":"${secret:body-token}"}]}',
    ],
    ['{"key":"BTC-EUR-1","code":"0123456789abcdef0"}', [], null],
    ['{"_meta":{"progressToken":"0123456789"}}', [], null],
    ['{"token":"short","password":1234567}', [], null],
    [
      '{"password":12345678}',
      [{ name: 'body-password', value: '12345678' }],
      '{"password":${secret:body-password}}',
    ],
    [
      '{"token":"0123456789"',
      [{ name: 'body-token', value: '0123456789' }],
      '{"token":"${secret:body-token}"',
    ],
    ['The token=0123456789 is text', [], null],
  ] as const) {
    it(`hold the credentials of a body and of messages: ${text}`, async () => {
      const inBody = await resolve({ body: text }, {})
      assert.deepEqual(inBody.secrets, expected)
      assert.equal(inBody.recorded.body, recordedText ?? text)
      const websocket = { url: 'ws://localhost/', method: 'websocket' }
      const sent = await resolve({ ...websocket, send: [text] }, {})
      assert.deepEqual(sent.secrets, expected)
      const saved = await resolve({ ...websocket, messages: [{ name: 'A', text }] }, {})
      assert.deepEqual(saved.secrets, expected)
    })
  }

  it('are found among as many values as a text can hold', () => {
    const line = JSON.stringify([...Array(300_000).fill(1), { token: 'swordfish' }])
    // Lines of JSON, and one that is none.
    const found = bodyCredentials(`${line}\nx`)
    assert.deepEqual(found, [{ name: 'token', values: ['swordfish'] }])
  })
})
