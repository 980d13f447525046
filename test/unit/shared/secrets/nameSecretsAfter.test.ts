// The names of implicit secrets in a profile that is saved.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { nameSecretsAfter } from '../../../../src/shared/secrets/nameSecretsAfter.ts'
import { endpoint } from '../../../support/samples/resolveEndpoint.ts'

describe('the names of implicit secrets in a profile', () => {
  it('are the profile’s own, the user’s references left alone', () => {
    const saved = nameSecretsAfter(
      'My  Trades!',
      endpoint({
        url: 'http://me:${secret:url-password}@localhost/?token=${secret:query-token}',
        headers: {
          Authorization: 'Bearer ${secret:authorization}',
          Cookie: 'a=${secret:cookie-a}; b=${secret:cookie-b}',
          'X-Key': '${secret:key} $${secret:cookie}',
        },
      }),
    )
    assert.equal(
      saved.url,
      'http://me:${secret:my-trades-url-password}@localhost/?token=${secret:my-trades-query-token}',
    )
    assert.deepEqual(saved.headers, [
      ['Authorization', 'Bearer ${secret:my-trades-authorization}'],
      ['Cookie', 'a=${secret:my-trades-cookie-a}; b=${secret:my-trades-cookie-b}'],
      ['X-Key', '${secret:key} $${secret:cookie}'],
    ])
  })

  it('stay as they are where the profile’s name has no letter', () => {
    const { url } = nameSecretsAfter('…', endpoint({ url: 'http://a:${secret:url-password}@b/' }))
    assert.equal(url, 'http://a:${secret:url-password}@b/')
  })
})
