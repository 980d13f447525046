// Requests that are sent again beside a session, and what was made of them: headers, body and secrets.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { createCapture } from '../../../src/engine/capture/capture.ts'
import { createSource } from '../../../src/engine/createSource.ts'
import { createSession, type Session } from '../../../src/engine/session/session.ts'
import type { Frame, FrameOf } from '../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { eventually } from '../../support/eventually.ts'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'

const token = 'tok-1a2b3c4d5e6f'
// biome-ignore lint/suspicious/noTemplateCurlyInString: what a frame has in its place
const reference = '${secret:token}'

describe('A request that is sent again', () => {
  let server: TestHttpServer
  let session: Session
  let requests: FrameOf<'request'>[] = []

  before(async () => {
    server = await startHttpServer({ '/poll': answer(200, [], 'state'), '/publish': answer(201) })
    const endpoint = testEndpoint({
      url: `${server.origin}/poll`,
      method: 'polling',
      intervalMs: 600_000,
      headers: [['X-Token', token]],
    })
    const network = { proxyUrl: null, caPems: null }
    const secrets = [{ name: 'token', value: token }]
    const shared = { name: 'Again', endpoint, limits: defaultLimits, network, secrets }
    const plan = { ...shared, resolved: endpoint, capturePath: null }
    const capture = createCapture({ ...shared, path: null })
    requests = []
    session = createSession({
      plan,
      capture,
      recorded: capture,
      source: (io) => createSource(plan, io),
      onFrame: (frame: Frame) => {
        if (frame.kind === 'request') requests.push(frame)
      },
      onFault: (fault) => assert.fail(fault),
    })
    session.start()
    await eventually('it has polled', () => session.status().frames >= 2)
  })
  after(async () => {
    await session.stop()
    await server.close()
  })

  it('is a poll with its own headers, of which the recording has no secret', async () => {
    const polls = server.requests.length
    await session.sendAgain(requests[0]?.seq ?? 0)
    assert.equal(server.requests.length, polls + 1)
    assert.equal(server.requests.at(-1)?.header('x-token'), token)
    const recorded = requests.at(-1)
    assert.deepEqual(recorded?.detail.headers, requests[0]?.detail.headers)
    assert.equal(recorded?.detail.purpose, 'companion')
    assert.doesNotMatch(JSON.stringify(recorded), new RegExp(token))
  })

  it('is a companion with its body, byte for byte', async () => {
    const body = `{"token":"${token}","é":1.0}`
    const headers = [['Content-Type', 'application/json']] as const
    await session.request({ request: 'PUT', url: '/publish', headers, body })
    await session.sendAgain(requests.at(-1)?.seq ?? 0)
    const again = server.requests.at(-1)
    assert.equal(again?.method, 'PUT')
    assert.deepEqual(requests.at(-1)?.detail.headers, requests.at(-2)?.detail.headers)
    assert.equal(again?.body.toString(), body)
  })

  it('can be changed, and takes its secrets to the same server only', async () => {
    const of = requests.findLast(({ detail }) => detail.method === 'PUT')?.seq ?? 0
    const headers = [['X-Other', '1']] as const
    const edited = { request: 'POST', headers, body: `[${'"'}${reference}"]` }
    await session.request({ edited: { ...edited, url: `${server.origin}/publish?x=1` }, of })
    const got = server.requests.at(-1)
    assert.equal(got?.target, '/publish?x=1')
    assert.equal(got?.body.toString(), `["${token}"]`)
    const before = server.requests.length
    const elsewhere = { ...edited, url: server.origin.replace('127.0.0.1', 'localhost') }
    await assert.rejects(() => session.request({ edited: elsewhere, of }), {
      code: 'secret-unknown',
    })
    assert.equal(server.requests.length, before)
  })
})
