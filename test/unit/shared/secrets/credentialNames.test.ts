// Parameters of a URL that are credentials, and the URL without them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  lacksQueryCredential,
  queryCredentials,
  withoutQueryCredentials,
} from '../../../../src/shared/secrets/credentialNames.ts'

const shown: readonly (readonly [url: string, expected: string])[] = [
  ['https://a/x?access_token=abc', 'https://a/x?access_token='],
  ['https://a/x?token=abc&n=1', 'https://a/x?token=&n=1'],
  ['https://a/x?n=1&api_key=0123456789#top', 'https://a/x?n=1&api_key=#top'],
  ['https://a/x?apikey=a&apiKey=b&api-key=c', 'https://a/x?apikey=&apiKey=&api-key='],
  ['https://a/x?key=01234567&sig=01234567&auth=01234567', 'https://a/x?key=&sig=&auth='],
  [
    'https://a/x?signature=s&secret=s&client_secret=s&password=s',
    'https://a/x?signature=&secret=&client_secret=&password=',
  ],
  [
    'https://a/x?X-Amz-Signature=s&X-Amz-Security-Token=t',
    'https://a/x?X-Amz-Signature=&X-Amz-Security-Token=',
  ],
  ['https://a/x?code=0123456789abcdef', 'https://a/x?code='],
  ['https://a/x?acc%65ss_token=a%20b', 'https://a/x?acc%65ss_token='],
  ['https://a/x?token=a=b', 'https://a/x?token='],
  ['wss://a?token=abc', 'wss://a?token='],
  ['unix:/run/a.sock:/x?token=abc', 'unix:/run/a.sock:/x?token='],
  ['not a url?token=abc', 'not a url?token='],
  ['https://a/x#access_token=abc&n=1', 'https://a/x#access_token=&n=1'],
  ['https://a/x?token=abc#secret=abc', 'https://a/x?token=#secret='],
]

const kept: readonly string[] = [
  'https://a/x?key=BTC-EUR&code=EUR',
  'https://a/x?nextPageToken=abc&continuation_token=abc&page_token=abc&progressToken=abc',
  'https://a/x?monkey=0123456789&keyboard=0123456789&author=0123456789',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference
  'https://a/x?token=${secret:feed}',
  'https://a/token=abc',
  'https://a/x?token',
  'https://a/x?token=',
  'https://a/x?%=%&&=',
]

describe('credentials in the query of a URL', () => {
  for (const [url, expected] of shown) {
    it(`are left out of ${url}`, () => assert.equal(withoutQueryCredentials(url), expected))
  }
  for (const url of kept) {
    it(`are not seen in ${url}`, () => {
      assert.equal(withoutQueryCredentials(url), url)
      assert.deepEqual(queryCredentials(url), [])
    })
  }
  it('are told to be missing where only the name is left', () => {
    assert.ok(lacksQueryCredential('https://a/x?n=1&token='))
    assert.ok(!lacksQueryCredential('https://a/x?n=&token=abc'))
    assert.ok(!lacksQueryCredential('https://a/x'))
  })
})
