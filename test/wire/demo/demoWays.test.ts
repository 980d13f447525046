// The demo server by every way that a profile can name: TLS with its own authority and a client
// certificate, a Unix socket, a proxy.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { type DemoServer, startDemoServer } from '../../../src/demo/demoServer.ts'
import type { ClientMethod, Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { neutralEndpoint } from '../../../src/shared/profile/neutralEndpoint.ts'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import { startProxy } from '../../support/servers/connectProxy.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { allMethods, runSession } from '../../support/sessions/runSession.ts'

const paths: Readonly<Record<ClientMethod, string>> = {
  polling: '/poll',
  'long-polling': '/long-poll?since=0',
  sse: '/sse',
  websocket: '/ws',
}

function endpointAt(demo: DemoServer, method: ClientMethod, fields: Partial<Endpoint>): Endpoint {
  const base = method === 'websocket' ? socketOrigin(demo) : demo.url
  return testEndpoint({ url: `${base}${paths[method]}`, method, ...fields })
}

function socketOrigin({ url }: DemoServer): string {
  return url.replace(/^http/, 'ws').replace(/^unix/, 'ws+unix')
}

describe('the demo server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-demo-'))
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const authority = makeCertificate({ name: 'demo authority', isAuthority: true })
  const server = makeCertificate({ name: 'demo', addresses: ['127.0.0.1'], issuer: authority })
  const client = makeCertificate({ name: 'watcher', issuer: authority })
  const closing: (() => Promise<void>)[] = []
  const demos: Record<string, { demo: DemoServer; fields: Partial<Endpoint> }> = {}

  before(async () => {
    const host = '127.0.0.1'
    const plain = await startDemoServer({ port: 0, host })
    const unix = await startDemoServer({ port: 0, host, socketPath: join(folder, 'demo.sock') })
    const tls = await startDemoServer({
      port: 0,
      host,
      tls: { cert: server.cert, key: server.key, ca: authority.cert },
    })
    const proxy = await startProxy()
    closing.push(plain.close, unix.close, tls.close, () => proxy.close())
    demos['on a Unix socket'] = { demo: unix, fields: {} }
    demos['through a proxy'] = { demo: plain, fields: { proxy: proxy.url } }
    demos['over TLS with a client certificate'] = {
      demo: tls,
      fields: {
        tls: {
          ...neutralEndpoint.tls,
          ca: file('ca.pem', authority.cert),
          cert: file('cert.pem', client.cert),
          key: file('key.pem', client.key),
        },
      },
    }
  })
  after(async () => {
    for (const close of closing) await close()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const way of ['on a Unix socket', 'through a proxy', 'over TLS with a client certificate']) {
    for (const method of allMethods) {
      it(`is watched ${way} by ${method}`, async () => {
        const { demo, fields } = demos[way] ?? assert.fail(way)
        const run = await runSession(endpointAt(demo, method, fields), {
          until: ({ kind }) => kind === 'response',
        })
        const response = run.only('response')
        assert.equal(response.detail.status, method === 'websocket' ? 101 : 200)
      })
    }

    it(`says ${way} where its WebSocket is`, async () => {
      const { demo, fields } = demos[way] ?? assert.fail(way)
      const index = testEndpoint({ url: `${demo.url}/`, method: 'polling', ...fields })
      const run = await runSession(index, { until: ({ kind }) => kind === 'response' })
      assert.ok(run.text(run.only('response'))?.includes(` ${socketOrigin(demo)}/ws `))
    })
  }
})
