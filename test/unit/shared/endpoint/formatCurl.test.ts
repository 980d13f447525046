// An endpoint is written as a curl command that asks for the same, and is read back as the same endpoint.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../../src/shared/endpoint/endpoint.ts'
import { formatCurl } from '../../../../src/shared/endpoint/formatCurl.ts'
import { isClientMethod } from '../../../../src/shared/endpoint/methods.ts'
import { parsePasted } from '../../../../src/shared/pasted/parsePasted.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'

function endpoint(entry: object): Endpoint {
  const parsed = parseEndpoint({ method: 'polling', url: 'http://h/', ...entry })
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}

function back(command: string, { method }: Endpoint): Endpoint {
  assert.ok(isClientMethod(method))
  const entry = parsePasted(command, method)
  assert.ok(entry.ok, `${command}\n${JSON.stringify(entry)}`)
  const parsed = parseEndpoint(entry.value.entry)
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}

describe('an endpoint as a curl command', () => {
  it('is one option a line', () => {
    const command = formatCurl(
      endpoint({
        url: 'https://h/a?b=c',
        request: 'PUT',
        headers: { 'X-Who': "it's" },
        body: '{"a":1}',
        tls: { allowUntrusted: true },
      }),
    )
    assert.equal(
      command,
      [
        "curl 'https://h/a?b=c' \\",
        '  -N \\',
        '  -X PUT \\',
        `  -H 'X-Who: it'\\''s' \\`,
        '  -H Content-Type: \\',
        `  --data-raw '{"a":1}' \\`,
        '  -k',
      ].join('\n'),
    )
  })

  it('has a shell variable where a reference stands', () => {
    const command = formatCurl(
      endpoint({ auth: { type: 'bearer', token: '${secret:t}' }, query: { room: 'a b' } }),
    )
    assert.match(command, /^curl 'http:\/\/h\/\?room=a%20b'/)
    assert.match(command, /-H 'Authorization: Bearer '"\$LIFELINE_SECRET_T"$/)
    const escaped = formatCurl(endpoint({ headers: { A: '$${env:B} ${config:c.d}' } }))
    assert.match(escaped, /-H 'A: ''\$\{env:B\}'' ''\$\{config:c.d\}'$/)
  })

  for (const entry of [
    { headers: { A: '1', B: '' }, request: 'DELETE' },
    { method: 'sse', url: 'http://h/events' },
    { request: 'POST', body: "line\nit's $HOME `x`", headers: { 'Content-Type': 'text/plain' } },
    { request: 'POST', body: '', headers: { 'Content-Type': 'text/plain' } },
    { request: 'POST', bodyFile: '/tmp/a b.json', headers: { 'Content-Type': 'text/plain' } },
    {
      method: 'websocket',
      url: 'wss://h/ws',
      subprotocols: ['a', 'b'],
      headers: { Origin: 'http://o' },
    },
    { auth: { type: 'basic', user: 'me', password: '${env:PASSWORD}' } },
    { url: '${env:ORIGIN}/x?${env:QUERY}=1' },
    { url: 'unix:/run/a.sock:/x?y=1' },
    { url: 'http://h/?a[0]=1&b={x,y}' },
    { url: 'http://[::1]:80/x' },
    { httpVersion: '2' },
    { httpVersion: '1.1' },
    {
      url: 'https://h/',
      proxy: 'socks5://p:1080',
      tls: { ca: '/c.pem', cert: '/a.pem', key: '/k.pem' },
    },
    { url: 'http://h/', proxy: 'none' },
  ]) {
    it(`is read back as the same: ${JSON.stringify(entry)}`, () => {
      const asked = endpoint(entry)
      const read = back(formatCurl(asked), asked)
      const headers = read.headers.filter(([name]) => name !== 'Accept' || asked.method !== 'sse')
      assert.deepEqual({ ...read, headers }, asked)
    })
  }
})
