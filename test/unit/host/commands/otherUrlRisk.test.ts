import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { otherUrlRisk, withOwnReferences } from '../../../../src/host/commands/otherUrlRisk.ts'
import { testEndpoint, texts } from '../../../support/samples/testEndpoint.ts'

/** With a credential unless `entry` says otherwise. */
function riskOf(
  before: string,
  next: string,
  entry: object = { auth: { type: 'bearer', token: 't' } },
) {
  const at = (url: string) =>
    testEndpoint({ ...entry, url, method: url.startsWith('ws') ? 'websocket' : 'polling' })
  return otherUrlRisk(at(before), at(next))
}

describe('the risk of connecting to a URL that an error named', () => {
  it('is none where nothing is sent that matters', () => {
    assert.equal(riskOf('https://a.example/', 'http://b.example/', {}), null)
  })

  it('is told where credentials go to another server', () => {
    assert.match(riskOf('https://a.example/', 'https://b.example/') ?? '', /to another server/)
    assert.match(riskOf('ws://a.example/', 'wss://a.example:444/') ?? '', /to another server/)
  })

  it('is told of a secret that only a first message holds', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a profile has it
    const send = texts('{"t":"${secret:t}"}')
    assert.match(riskOf('ws://a.example/', 'ws://b.example/', { send }) ?? '', /another server/)
  })

  it('is told where they lose the protection that they had, but on this machine', () => {
    assert.match(riskOf('https://a.example/', 'http://a.example/') ?? '', /without encryption/)
    assert.equal(riskOf('https://localhost:1/', 'http://localhost:1/'), null)
  })

  it('is none where they gain it', () => {
    assert.equal(riskOf('http://a.example/', 'https://a.example/'), null)
    assert.equal(riskOf('ws://a.example/x', 'wss://a.example/x'), null)
  })
})

describe('a URL that a server has named', () => {
  it('has the references of its own URL, and no other', () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: as a profile has them
    const own = 'ws://a/?t=${secret:t}'
    assert.equal(withOwnReferences('wss://a/?t=${secret:t}', own), 'wss://a/?t=${secret:t}')
    assert.equal(
      withOwnReferences('wss://a/?t=${secret:other}', own),
      'wss://a/?t=$${secret:other}',
    )
    assert.equal(withOwnReferences('wss://a/?t=$${secret:t}', own), 'wss://a/?t=$${secret:t}')
    assert.equal(withOwnReferences('wss://a/?t=$$${secret:t}', own), 'wss://a/?t=$$${secret:t}')
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as a profile has them
  })
})
