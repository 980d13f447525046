// Checks where user name and password part.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references as users write them

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseLogin } from '../../../../src/shared/text/login.ts'
import { assertLinear } from '../../../support/assertLinear.ts'

describe('a login', () => {
  it('parts at the first colon that is in no reference', () => {
    assert.deepEqual(parseLogin('me:p:w'), { user: 'me', password: 'p:w' })
    assert.deepEqual(parseLogin(':'), { user: '', password: '' })
    assert.deepEqual(parseLogin('${env:ME}x:${secret:p}'), {
      user: '${env:ME}x',
      password: '${secret:p}',
    })
    assert.deepEqual(parseLogin('${env:p'), { user: '${env', password: 'p' })
  })

  it('is none without such a colon, which is seen at once', () => {
    assert.equal(parseLogin('${a:b}'.repeat(2000)), null)
    assertLinear(1000, (size) => parseLogin('${a:b}'.repeat(size)))
  })
})
