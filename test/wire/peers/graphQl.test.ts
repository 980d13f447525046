// Peers that nobody here wrote: the servers of graphql-ws and graphql-sse, over one schema.

import assert from 'node:assert/strict'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { createHandler } from 'graphql-sse/lib/use/http'
import { useServer } from 'graphql-ws/use/ws'
import { after, before, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import type { Frame } from '../../../src/shared/frame/frame.ts'
import { closeWith, listenLocally } from '../../support/servers/listenLocally.ts'
import { profileAt, runSession, type SessionRun } from '../../support/sessions/runSession.ts'

async function* words() {
  yield { word: 'one' }
  yield { word: 'two' }
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      hello: { type: GraphQLString, resolve: () => 'world' },
      fails: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('Not today')
        },
      },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: { word: { type: GraphQLString, subscribe: words } },
  }),
})

/** As Apollo Router writes a subscription. [apollo] Multipart HTTP protocol for GraphQL subscriptions */
function answerInParts(response: ServerResponse): void {
  const type = 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"'
  response.writeHead(200, { 'Content-Type': type })
  const parts = ['{}', '{"payload":{"data":{"word":"one"}}}', '{"payload":null}']
  for (const part of parts) {
    response.write(`\r\n--graphql\r\ncontent-type: application/json\r\n\r\n${part}`)
  }
  response.end('\r\n--graphql--\r\n')
}

/** The words of frames of this kind, times aside. */
const linesOf = (run: SessionRun, kind: string) =>
  run.lines
    .filter((line) => line.startsWith(`${kind} `))
    .map((line) => line.slice(kind.length + 1).replace(/· [\d.]+ m?s/, '· …'))

describe('GraphQL servers', () => {
  let http: Server
  let origin = ''
  const sockets = new Set<Socket>()
  before(async () => {
    const answer = createHandler({ schema })
    http = createServer((request, response) =>
      request.url === '/parts' ? answerInParts(response) : void answer(request, response),
    )
    http.on('connection', (socket) => sockets.add(socket))
    useServer({ schema }, new WebSocketServer({ server: http, path: '/graphql' }))
    origin = `http://127.0.0.1:${await listenLocally(http)}`
  })
  after(() => closeWith(http, sockets))

  const socketAt = (first: string) =>
    profileAt(origin, 'websocket', '/graphql', {
      subprotocols: ['graphql-transport-ws'],
      send: [first],
    })

  const message = (frame: Frame, payload: Uint8Array | null) =>
    frame.kind === 'message' && frame.direction === 'in'
      ? Buffer.from(payload ?? []).toString()
      : ''

  it('answer over WebSocket, query after query', async () => {
    const follow: Readonly<Record<string, readonly object[]>> = {
      '{"type":"connection_ack"}': [
        { id: '1', type: 'subscribe', payload: { query: 'query Greet { hello }' } },
        { type: 'ping' },
      ],
      '{"id":"1","type":"complete"}': [
        { id: '2', type: 'subscribe', payload: { query: 'subscription { word }' } },
      ],
      '{"id":"2","type":"complete"}': [
        { id: '3', type: 'subscribe', payload: { query: '{ nope }' } },
      ],
    }
    const endpoint = socketAt('{"type":"connection_init"}')
    const run = await runSession(endpoint, {
      until(frame, session, payload) {
        const text = message(frame, payload)
        for (const one of follow[text] ?? []) {
          void session.send({ type: 'text', text: JSON.stringify(one) })
        }
        return text.includes('"type":"error"')
      },
    })
    const said = linesOf(run, 'message')
    assert.deepEqual(
      said.filter((line) => !/\bp[io]ng\b/.test(line)),
      [
        'connection_init',
        '◂ connection_ack · …',
        '▸ subscribe Greet #1 query',
        '◂ next Greet #1 · … · {hello: "world"}',
        '▸ complete Greet #1',
        '▸ subscribe word #2 subscription',
        '◂ next word #2 · … · {word: "one"}',
        '▸ next word #2 {word: "two"}',
        '▸ complete word #2',
        '▸ subscribe nope #3 query',
        '◂ error Cannot query field "nope" on type "Query". · nope #3 · …',
      ],
    )
    assert.deepEqual(
      said.filter((line) => /\bp[io]ng\b/.test(line)),
      ['ping', '◂ pong · …'],
    )
  })

  it('close with the codes of their protocol', async () => {
    const run = await runSession(
      socketAt('{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}'),
    )
    assert.deepEqual(linesOf(run, 'message'), [
      '▸ subscribe hello #1 query · no answer · flaw: The connection is not acknowledged: the server closes with 4401.',
    ])
    assert.equal(run.all('close')[0]?.detail.code, 4401)
  })

  const streamAt = (query: string, path = '/graphql/stream') =>
    profileAt(origin, 'sse', path, {
      request: 'POST',
      headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json' },
      body: JSON.stringify({ query }),
    })

  it('answer over Server-Sent Events, a connection for each operation', async () => {
    const run = await runSession(streamAt('subscription Words { word }'), {
      until: (frame) => frame.kind === 'event' && frame.detail.type === 'complete',
    })
    assert.deepEqual(linesOf(run, 'event'), [
      '◂ next Words · … · {word: "one"}',
      '▸ next Words {word: "two"}',
      '▸ complete Words',
    ])
    assert.match(run.lines.find((line) => line.startsWith('request')) ?? '', /Words/)
  })

  it('answer in parts of one body', async () => {
    const run = await runSession(streamAt('subscription Words { word }', '/parts'))
    assert.deepEqual(linesOf(run, 'record'), [
      'heartbeat',
      '◂ result Words · … · {word: "one"}',
      '▸ complete Words',
    ])
  })

  it('tell errors in a stream that is fine as such', async () => {
    const run = await runSession(streamAt('{ fails }'), {
      until: (frame) => frame.kind === 'event' && frame.detail.type === 'complete',
    })
    assert.match(linesOf(run, 'event')[0] ?? '', /next error Not today · fails/)
  })

  it('answer several operations over one stream, which are asked for beside it', async () => {
    const reserved = await fetch(`${origin}/graphql/stream`, { method: 'PUT' })
    const path = `/graphql/stream?token=${await reserved.text()}`
    const ask = (query: string, operationId: string) => ({
      ...{ request: 'POST', url: path, headers: [['Content-Type', 'application/json']] as const },
      body: JSON.stringify({ query, extensions: { operationId } }),
    })
    const run = await runSession(profileAt(origin, 'sse', path, {}), {
      until(frame, session, payload) {
        const text = Buffer.from(payload ?? []).toString()
        const isOpen = frame.kind === 'response' && frame.detail.purpose === 'stream'
        const isOver = frame.kind === 'event' && frame.detail.type === 'complete'
        if (isOpen) void session.request(ask('query Greet { hello }', 'a'))
        if (isOver && text.includes('"a"')) void session.request(ask('{ fails }', 'b'))
        return isOver && text.includes('"b"')
      },
    })
    assert.deepEqual(linesOf(run, 'event'), [
      '◂ next Greet #a · … · {hello: "world"}',
      '▸ complete Greet #a',
      '◂ next error Not today · fails #b · …',
      '▸ complete fails #b',
    ])
    assert.match(run.lines.join('\n'), /request POST .* ▸ Greet #a query/)
  })
})
