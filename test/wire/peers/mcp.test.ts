// A peer that nobody here wrote: an MCP server, over streamable HTTP of both eras and over WebSocket.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createMcpHandler,
  fromJsonSchema,
  McpServer,
  type Transport,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import { after, before, describe, it } from 'mocha'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Session } from '../../../src/engine/session/session.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { endpointAt, runSession, type SessionRun } from '../../support/sessions/runSession.ts'

type Fetch = (request: Request) => Promise<Response>

const accepts = ['Accept', 'application/json, text/event-stream'] as const
const json = ['Content-Type', 'application/json'] as const
const version = '2025-11-25'

function makeServer(): McpServer {
  const server = new McpServer({ name: 'sums', version: '2.0' }, { capabilities: { logging: {} } })
  const inputSchema = fromJsonSchema<{ a: number; b: number }>({
    type: 'object',
    properties: { a: { type: 'number' }, b: { type: 'number' } },
    required: ['a', 'b'],
  })
  server.registerTool('add', { inputSchema }, async ({ a, b }, { mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken
    if (progressToken !== undefined) {
      const params = { progressToken, progress: 1, total: 2, message: 'adding' }
      await mcpReq.notify({ method: 'notifications/progress', params })
    }
    if (b === 0) throw new Error('Nothing to add')
    return { content: [{ type: 'text', text: String(a + b) }] }
  })
  // It waits until it is called off, and has no answer then.
  server.registerTool('wait', {}, async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken ?? 0
    await mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken, progress: 1 },
    })
    await once(mcpReq.signal, 'abort')
    return { content: [] }
  })
  return server
}

/** Node's exchange as the server takes it. */
async function serve(fetch: Fetch, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const url = `http://${request.headers.host}${request.url}`
  const { method = 'GET', headers } = request
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
  const answer = await fetch(
    new Request(url, { method, headers: headers as Record<string, string>, ...body }),
  )
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).flushHeaders()
  const reader = answer.body?.getReader()
  response.on('close', () => void reader?.cancel().catch(() => undefined))
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    response.write(next.value)
  }
  response.end()
}

async function listen(fetch: Fetch) {
  const http = createServer((request, response) => {
    serve(fetch, request, response).catch(() => response.destroy())
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return { http, origin }
}

function call(id: number, args: object, meta: object = { progressToken: id }): string {
  const params = { name: 'add', arguments: args, _meta: meta }
  return JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params })
}

const introduction = JSON.stringify({
  ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
  params: {
    protocolVersion: version,
    capabilities: {},
    clientInfo: { name: 'tester', version: '1.0' },
  },
})

/** Over WebSocket, from the introduction on: each message that comes is answered by the next texts, until there are none. */
function converse(origin: string, next: string[][]): Promise<SessionRun> {
  const endpoint = { ...endpointAt(origin, 'websocket', '/'), subprotocols: ['mcp'] }
  return runSession(
    { ...endpoint, send: [{ kind: 'text', value: introduction }] },
    {
      until(frame, live) {
        if (frame.kind !== 'message' || frame.direction === 'out') return false
        const texts = next.shift()
        for (const text of texts ?? []) void live.send({ type: 'text', text })
        return texts === undefined
      },
    },
  )
}

/** What the rows say of packets, without times. */
function told(run: SessionRun, ...kinds: readonly string[]): readonly string[] {
  return run.lines
    .filter((line) => kinds.includes(line.slice(0, line.indexOf(' '))) && /[▸◂]/.test(line))
    .map((line) => line.replace(/· [\d.]+ m?s\b/g, '· …').replace(/^.*?(?=[▸◂])/, ''))
}

const latestAnswers = [
  {
    title: 'the stream that is watched',
    responseMode: 'sse',
    method: 'sse',
    told: [
      '▸ tools/call add #1 {a: 2, b: 3}',
      '▸ notifications/progress #1 tools/call add · 1 of 2 · adding',
      '◂ result tools/call add #1 · … · 5',
    ],
  },
  {
    title: 'one document',
    responseMode: 'json',
    method: 'polling',
    told: ['▸ tools/call add #1 {a: 2, b: 3}', '◂ result tools/call add #1 · … · 5'],
  },
] as const

describe('An MCP server', () => {
  describe('of 2025, with a session', () => {
    let peer: Awaited<ReturnType<typeof listen>>
    let transport: WebStandardStreamableHTTPServerTransport
    before(async () => {
      transport = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
      })
      await makeServer().connect(transport)
      peer = await listen((request) => transport.handleRequest(request))
    })
    after(async () => {
      await transport.close()
      peer.http.close()
    })

    it('answers beside its stream: each answer is a stream of its own, tied to its call', async () => {
      const first = await fetch(peer.origin, {
        method: 'POST',
        headers: [[...accepts], [...json]],
        body: introduction,
      })
      await first.text()
      const session = first.headers.get('mcp-session-id') ?? ''
      const headers = [
        accepts,
        ['Mcp-Session-Id', session],
        ['MCP-Protocol-Version', version],
      ] as const
      const ask = (live: Session, body: string) =>
        void live.request({
          ...{ request: 'POST', url: '/', headers: [...headers, json], body },
        })
      let answers = 0
      const endpoint = { ...endpointAt(peer.origin, 'sse', '/'), headers } as Endpoint
      const run = await runSession(endpoint, {
        until(frame, live) {
          if (frame.kind !== 'response') return false
          if (frame.detail.purpose === 'stream') ask(live, call(1, { a: 2, b: 3 }))
          else if (++answers === 1) ask(live, call(2, { a: 1, b: 0 }))
          return answers === 2
        },
      })
      assert.deepEqual(told(run, 'request', 'response'), [
        '▸ tools/call add #1 {a: 2, b: 3}',
        '▸ notifications/progress #1 tools/call add · 1 of 2 · adding, ◂ result tools/call add #1 · … · 5',
        '▸ tools/call add #2 {a: 1, b: 0}',
        '▸ notifications/progress #2 tools/call add · 1 of 2 · adding, ◂ tool error Nothing to add · tools/call add #2 · …',
      ])
    })
  })

  for (const { title, responseMode, method, told: expected } of latestAnswers) {
    it(`of 2026 answers a POST by ${title}`, async () => {
      const handler = createMcpHandler(makeServer, { responseMode })
      const { http, origin } = await listen((request) => handler.fetch(request))
      const latest = '2026-07-28'
      const meta = {
        progressToken: 1,
        'io.modelcontextprotocol/protocolVersion': latest,
        'io.modelcontextprotocol/clientInfo': { name: 'tester', version: '1.0' },
        'io.modelcontextprotocol/clientCapabilities': {},
      }
      const headers = [
        ...[accepts, json, ['MCP-Protocol-Version', latest]],
        ...[
          ['Mcp-Method', 'tools/call'],
          ['Mcp-Name', 'add'],
        ],
      ]
      const endpoint = {
        ...endpointAt(origin, method, '/'),
        ...{ request: 'POST', headers, body: call(1, { a: 2, b: 3 }, meta) },
        reconnectAttempts: 0,
      } as Endpoint
      const run = await runSession(endpoint, {
        until: ({ kind }) => method === 'polling' && kind === 'response',
      })
      assert.deepEqual(told(run, 'request', 'response', 'event'), expected)
      await handler.close()
      http.close()
    })
  }

  it('over WebSocket leaves a call that is called off without an answer, and it is told as cancelled', async () => {
    const { sockets, origin } = await listenForSockets()
    const params = { name: 'wait', arguments: {}, _meta: { progressToken: 1 } }
    const cancelled = { requestId: 1, reason: 'late' }
    const next = [
      [
        '{"jsonrpc":"2.0","method":"notifications/initialized"}',
        { id: 1, method: 'tools/call', params },
      ],
      [
        { method: 'notifications/cancelled', params: cancelled },
        { id: 2, method: 'ping' },
      ],
    ].map((all) =>
      all.map((one) =>
        typeof one === 'string' ? one : JSON.stringify({ jsonrpc: '2.0', ...one }),
      ),
    )
    const run = await converse(origin, next)
    assert.deepEqual(told(run, 'message').slice(3), [
      '▸ tools/call wait #1 {} · cancelled',
      '▸ notifications/progress #1 tools/call wait · 1',
      '▸ notifications/cancelled #1 late',
      '▸ ping #2',
      '◂ result ping #2 · … · {}',
    ])
    sockets.close()
  })

  it('over WebSocket begins by an introduction', async () => {
    const { sockets, origin } = await listenForSockets()
    const next = [
      ['{"jsonrpc":"2.0","method":"notifications/initialized"}', call(1, { a: 2, b: 3 })],
      [],
      ['{"jsonrpc":"2.0","id":"p","method":"ping"}'],
    ]
    const run = await converse(origin, next)
    assert.deepEqual(told(run, 'message'), [
      '▸ initialize #0 2025-11-25 · tester 1.0',
      '◂ result initialize #0 · … · 2025-11-25 · sums 2.0',
      '▸ notifications/initialized',
      '▸ tools/call add #1 {a: 2, b: 3}',
      '▸ notifications/progress #1 tools/call add · 1 of 2 · adding',
      '◂ result tools/call add #1 · … · 5',
      '▸ ping #"p"',
      '◂ result ping #"p" · … · {}',
    ])
    sockets.close()
  })
})

async function listenForSockets() {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(sockets, 'listening')
  sockets.on('connection', (socket) => void makeServer().connect(transportOver(socket)))
  return { sockets, origin: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}` }
}

/** The specification has no transport for it; each message is a text. */
function transportOver(socket: WebSocket): Transport {
  const transport: Transport = {
    start: async () => {
      socket.on('message', (data) => transport.onmessage?.(JSON.parse(String(data))))
      socket.on('close', () => transport.onclose?.())
    },
    send: async (message) => socket.send(JSON.stringify(message)),
    close: async () => socket.close(),
  }
  return transport
}
