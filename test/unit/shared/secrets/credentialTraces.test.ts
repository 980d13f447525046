// The glance by which most payloads of a flood are passed over finds whatever a closer look would find.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { mayHoldCredentials } from '../../../../src/shared/secrets/credentialTraces.ts'
import { bodySecrets } from '../../../../src/shared/secrets/implicitSecrets.ts'
import { assertLinear } from '../../../support/assertLinear.ts'
import { credentialNames } from '../../../support/samples/credentialSpots.ts'

const value = 'v8-d1f0c7b2a9e4f63abc'

function glance(text: string): boolean {
  return mayHoldCredentials(Buffer.from(text))
}

describe('the glance at a payload', () => {
  for (const name of credentialNames) {
    it(`sees ${name}`, () => {
      for (const text of [JSON.stringify({ [name]: value }), `a=b&${name}=${value}`]) {
        if (bodySecrets(text).length > 0) assert.ok(glance(text), text)
      }
    })
  }

  it('sees what looks like a credential, and passwords in URLs', () => {
    const looks = [
      'eyJhbGciOiJI.eyJzdWIiOiIx.c2ln',
      'sk-abcdefghijklmnopqrstuv',
      'ghp_abcdefghijklmnopqrstuv',
      'github_pat_abcdefghijklmnopqrstuv',
      'glpat-abcdefghijklmnopqrst',
      'xoxb-abcdefghijkl',
      `AIza${'a'.repeat(35)}`,
      'ya29.abcdefghijklmnopqrstuv',
      'AKIAABCDEFGHIJKLMNOP',
      'https://ann:hunter2hunter2@example.com/',
    ]
    for (const text of looks) {
      assert.ok(bodySecrets(text).length > 0, text)
      assert.ok(glance(text), text)
    }
  })

  it('passes over what holds none', () => {
    assert.ok(!glance('{"price":1,"symbol":"BTC-EUR","items":[{"id":7,"name":"chair"}]}'))
    assert.ok(!glance(''))
  })

  it('takes a time that grows with the payload', () => {
    for (const part of ['key', '://', 'aut', 'a']) {
      assertLinear(20_000, (size) => glance(part.repeat(size)), part)
    }
  })
})
