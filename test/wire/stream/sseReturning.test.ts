// An event source after its stream has ended: what is sent when it comes back, when, and whether it does.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { type SseBehaviour, startSseServer, stream } from '../../support/servers/sseServer.ts'
import { useSseServer } from '../../support/servers/useSseServer.ts'
import { createRecordingIo, type RecordingIo } from '../../support/sessions/recordingIo.ts'

const clearsItsId: SseBehaviour = (response, _request, visit) =>
  stream(response, visit === 1 ? 'id: 1\ndata: x\n\n' : 'id\ndata: y\n\n').end()

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  '/resume': (response, request) => {
    const last = Number(request.headers['last-event-id'] ?? '0')
    stream(response, `id: ${last + 1}\ndata: x\n\n`).end()
  },
  '/id-utf8': (response) => stream(response, 'id: 日本\ndata: x\n\n').end(),
  '/id-cleared': clearsItsId,
  '/id-cleared-too': clearsItsId,
  '/no-id': (response, _request, visit) =>
    stream(response, visit === 1 ? 'id: 9\ndata: x\n\n' : 'data: y\n\n').end(),
  '/retry-default': (response) => stream(response, 'retry: 3000\n\nretry: 3000\n\n').end(),
  '/id-control': (response) => stream(response, 'id: a\x01b\ndata: x\n\n').end(),
  '/unanswered': (response) => response.destroy(),
  '/retry-huge': (response) => stream(response, `retry: ${'9'.repeat(30)}\n\n`).end(),
  '/retry-twice': (response) => stream(response, 'retry: 50\nretry: 50\n\nretry: 60\n\n').end(),
  '/cut': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write('data: a\n\ndata: b', () => setImmediate(() => response.destroy()))
  },
  '/post': (response, request) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => stream(response, `data: ${request.method} ${body}\n\n`).end())
  },
}

describe('An event source that comes back', () => {
  const { run, server, transportFor } = useSseServer(behaviours)

  describe('the next connection', () => {
    async function runTwice(path: string, fields?: Partial<Endpoint>): Promise<RecordingIo> {
      const transport = transportFor(path, fields)
      await transport.connect(createRecordingIo(1))
      const second = createRecordingIo(2)
      await transport.connect(second)
      await transport.close()
      return second
    }

    function idSent(io: RecordingIo): string | undefined {
      return new Map(io.all('request')[0]?.detail.headers).get('Last-Event-ID')
    }

    it('sends the last event ID', async () => {
      const io = await runTwice('/resume')
      assert.equal(idSent(io), '1')
      assert.deepEqual(io.all('event')[0]?.detail, { type: 'message', lastEventId: '2' })
    })

    it('sends it in place of the one that the user began with', async () => {
      const io = await runTwice('/resume', { headers: [['Last-Event-ID', '7']] })
      assert.equal(idSent(io), '8')
    })

    it('sends it as UTF-8', async () => {
      await runTwice('/id-utf8')
      const received = server().requests.at(-1)?.headers['last-event-id']
      assert.equal(Buffer.from(String(received), 'latin1').toString('utf8'), '日本')
    })

    it('keeps it while events come without one', async () => {
      const io = await runTwice('/no-id')
      assert.deepEqual(io.all('event')[0]?.detail, { type: 'message', lastEventId: '9' })
    })

    it('sends none once the server has cleared it', async () => {
      const transport = transportFor('/id-cleared')
      const sent: (string | undefined)[] = []
      for (let connection = 1; connection <= 3; connection++) {
        const io = createRecordingIo(connection)
        await transport.connect(io)
        sent.push(idSent(io))
      }
      assert.deepEqual(sent, [undefined, '1', undefined])
      await transport.close()
    })

    it('sends none once the server has cleared the one that the user began with', async () => {
      const headers = [['Last-Event-ID', '7']] as const
      const transport = transportFor('/id-cleared-too', { headers })
      const sent: (string | undefined)[] = []
      for (let connection = 1; connection <= 3; connection++) {
        const io = createRecordingIo(connection)
        await transport.connect(io)
        sent.push(idSent(io))
      }
      assert.deepEqual(sent, ['7', '1', undefined])
      await transport.close()
    })

    it('sends the one that the user began with while the server names none', async () => {
      const io = await runTwice('/post', { headers: [['Last-Event-ID', '7']] })
      assert.equal(idSent(io), '7')
    })

    it('sends none that no header can hold, and says so', async () => {
      const io = await runTwice('/id-control')
      assert.equal(idSent(io), undefined)
      assert.equal(io.frames[0]?.code, 'sse-id-unsendable')
      const detail = { type: 'message', lastEventId: 'a\x01b', sameId: true }
      assert.deepEqual(io.all('event')[0]?.detail, detail)
      assert.deepEqual(io.all('error'), [])
    })

    it('waits no longer than a timer can', async () => {
      const { outcome } = await run('/retry-huge')
      assert(outcome.kind === 'lost')
      assert.equal(outcome.delayMs, 2 ** 31 - 1)
    })

    it('waits 3 s when the stream says nothing', async () => {
      const { outcome } = await run('/no-id')
      assert(outcome.kind === 'lost')
      assert.equal(outcome.delayMs, 3000)
    })

    it('draws the first retry, though it asks for what is done anyway', async () => {
      const transport = transportFor('/retry-default')
      for (let connection = 1; connection <= 2; connection++) {
        const io = createRecordingIo(connection)
        await transport.connect(io)
        assert.deepEqual(
          io.all('retry').map((frame) => [frame.detail.delayMs, frame.wireBytes]),
          [[3000, 18]],
        )
      }
      await transport.close()
    })

    it('draws a later retry that changes something', async () => {
      const { io } = await run('/retry-twice')
      assert.deepEqual(
        io.all('retry').map((frame) => frame.detail.delayMs),
        [50, 60],
      )
    })
  })

  describe('a stream by POST', () => {
    const post = { request: 'POST', body: '{"q":1}' }

    it('is not asked for again when it has ended', async () => {
      const { outcome } = await run('/post', post)
      assert.deepEqual(outcome, {
        kind: 'done',
        message:
          'The stream ended. POST is not repeated automatically: reconnect to send it again.',
      })
    })

    it('is not asked for again when it has broken off', async () => {
      const { outcome } = await run('/cut', post)
      assert.equal(outcome.kind, 'refused')
    })

    it('is not asked for again when it got no answer, which does not mean that nothing was done', async () => {
      const { io, outcome } = await run('/unanswered', post)
      assert.equal(io.all('error').length, 1)
      assert.equal(outcome.kind, 'refused')
      assert.match(outcome.message, /POST is not repeated automatically/)
      assert.equal((await run('/unanswered')).outcome.kind, 'lost')
    })

    it('is asked for again when the request never left', async () => {
      const gone = await startSseServer({})
      await gone.close()
      const { outcome } = await run('/', { ...post, url: gone.url('/') })
      assert.equal(outcome.kind, 'lost')
    })

    it('is asked for again where the profile says so', async () => {
      const { outcome } = await run('/post', { ...post, reconnectAs: 'browser' })
      assert.equal(outcome.kind, 'lost')
    })
  })
})
