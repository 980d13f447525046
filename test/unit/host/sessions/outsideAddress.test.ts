// The address of a tap in a remote window: found once, spoken to by its name, and told when it is known.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createOutsideAddress } from '../../../../src/host/sessions/outsideAddress.ts'

function create(find: ((origin: string) => Promise<string>) | null) {
  const told: string[] = []
  const found = Promise.withResolvers<void>()
  const address = createOutsideAddress({
    find,
    allowHost: async (host) => void told.push(`allow ${host}`),
    onFound: () => found.resolve(),
    onFailure: (error) => told.push(String(error)),
  })
  return { address, told, found: found.promise }
}

describe('the address of a tap', () => {
  it('has none from outside where the window is on that machine', () => {
    const { address, told } = create(null)
    assert.equal(address.of('http://localhost:53124/v2'), null)
    assert.equal(address.of(null), null)
    assert.deepEqual(told, [])
  })

  for (const [listening, asked, url, host, expected] of [
    [
      'http://localhost:53124/v2?x=1',
      'http://localhost:53124',
      'http://localhost:40001/',
      'localhost',
      'http://localhost:40001/v2?x=1',
    ],
    [
      'ws://localhost:53124',
      'http://localhost:53124',
      'https://me-53124.app.github.dev/',
      'me-53124.app.github.dev',
      'wss://me-53124.app.github.dev',
    ],
    [
      'http://localhost:53124/',
      'http://localhost:53124',
      'https://code.example/proxy/53124/?tkn=1',
      'code.example',
      'https://code.example/proxy/53124/',
    ],
  ] as const) {
    it(`of a remote window is found: ${expected}`, async () => {
      const questions: string[] = []
      const { address, told, found } = create(async (origin) => {
        questions.push(origin)
        return url
      })
      assert.equal(address.of(listening), null)
      assert.equal(address.of(listening), null)
      await found
      assert.equal(address.of(listening), expected)
      assert.deepEqual(questions, [asked])
      assert.deepEqual(told, [`allow ${host}`])
      assert.equal(address.of(null), null)
    })
  }

  it('has none from outside when no way there can be found', async () => {
    const { address, told, found } = create(async () => {
      throw new Error('no tunnel')
    })
    assert.equal(address.of('http://localhost:1'), null)
    await found
    assert.equal(address.of('http://localhost:1'), null)
    assert.deepEqual(told, ['Error: no tunnel'])
  })
})
