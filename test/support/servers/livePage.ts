// A page that asks its own origin in all the ways that a browser has, and the server that answers it.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { closeWith, listenLocally } from './listenLocally.ts'

export interface LivePage {
  /** `http://127.0.0.1:port`. */
  readonly origin: string
  /** Requests as they came, with those for a WebSocket. */
  readonly requests: readonly Pick<IncomingMessage, 'method' | 'url' | 'headers'>[]
  close(): Promise<void>
}

/** What the page's script has got, as `globalThis.got`. */
export interface Got {
  readonly polls: readonly number[]
  /** Cursors that its long polls were answered with. */
  readonly waits: readonly number[]
  /** IDs of events. */
  readonly events: readonly string[]
  /** How often its `EventSource` has opened. */
  readonly opened: number
  readonly messages: readonly string[]
  /** What its WebSocket agreed upon, and how it closed. */
  readonly extensions: string
  readonly closed: string
  /** What its order was answered with: cookies that came back, and `Origin`. */
  readonly order: { readonly cookie: string; readonly origin: string } | null
  /** Where a redirect led. */
  readonly landed: string
}

/** The server holds a long poll for this time, in ms. */
const heldMs = 450

const script = `
globalThis.got = { polls: [], waits: [], events: [], opened: 0, messages: [], extensions: '', closed: '', order: null, landed: '' }
setInterval(async () => got.polls.push(await (await fetch('/cart')).json()), 200)
const wait = async (since) => {
  const { next } = await (await fetch('/updates?since=' + since)).json()
  got.waits.push(next)
  wait(next)
}
wait(0)
const events = new EventSource('/prices')
events.onopen = () => got.opened++
events.addEventListener('price', (event) => got.events.push(event.lastEventId))
const socket = new WebSocket(location.origin.replace('http', 'ws') + '/chat', 'chat.v1')
socket.onopen = () => {
  got.extensions = socket.extensions
  socket.send('hello '.repeat(40))
  socket.send(new Uint8Array([1, 2, 3]))
}
socket.onmessage = async ({ data }) => {
  got.messages.push(typeof data === 'string' ? data : 'bytes: ' + new Uint8Array(await data.arrayBuffer()))
  if (got.messages.length === 2) socket.close(4001, 'enough')
}
socket.onclose = ({ code, reason, wasClean }) => (got.closed = [code, reason, wasClean].join(' '))
fetch('/orders', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"item":1}' })
  .then(async (answer) => (got.order = await answer.json()))
fetch('/moved').then(({ url }) => (got.landed = url))
`

const page = `<!doctype html><html lang="en"><title>Live</title><link rel="icon" href="data:,">
<script>${script}</script></html>`

export async function startLivePage(): Promise<LivePage> {
  const requests: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const accepting = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } })
  const server = createServer((request, response) => {
    requests.push(request)
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const respond = routes[path]
    if (respond) respond(request, response)
    else response.writeHead(404).end()
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    requests.push(request)
    accepting.handleUpgrade(request, socket, head, echo)
  })
  const origin = `http://127.0.0.1:${await listenLocally(server)}`
  return { origin, requests, close: () => closeWith(server, sockets) }
}

type Route = (request: IncomingMessage, response: ServerResponse) => void

const routes: Readonly<Record<string, Route>> = {
  '/': (_, response) => {
    // A browser at another address takes the second only without its domain.
    response.appendHeader('Set-Cookie', 'visitor=anna; Path=/; HttpOnly')
    response.appendHeader('Set-Cookie', 'session=0123456789abcdef; Path=/; Domain=127.0.0.1')
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page)
  },
  '/empty': (_, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Elsewhere</title>')
  },
  '/cart': (_, response) => json(response, 3),
  '/updates': (request, response) => {
    const since = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('since'))
    setTimeout(() => json(response, { next: since + 1 }), heldMs)
  },
  '/prices': streamPrices,
  '/orders': (request, response) => {
    const { cookie = '', origin = '' } = request.headers
    request.resume().on('end', () => json(response, { cookie, origin }))
  },
  '/moved': ({ headers }, response) => {
    response.writeHead(307, { Location: `http://${headers.host}/landed` }).end()
  },
  '/landed': (_, response) => json(response, 'here'),
  '/shared': shareWithAll,
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value))
}

/** Three events, and its end; who comes back gets the next three, and stays. */
function streamPrices({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/event-stream')
  response.write('retry: 50\n\n: welcome\n\n')
  const last = Number(headers['last-event-id'] ?? 0)
  for (let id = last + 1; id <= last + 3; id++) {
    response.write(`id: ${id}\nevent: price\ndata: {"price":${id}}\n\n`)
  }
  if (last === 0) response.end()
}

/** [fetch] 4.8, CORS-preflight fetch */
function shareWithAll({ method, headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '')
  response.setHeader('Access-Control-Expose-Headers', 'X-Origin')
  response.setHeader('X-Origin', headers.origin ?? '')
  if (method === 'OPTIONS') {
    response.setHeader('Access-Control-Allow-Methods', 'PUT')
    response.setHeader('Access-Control-Allow-Headers', 'x-own')
    response.writeHead(204).end()
  } else json(response, 'shared')
}

function echo(ws: WebSocket): void {
  ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }))
}
