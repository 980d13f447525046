import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { isLoopback } from '../../../../src/shared/url/loopback.ts'

describe('A host is this machine', () => {
  for (const host of [
    'localhost',
    'LOCALHOST',
    'localhost.',
    'acme.localhost',
    'a.b.localhost.',
    '127.0.0.1',
    '127.1.2.3',
    '[::1]',
  ]) {
    it(host, () => assert.equal(isLoopback(host), true))
  }
})

describe('A host is another', () => {
  for (const host of [
    'notlocalhost',
    'localhost.example',
    'localhost..',
    '128.0.0.1',
    '[::2]',
    '127.0.0.1.example',
  ]) {
    it(host, () => assert.equal(isLoopback(host), false))
  }
})
