// The command line that sends again what a tap's capture sent: to a server that answers as before, and to others.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, it } from 'mocha'
import { WebSocket, WebSocketServer } from 'ws'
import { openCapture } from '../../../src/engine/capture/capture.ts'
import type { Frame } from '../../../src/shared/frame/frame.ts'
import { withFolder } from '../../support/captures/captureFrames.ts'
import { closeWith, listenLocally } from '../../support/servers/listenLocally.ts'
import { runCommand, startCommand } from '../../support/sessions/commandLine.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server of a shop: JSON, an event stream, a WebSocket that repeats what it hears. */
function shop(price: number, word: string): Answer {
  return (request, response) => {
    request.resume()
    if (request.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.write(`data: {"n":1}\n\ndata: {"n":2,"word":"${word}"}\n\n`)
      return
    }
    const { authorization = '' } = request.headers
    if (authorization !== 'Bearer Qm9va3NBcmVGdW4x') response.statusCode = 401
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ path: request.url, method: request.method, price }))
  }
}

interface Heard {
  readonly url: string
  /** What asked, in order: `GET /a`. */
  readonly asked: readonly string[]
  readonly said: readonly string[]
  close(): Promise<void>
}

const servers: Heard[] = []

async function serve(answer: Answer, word: string): Promise<Heard> {
  const [asked, said]: [string[], string[]] = [[], []]
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket))
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      said.push(String(data))
      socket.send(JSON.stringify({ word, echo: String(data) }))
    })
  })
  const port = await listenLocally(server)
  const close = () => closeWith(server, open)
  const heard = { url: `http://localhost:${port}`, asked, said, close }
  servers.push(heard)
  return heard
}

/** Two fetches at once on connections of their own, a stream that is left, and a WebSocket. */
async function runProgram(origin: string): Promise<void> {
  const headers = { Authorization: 'Bearer Qm9va3NBcmVGdW4x', 'Content-Type': 'application/json' }
  const ask = async (path: string, init: RequestInit = {}) => {
    await (await fetch(origin + path, { headers, ...init })).text()
  }
  await Promise.all([ask('/a?x=1'), ask('/b', { method: 'POST', body: '{"buy":1}' })])
  const leaving = new AbortController()
  const stream = await fetch(`${origin}/events`, { signal: leaving.signal })
  await stream.body?.getReader().read()
  leaving.abort()
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`)
  await once(socket, 'open')
  for (const text of ['one', 'two']) {
    socket.send(text)
    await once(socket, 'message')
  }
  socket.close(1000)
  await once(socket, 'close')
}

async function record(url: string, path: string): Promise<void> {
  const tap = startCommand(['tap', url, '--capture', path, '--short'])
  const { promise, resolve } = Promise.withResolvers<string>()
  let told = ''
  tap.child.stderr?.on('data', (text: string) => {
    told += text
    const [address] = /http:\/\/localhost:\d+/.exec(told) ?? []
    if (address !== undefined) resolve(address)
  })
  await runProgram(await promise)
  tap.child.kill('SIGINT')
  assert.equal((await tap.finished).status, 0)
}

function noticesOf(path: string): readonly Frame[] {
  const capture = openCapture(path)
  try {
    const rows = [...capture.entries({ afterSeq: 0, text: '', wire: false })]
    return rows.flatMap(({ frame }) => (frame.code?.startsWith('replay-') ? [frame as Frame] : []))
  } finally {
    capture.close()
  }
}

const token = ['-H', 'Authorization: Bearer Qm9va3NBcmVGdW4x']

describe('a capture that is replayed to a server', function () {
  this.timeout(60_000)
  afterEach(() => Promise.all(servers.splice(0).map((one) => one.close())))

  async function withRecorded(
    run: (path: string, first: Heard, folder: string) => Promise<void>,
  ): Promise<void> {
    await withFolder(async (folder) => {
      const first = await serve(shop(10, 'hello'), 'hello')
      const path = join(folder, 'tap.lifeline')
      await record(first.url, path)
      await run(path, first, folder)
    })
  }

  it('finds the same answers at a server that answers the same', () =>
    withRecorded(async (path, first) => {
      const before = first.asked.length
      const { status, stderr, stdout } = await runCommand('replay', path, ...token, '--short')
      assert.match(stdout, /8 answers: 8 the same, 0 differ/, stdout + stderr)
      assert.equal(status, 0)
      assert.match(stderr, /Sending 3 requests, 1 WebSocket connection, 2 messages to /)
      assert.match(stderr, /3 of them may change something there/)
      assert.deepEqual(first.asked.slice(before).toSorted(), [
        'GET /a?x=1',
        'GET /events',
        'POST /b',
      ])
      assert.deepEqual(first.said, ['one', 'two', 'one', 'two'])
    }))

  it('tells what differs at another, each by its answer', () =>
    withRecorded(async (path, _first, folder) => {
      const other = await serve(shop(12, 'bye'), 'bye')
      const again = join(folder, 'again.lifeline')
      const words = ['--to', other.url, '--speed', '0', '--capture', again, '--short']
      const { status, stdout, stderr } = await runCommand('replay', path, ...token, ...words)
      assert.equal(status, 1, stdout + stderr)
      assert.match(stderr, /8 answers: 3 the same, 5 differ/)
      const told = noticesOf(again).flatMap(({ detail, code, replyTo }) =>
        code === 'replay-differs' && 'message' in detail
          ? [[detail.message, replyTo] as const]
          : [],
      )
      const paths = told.map(([message]) => message?.replace(/^.*?: /, '')).toSorted()
      assert.deepEqual(paths, [
        'price 10 → 12.',
        'price 10 → 12.',
        'word "hello" → "bye".',
        'word "hello" → "bye".',
        'word "hello" → "bye".',
      ])
      assert.ok(told.every(([, replyTo]) => replyTo !== null))
    }))

  it('asks for the credential that the capture has hidden, and sends nothing without it', () =>
    withRecorded(async (path, first) => {
      const before = first.asked.length
      const { status, stderr } = await runCommand('replay', path)
      assert.equal(status, 2)
      assert.match(stderr, /Set the environment variable LIFELINE_SECRET_AUTHORIZATION/)
      assert.equal(first.asked.length, before)
    }))

  it('ends where the server is gone, with what it did not answer', () =>
    withRecorded(async (path, first) => {
      await first.close()
      servers.splice(0)
      const words = ['--speed', '0', '--short']
      const { status, stderr } = await runCommand('replay', path, ...token, ...words)
      assert.equal(status, 1)
      assert.match(stderr, /4 answers: 0 the same, 4 differ/)
    }))

  it('is unmoved by a server that answers with something else everywhere', () =>
    withRecorded(async (path) => {
      const other = await serve((request, response) => {
        request.resume()
        if (request.url === '/b') request.socket.end('HTTP/1.1 200\x00\r\n\r\n')
        else response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end('['.repeat(60_000))
      }, '['.repeat(60_000))
      const words = ['--to', other.url, '--speed', '0', '--short']
      const { status, stderr } = await runCommand('replay', path, ...token, ...words)
      assert.equal(status, 1)
      assert.match(stderr, /answers: \d the same, [3-8] differ/)
      assert.deepEqual(other.asked.toSorted(), ['GET /a?x=1', 'GET /events', 'POST /b'])
    }))

  it('sends no more where one request after the other is not answered', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'polls.lifeline')
      const first = await serve((_request, response) => response.end('{}'), '')
      const asked = ['--method', 'polling', '--interval', '100ms', '--frames', '46']
      await runCommand('watch', `${first.url}/a`, ...asked, '--capture', path)
      await first.close()
      servers.splice(0)
      const { status, stderr } = await runCommand('replay', path, '--speed', '0', '--short')
      assert.equal(status, 1)
      assert.match(stderr, /20 requests in a row were not answered: the rest was not sent/)
      assert.match(stderr, /20 answers: 0 the same, 20 differ/)
    }))

  it('ends at once when it is asked to', () =>
    withRecorded(async (path) => {
      const replay = startCommand(['replay', path, ...token, '--speed', '0.01', '--short'])
      await replay.told(/Sending/)
      await replay.seen('Client')
      replay.child.kill('SIGINT')
      const { status, stdout } = await replay.finished
      assert.equal(status, 0)
      assert.match(stdout, /Stopped\. \d answers?:/)
    }))
})
