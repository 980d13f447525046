// Peers that get what an endpoint sends, once its references are looked up: reference kinds × places × values.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { nearPeers, peersOf, strayPeer } from '../../../../src/host/variables/peers.ts'
import type { Endpoint } from '../../../../src/shared/endpoint/endpoint.ts'
import { hasReference, replaceReferences } from '../../../../src/shared/endpoint/references.ts'
import { mapEndpointText } from '../../../../src/shared/profile/mapEndpointText.ts'
import { endpoint } from '../../../support/samples/resolveEndpoint.ts'

const references = [
  ...['${env:A}', '${workspaceFolder}', '${workspaceFolder:a@b/c?d#e}', '${userHome}'],
  ...['${config:http.proxy}', '${input:a}', '${secret:s}'],
]

const values = [
  ...[
    '',
    'x',
    '/home/me',
    'C:\\Users\\me',
    '/evil.test',
    '//evil.test',
    '\\evil.test',
    '/\\evil.test/',
  ],
  ...[
    'evil.test',
    'evil.test/',
    'evil.test:80/',
    '@evil.test',
    'a@evil.test/',
    '@evil.test#',
    '.evil.test',
  ],
  ...[
    'http://evil.test',
    'http://evil.test/',
    'https:',
    'https:evil.test',
    ':80/',
    '?',
    '#',
    '\\',
    '80',
  ],
]

const request = (url: string) => ({ requests: [{ name: 'A', url }] })

/** `R` is the reference. The host that is written out is `good.test` alone. */
const places: readonly ((r: string) => Record<string, unknown>)[] = [
  (r) => ({ url: `http://evil${r}@good.test/` }),
  (r) => ({ url: `http://me:${r}@good.test/` }),
  (r) => ({ url: `http://${r}@good.test:8080/` }),
  (r) => ({ url: `http://good.test${r}/x` }),
  (r) => ({ url: `http://${r}good.test/x` }),
  (r) => ({ url: `http://${r}/x` }),
  (r) => ({ url: `http://good.test:${r}/x` }),
  (r) => ({ url: `http://good.test/${r}/x?${r}` }),
  (r) => ({ url: `unix:/s:/${r}` }),
  (r) => request(`http://evil${r}@good.test/`),
  (r) => request(`http://${r}:pw@good.test/`),
  (r) => request(`http://good.test${r}/`),
  (r) => request(`/${r}`),
  (r) => request(`/${r}/evil.test/`),
  (r) => request(`/${r}evil.test/`),
  (r) => request(`/x/${r}?${r}`),
  (r) => request(`${r}/x`),
  (r) => request(`?${r}`),
  (r) => request(`http:${r}/x`),
  (r) => ({ proxy: `http://evil${r}@good.test:1/` }),
  (r) => ({ proxy: `socks5://me:${r}@good.test:1` }),
]

function fill(written: Endpoint, value: string): Endpoint {
  return mapEndpointText(written, (text) => replaceReferences(text, () => value))
}

/** Each host that would be asked, as the URL parser has it. */
function hostsOf({ url, requests, proxy }: Endpoint): string[] {
  const own = new URL(url.replace(/^unix:\/s:/, 'http://good.test'))
  const urls = [own, ...requests.map((one) => new URL(one.url, own))]
  return [...urls.map(({ host }) => host), ...(proxy === 'auto' ? [] : [new URL(proxy).host])]
}

describe('A peer that references lead to', () => {
  for (const place of places) {
    it(`is a stray unless it is named: ${JSON.stringify(place('R'))}`, () => {
      for (const reference of references) {
        const written = endpoint({ url: 'http://good.test/', ...place(reference) })
        const promised = peersOf(written)
        for (const value of values) {
          const resolved = fill(written, value)
          let hosts: string[]
          try {
            hosts = hostsOf(resolved)
          } catch {
            // No URL came of it, and none is asked.
            continue
          }
          const stray = strayPeer(resolved, promised, () => value)
          // What has the reference in its name is looked up to the same.
          if (promised.some(hasReference)) continue
          const strangers = hosts.filter((host) => !/^good\.test(?::\d+)?$/.test(host))
          assert.equal(stray !== null, strangers.length > 0, `${reference} ${value}: ${strangers}`)
        }
      }
    })
  }

  it('is none where the name of a peer holds the reference', () => {
    const written = endpoint({ url: 'http://${env:A}/x', ...request('${env:B}/y') })
    const found = (a: string, b: string) => {
      const lookedUp = ({ name }: { readonly name: string }) => (name === 'A' ? a : b)
      const resolved = mapEndpointText(written, (text) => replaceReferences(text, lookedUp))
      return strayPeer(resolved, peersOf(written), lookedUp)
    }
    assert.equal(found('h.test', 'http://i.test/api'), null)
    assert.equal(found('h.test:80/api', '/api'), null)
  })

  it('is a request’s to the WebSocket’s own server no other', () => {
    const written = endpoint({
      url: 'wss://h.test/ws',
      method: 'websocket',
      ...request('https://h.test/publish'),
    })
    assert.equal(
      strayPeer(written, ['wss://h.test'], () => ''),
      null,
    )
    assert.equal(
      strayPeer(written, ['ws://h.test'], () => ''),
      'https://h.test',
    )
  })
})

describe('A peer that is near', () => {
  for (const [fields, near] of [
    [{ url: 'http://127.1/x' }, ['http://127.0.0.1']],
    [{ url: 'wss://h.test/', method: 'websocket' }, []],
    [{ url: 'ws://localhost:1/', method: 'websocket' }, ['http://localhost:1']],
    [{ url: 'unix:/var/run/docker.sock:/events' }, ['unix:/var/run/docker.sock']],
    [{ url: 'unix:/s:/a', ...request('/b') }, ['unix:/s']],
    // What would be a public name in a URL.
    [{ url: 'unix:/run.test/a.sock:/' }, ['unix:/run.test/a.sock']],
    [
      { url: 'http://h.test/', ...request('http://[::ffff:169.254.169.254]/') },
      ['http://[::ffff:a9fe:a9fe]'],
    ],
    [{ url: 'http://h.test/', ...request('//0x7f.1/') }, ['http://127.0.0.1']],
    [{ url: 'http://h.test/', proxy: 'socks5://2130706433:1080' }, ['socks5://2130706433:1080']],
    [{ url: 'http://h.test/', proxy: 'http://10.0.0.1:3128' }, ['http://10.0.0.1:3128']],
    [{ url: 'http://h.test/', ...request('/a'), proxy: 'http://p.test' }, []],
  ] as const) {
    it(`is of this machine or its network: ${JSON.stringify(fields)}`, () => {
      assert.deepEqual(nearPeers(endpoint(fields)), near)
    })
  }
})
