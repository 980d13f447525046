// Encoding of any text for a URL, and that nothing else encodes it.

import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { digestAnswer } from '../../../../src/engine/protocols/http/digest.ts'
import { formatCurl } from '../../../../src/shared/endpoint/formatCurl.ts'
import { parsePasted } from '../../../../src/shared/pasted/parsePasted.ts'
import { encodePercent } from '../../../../src/shared/text/encodePercent.ts'
import { projectFolder } from '../../../support/places.ts'
import { testEndpoint } from '../../../support/samples/testEndpoint.ts'

const half = '\ud800'
const encoded = '%EF%BF%BD'

describe('Half a pair of UTF-16', () => {
  it('is encoded as U+FFFD, and the rest as ever', () => {
    assert.equal(encodePercent(`a b/é😀${half}`), `a%20b%2F%C3%A9%F0%9F%98%80${encoded}`)
  })

  it('ends nothing in a command, a pasted one and the answer to a challenge', () => {
    const endpoint = testEndpoint({ url: 'http://h/', method: 'polling', query: [['a', half]] })
    assert.match(formatCurl(endpoint), new RegExp(encoded))
    const pasted = parsePasted(`curl -T up${half} http://h/`)
    assert.equal(pasted.ok && pasted.value.entry.url, `http://h/up${encoded}`)
    const challenge = {
      ...{ realm: 'r', nonce: 'n', opaque: null, algorithm: null, qop: null },
      hash: 'md5',
      ...{ session: false, userhash: false, utf8: true, stale: false },
    } as const
    const request = {
      ...{ user: half, password: half, method: 'GET', uri: '/', cnonce: '', count: 1 },
      body: new Uint8Array(0),
    }
    assert.match(
      digestAnswer(challenge, request, () => 'h'),
      new RegExp(encoded),
    )
  })

  it('is never given to `encodeURIComponent`, which throws for it', () => {
    const files = globSync('src/{shared,engine,host,cli,webview}/**/*.ts', { cwd: projectFolder })
    const users = files.filter((file) =>
      readFileSync(join(projectFolder, file), 'utf8').includes('encodeURIComponent('),
    )
    assert.deepEqual(users, [join('src', 'shared', 'text', 'encodePercent.ts')])
  })
})
