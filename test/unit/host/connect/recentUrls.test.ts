// URLs that were connected to are kept without their credentials.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { readRecentUrls, rememberUrl } from '../../../../src/host/connect/recentUrls.ts'
import { accept } from '../../../support/samples/resolveEndpoint.ts'

const endpoint = (url: string) => accept({ url, method: 'sse' })

function createMemento(stored?: unknown) {
  const values = new Map<string, unknown>([['lifeline.recentUrls', stored]])
  return {
    values,
    keys: () => [...values.keys()],
    get: <T>(key: string) => values.get(key) as T,
    update: async (key: string, value: unknown) => void values.set(key, value),
  }
}

describe('recent URLs', () => {
  it('are kept without passwords and without credentials in the query', async () => {
    const memento = createMemento()
    await rememberUrl(memento, endpoint('https://me:sesame@a.example/x?n=1&access_token=sesame'))
    assert.deepEqual(readRecentUrls(memento), [
      { url: 'https://me@a.example/x?n=1&access_token=', method: 'sse' },
    ])
    assert.doesNotMatch(JSON.stringify([...memento.values]), /sesame/)
  })

  it('are kept without passwords of URLs within them, however often encoded', async () => {
    const inner = 'http://me:sesame@b.example/x?a=b'
    for (const [written, expected] of [
      [inner, 'http://me@b.example/x?a=b'],
      [encodeURIComponent(inner), ''],
      [encodeURIComponent(encodeURIComponent(inner)), ''],
    ]) {
      for (const start of ['https://a.example/?u=', 'https://a.example/', 'https://a.example/#']) {
        const memento = createMemento()
        await rememberUrl(memento, endpoint(start + written))
        assert.equal(readRecentUrls(memento)[0]?.url, start + expected)
      }
    }
    const memento = createMemento()
    await rememberUrl(memento, endpoint(`https://sesame-open@a.example/?u=${inner}`))
    assert.doesNotMatch(JSON.stringify([...memento.values]), /sesame/)
  })

  it('are kept without a key in the place of a user name', async () => {
    const memento = createMemento()
    await rememberUrl(memento, endpoint('https://sesame-open@a.example/x'))
    assert.deepEqual(readRecentUrls(memento), [{ url: 'https://a.example/x', method: 'sse' }])
  })

  it('are shown without credentials that an earlier version kept, and kept without them from then on', async () => {
    const memento = createMemento([{ url: 'https://a.example/?token=sesame', method: 'polling' }])
    assert.deepEqual(readRecentUrls(memento), [
      { url: 'https://a.example/?token=', method: 'polling' },
    ])
    await rememberUrl(memento, endpoint('https://b.example/'))
    assert.doesNotMatch(JSON.stringify([...memento.values]), /sesame/)
  })

  it('are listed once, whatever their credentials were', async () => {
    const memento = createMemento()
    for (const token of ['first', 'second']) {
      await rememberUrl(memento, endpoint(`https://a.example/?token=${token}`))
    }
    assert.equal(readRecentUrls(memento).length, 1)
  })

  it('that are stored as nonsense are passed over', () => {
    const memento = createMemento([null, 1, { url: 1, method: 'sse' }, { url: 'x', method: 'y' }])
    assert.deepEqual(readRecentUrls(memento), [])
  })
})
