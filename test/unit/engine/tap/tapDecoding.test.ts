// Application protocols in the traffic of several programs at once: decoded as in sessions of Lifeline's own.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { describe as describeFrame } from '../../../../src/shared/frame/describe.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { type ScriptedPair, type ScriptedTap, scriptTap } from '../../../support/tap/scriptedTap.ts'

const sse = ['Content-Type: text/event-stream', 'Transfer-Encoding: chunked']
const json = ['Content-Type: application/json']
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const event = (data: object | string, name = '') =>
  chunk(
    `${name === '' ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
  )

interface Told {
  readonly frame: Frame
  readonly protocols: readonly string[]
  readonly text: string
}

/** All frames with what is decoded of them. */
function decoded(tap: ScriptedTap): readonly Told[] {
  tap.capture.flush()
  while (!tap.capture.decode(1000));
  const rows = [...tap.capture.entries({ afterSeq: 0, text: '', wire: true })]
  return rows.map(({ frame, preview, decoded: packets = [] }) => ({
    frame,
    protocols: packets.map(({ protocol }) => protocol),
    text: describeFrame(frame, preview, packets).text,
  }))
}

/** `1 > ▸ CONNECT /` of each frame that is decoded. */
function lines(tap: ScriptedTap): readonly string[] {
  return decoded(tap)
    .filter(({ protocols }) => protocols.length > 0)
    .map(
      ({ frame, text }) =>
        `${frame.connection} ${frame.direction} ${text.replace(/ · [\d.]+ m?s/, '')}`,
    )
}

function post(pair: ScriptedPair, path: string, body: object, accept = 'application/json'): void {
  pair.request(`POST ${path}`, [...json, `Accept: ${accept}`], JSON.stringify(body))
}

describe('protocols that pass a tap', () => {
  it('are MCP over posts that JSON and streams answer, beside a stream of the server’s own', async () => {
    const tap = await scriptTap()
    const accept = 'application/json, text/event-stream'
    const [one, two, listening] = [tap.pair(), tap.pair(), tap.pair()]
    const init = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18' },
    }
    post(one, '/mcp', init, accept)
    one.answer('200 OK', json, '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18"}}')
    listening.request('GET /mcp', ['Accept: text/event-stream'])
    listening.response('200 OK', sse)
    post(
      one,
      '/mcp',
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'add' } },
      accept,
    )
    post(
      two,
      '/mcp',
      { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'sub' } },
      accept,
    )
    two.response('200 OK', sse)
    one.response('200 OK', sse)
    listening.body('server', event({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }))
    two.body('server', event({ jsonrpc: '2.0', id: 3, result: { content: [] } }))
    one.body('server', event({ jsonrpc: '2.0', id: 2, result: { content: [] } }))
    const told = decoded(tap).filter(({ protocols }) => protocols.length > 0)
    assert.deepEqual(
      told.map(({ frame, protocols }) => `${frame.direction} ${frame.kind} ${protocols.join()}`),
      [
        'out request mcp',
        'in response mcp',
        'out request mcp',
        'out request mcp',
        'in event mcp',
        'in event mcp',
        'in event mcp',
      ],
    )
    assert.match(told.at(-1)?.text ?? '', /tools\/call/)
    assert.match(told.at(-2)?.text ?? '', /tools\/call/)
  })

  it('are streams of language models that were asked for by post, two at once', async () => {
    const tap = await scriptTap()
    const pairs = [tap.pair(), tap.pair()]
    for (const pair of pairs) {
      post(pair, '/v1/chat/completions', {
        model: 'm',
        stream: true,
        messages: [{ role: 'user', content: 'hi' }],
      })
      pair.response('200 OK', sse)
    }
    const delta = (content: string) => ({
      id: 'c',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { content } }],
    })
    for (const word of ['Hel', 'lo'])
      for (const pair of pairs) pair.body('server', event(delta(word)))
    for (const pair of pairs) {
      pair.body('server', event('[DONE]'), '0\r\n\r\n')
      pair.end('server')
    }
    const told = decoded(tap).filter(({ frame }) => frame.kind === 'event')
    assert.deepEqual(new Set(told.map(({ frame }) => frame.connection)), new Set([1, 2]))
    assert.ok(
      told.every(({ protocols }) => protocols[0] === 'openai-chat'),
      JSON.stringify(told[0]),
    )
    const { result } = tap.capture.analysis('answers', { afterSeq: 0 })
    assert.equal(result.answers.length, 2)
  })

  it('are GraphQL operations over posts, answered in another order', async () => {
    const tap = await scriptTap()
    const [one, two] = [tap.pair(), tap.pair()]
    post(one, '/graphql', { query: 'query Orders { orders { id } }', operationName: 'Orders' })
    post(two, '/graphql', { query: 'mutation Buy { buy }', operationName: 'Buy' })
    two.answer('200 OK', json, '{"data":{"buy":true}}')
    one.answer('200 OK', json, '{"data":{"orders":[]}}')
    assert.deepEqual(lines(tap), [
      '1 out POST /graphql ▸ Orders query',
      '1 out POST /graphql ▸ Buy mutation',
      '1 in 200 OK ◂ result Buy · {buy: true}',
      '1 in 200 OK ◂ result Orders · {orders: []}',
    ])
  })

  it('are Socket.IO over polls and a WebSocket at the same time', async () => {
    const tap = await scriptTap()
    const [polls, posts, socket] = [tap.pair(), tap.pair(), tap.pair()]
    const path = '/socket.io/?EIO=4&transport=polling'
    polls.request(`GET ${path}&t=1`)
    polls.answer(
      '200 OK',
      [],
      '0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}',
    )
    posts.request(`POST ${path}&sid=abc`, [], '40')
    posts.answer('200 OK', [], 'ok')
    socket.request('GET /socket.io/?EIO=4&transport=websocket', [
      'Upgrade: websocket',
      'Connection: Upgrade',
    ])
    socket.response('101 Switching Protocols', ['Upgrade: websocket', 'Connection: Upgrade'])
    const text = (words: string) => Uint8Array.from([0x81, words.length, ...Buffer.from(words)])
    socket.body(
      'server',
      text('0{"sid":"d","upgrades":[],"pingInterval":25000,"pingTimeout":20000}'),
    )
    polls.request(`GET ${path}&sid=abc&t=2`)
    polls.answer('200 OK', [], '40{"sid":"x"}')
    socket.body('server', text('40{"sid":"y"}'), text('42["price",1]'))
    assert.deepEqual(lines(tap), [
      '1 in 200 OK open pings every 25.0 s, waits 20.0 s, upgrades to websocket',
      '1 out POST /socket.io/?EIO=4&transport=polling&sid=abc ▸ CONNECT /',
      '2 in open pings every 25.0 s, waits 20.0 s',
      '1 in 200 OK ◂ CONNECT / · {sid: "x"}',
      '2 in ▸ CONNECT / {sid: "y"}',
      '2 in ▸ price 1',
    ])
  })
})
