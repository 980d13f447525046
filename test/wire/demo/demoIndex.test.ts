// The demo server's index: as text, as JSON and as a page.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { allMethods } from '../../../src/shared/endpoint/methods.ts'
import { useFreshDemo } from '../../support/servers/useFreshDemo.ts'

interface SameFeedIndex {
  readonly item: string
  readonly ways: readonly { method: string; url: string; watch: string }[]
}

const paths = ['/poll', '/long-poll?since=', '/sse', '/ws', '/desk', '/publish', 'rate=', 'secret=']

describe('demo /', () => {
  const demo = useFreshDemo()
  const typeFor = async (accept: string) => {
    const { headers } = await demo.get('/', { Accept: accept })
    assert.equal(headers.get('vary'), 'Accept')
    return headers.get('content-type')?.split(';')[0]
  }

  it('is text, JSON or a page, as the client likes it', async () => {
    assert.equal(await typeFor('*/*'), 'text/plain')
    assert.equal(await typeFor('image/png'), 'text/plain')
    assert.equal(await typeFor('application/json'), 'application/json')
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    assert.equal(await typeFor(browser), 'text/html')
    assert.equal(await typeFor('text/html;q=0.1, application/json;q=0.5'), 'application/json')
    assert.equal(await typeFor('text/html;q=0'), 'text/plain')
  })

  for (const accept of ['text/plain', 'application/json', 'text/html']) {
    it(`tells every path and parameter in ${accept}`, async () => {
      const text = await (await demo.get('/', { Accept: accept })).text()
      for (const path of paths) assert.ok(text.includes(path), path)
      assert.ok(text.includes('npx lifeline compare'))
    })
  }

  it('has an address and a command of each way for programs', async () => {
    const answer = await demo.get('/', { Accept: 'application/json' })
    const { sameFeed } = (await answer.json()) as { sameFeed: SameFeedIndex }
    const { ways, item } = sameFeed
    assert.equal(item, 'json:id')
    assert.deepEqual(
      ways.map(({ method }) => method),
      allMethods,
    )
    for (const { url, watch } of ways) {
      assert.ok(watch.startsWith(`npx lifeline watch '${url}'`), watch)
      const response = await fetch(url.replace(/^ws/, 'http'), {
        signal: AbortSignal.timeout(5000),
      })
      assert.equal(response.status, url.startsWith('ws') ? 426 : 200)
      await response.body?.cancel()
    }
  })

  it('is a page that runs and loads nothing but its own', async () => {
    const response = await demo.get('/', { Accept: 'text/html' })
    const policy = response.headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    const html = await response.text()
    assert.doesNotMatch(html, / on\w+=| style=|<style|<script(?! type="module" src="\/)/)
    const loaded = [...html.matchAll(/ (?:src|href)="([^"#]*)"/g)].map(([, url = '']) => url)
    assert.ok(loaded.length > 5)
    for (const url of loaded) {
      if (url === 'data:,') continue
      assert.match(url, /^\/\w/)
      const answer = await demo.get(url.replaceAll('&amp;', '&'))
      assert.equal(answer.status, 200, url)
      await answer.body?.cancel()
    }
  })

  it('names no host but its own', async () => {
    const html = await (await demo.get('/', { Accept: 'text/html' })).text()
    const hosts = [...html.matchAll(/(?:http|ws):\/\/([^/\s'"<]+)/g)]
    assert.deepEqual([...new Set(hosts.map(([, host]) => host))], [`127.0.0.1:${demo.port}`])
  })
})
