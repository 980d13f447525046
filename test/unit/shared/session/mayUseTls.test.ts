// For which URLs the system's certificates are read.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { mayUseTls } from '../../../../src/shared/session/mayUseTls.ts'

describe('Certificates', () => {
  for (const url of [
    'https://localhost/',
    'wss://a.example/',
    'http://a.example/',
    'http://[::2]/',
  ]) {
    it(`are wanted for ${url}`, () => assert.equal(mayUseTls(new URL(url)), true))
  }
  for (const url of ['http://localhost:1/', 'http://127.0.0.1/', 'ws://a.example/', 'unix:/a:/b']) {
    it(`are not wanted for ${url}`, () => assert.equal(mayUseTls(new URL(url)), false))
  }
})
