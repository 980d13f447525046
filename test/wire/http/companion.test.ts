// Companion requests: sent beside a stream and drawn with it.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { sendCompanion } from '../../../src/engine/transports/http/companion.ts'
import { RpcError } from '../../../src/shared/calls/rpc.ts'
import type { CompanionRequest } from '../../../src/shared/endpoint/endpoint.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'
import { createScriptedSession } from '../../support/sessions/scriptedSession.ts'

describe('A companion request', () => {
  let server: TestHttpServer

  before(async () => {
    server = await startHttpServer({
      '/publish': answer(201, [], 'done'),
      '/moved': answer(307, ['Location: /publish']),
      '/broken': ({ socket }) => socket.destroy(),
      '/never': () => undefined,
    })
  })
  after(() => server.close())

  function send(fields: Partial<CompanionRequest>, base = `ws://${server.host}/ws/feed?x=1`) {
    const io = createRecordingIo(4, 100)
    const request = { request: 'POST', url: '/publish', headers: [], body: '{"a":1}', ...fields }
    const endpoint = testEndpoint({ url: base, method: 'websocket', headers: [['X-Own', '1']] })
    return { io, seq: sendCompanion(request, testOptions(endpoint), io) }
  }

  it('goes to a path of the WebSocket’s server and resolves with its response', async () => {
    const { io, seq } = send({ headers: [['Content-Type', 'application/json']] })
    assert.equal(await seq, 101)
    const [request, response] = io.frames
    assert.ok(request?.kind === 'request' && response?.kind === 'response')
    assert.equal(request.detail.purpose, 'companion')
    assert.equal(request.detail.url, `${server.origin}/publish`)
    assert.equal(request.connection, 4)
    assert.equal(response.detail.status, 201)
    assert.equal(response.replyTo, 100)
    const got = server.requests.at(-1)
    assert.equal(got?.body.toString(), '{"a":1}')
    assert.equal(got?.header('content-type'), 'application/json')
    assert.equal(got?.header('x-own'), null)
  })

  it('is one that the profile keeps, by its name', async () => {
    const io = createRecordingIo(4, 100)
    const saved = {
      name: 'Publish',
      request: 'PUT',
      url: '/publish',
      headers: [['X-Token', 'resolved']] as const,
      body: 'kept',
    }
    const endpoint = testEndpoint({ url: `${server.origin}/sse`, method: 'sse', requests: [saved] })
    await sendCompanion({ saved: 'Publish' }, testOptions(endpoint), io)
    const got = server.requests.at(-1)
    assert.equal(got?.method, 'PUT')
    assert.equal(got?.body.toString(), 'kept')
    assert.equal(got?.header('x-token'), 'resolved')
    await assert.rejects(
      sendCompanion({ saved: 'publish' }, testOptions(endpoint), io),
      (error) => error instanceof RpcError && error.code === 'no-such-request',
    )
  })

  for (const [url, target] of [
    ['publish', '/ws/publish'],
    ['?y=2', '/ws/feed?y=2'],
    ['../publish#f', '/publish'],
  ] as const) {
    it(`to ${url} goes to ${target}`, async () => {
      await send({ url }).seq
      assert.equal(server.requests.at(-1)?.target, target)
    })
  }

  it('goes to an absolute URL, with its own method', async () => {
    const { seq } = send({ request: 'delete', url: `${server.origin}/publish`, body: null })
    await seq
    assert.equal(server.requests.at(-1)?.head.split('\r\n')[0], 'DELETE /publish HTTP/1.1')
  })

  it('resolves with the last frame of its redirects, or with the error', async () => {
    assert.equal(await send({ url: '/moved' }).seq, 103)
    const { io, seq } = send({ url: '/broken' })
    assert.equal(await seq, 101)
    const last = io.frames.at(-1)
    assert.ok(last?.kind === 'error')
    assert.equal(last.code, 'connection-reset')
    assert.equal(last.detail.speaksTls, undefined, 'it is not the session’s URL that failed')
    assert.equal(last.detail.fields, undefined)
  })

  it('is an answer of any status, not an error', async () => {
    const { io, seq } = send({ url: '/nothing' })
    assert.equal(await seq, 101)
    assert.equal(io.all('response')[0]?.detail.status, 404)
    assert.equal(io.all('error').length, 0)
  })

  it('that is stopped says so', async () => {
    const { io, seq } = send({ url: '/never' })
    await io.first('request')
    io.abort()
    assert.equal(await seq, 101)
    assert.equal(io.frames.at(-1)?.code, 'companion-stopped')
  })

  it('that waits for its answer when its session ends says so before the end', async () => {
    const { session, transport, timers, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const url = `${server.origin}/never`
    const before = server.requests.length
    const asked = session.request({ request: 'GET', url, headers: [], body: null })
    while (server.requests.length === before) await timers.advance(0)
    transport.current.end({ kind: 'done', message: 'The server is done.' })
    await session.ended
    assert.equal(await asked, 2)
    assert.deepEqual(
      recorded().map((line) => line.split(' ').slice(1, 3).join(' ').trim()),
      ['request', 'notice companion-stopped', 'end The'],
    )
    await assert.rejects(session.request({ request: 'GET', url, headers: [], body: null }), {
      code: 'ended',
    })
  })

  for (const url of ['ftp://127.0.0.1/', 'ws://127.0.0.1/', 'http://[', 'mailto:x']) {
    it(`to ${url} is refused before it is sent`, async () => {
      await assert.rejects(send({ url }).seq, { code: 'bad-url' })
    })
  }
})
