// MCP of 2024-11-05 over HTTP with SSE: answers come over the stream, calls go in requests beside it.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import {
  type McpStreamServer,
  mcpMessagesPath,
  startMcpStreamServer,
} from '../../support/servers/mcpStreamServer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const message = (fields: object) => JSON.stringify({ jsonrpc: '2.0', ...fields })
const call = (id: number, name: string, meta?: object) =>
  message({
    id,
    method: 'tools/call',
    params: { name, arguments: { a: 2 }, ...(meta && { _meta: meta }) },
  })

/** After an event in which the first text is found, these messages are sent. */
const turns: readonly (readonly [found: string, ...said: readonly string[]])[] = [
  [
    mcpMessagesPath,
    message({
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2024-11-05', clientInfo: { name: 'tester', version: '1.0' } },
    }),
  ],
  ['"serverInfo"', message({ method: 'notifications/initialized' })],
  ['"roots/list"', message({ id: 0, result: { roots: [{ uri: 'file:///home' }] } })],
  [
    '"sampling/createMessage"',
    message({ id: 1, error: { code: -1, message: 'User rejected sampling request' } }),
  ],
  ['"notifications/tools/list_changed"', call(1, 'add', { progressToken: 't' })],
  ['"id":1,"result"', call(2, 'fails')],
  ['"isError"', call(3, 'none')],
  ['-32602', message({ id: 4, method: 'ping' })],
]

describe('An MCP server of 2024', () => {
  let server: McpStreamServer
  before(async () => {
    server = await startMcpStreamServer()
  })
  after(() => server.close())

  it('answers over its stream what is sent beside it, and asks there itself', async () => {
    const run = await runSession(endpointAt(server.origin, 'sse', '/sse'), {
      until(frame, session, payload) {
        if (frame.kind !== 'event') return false
        const text = Buffer.from(payload ?? []).toString()
        const [, ...said] = turns.find(([found]) => text.includes(found)) ?? []
        const headers = [['Content-Type', 'application/json']] as const
        for (const body of said) {
          void session.request({ request: 'POST', url: mcpMessagesPath, headers, body })
        }
        return text.includes('"id":4')
      },
    })
    const told = run.lines
      .map((line) => line.replace(/· [\d.]+ m?s\b/g, '· …'))
      .filter((line) => /^event|^request POST/.test(line))
      .map((line) => line.replace(/^request POST \S+ /, '> ').replace(/^event /, ''))
    assert.deepEqual(told, [
      'endpoint /messages?…',
      '> ▸ initialize #0 2024-11-05 · tester 1.0',
      '◂ result initialize #0 · … · 2024-11-05 · sums 0.9',
      '> ▸ notifications/initialized',
      '▸ notifications/message info: ready',
      '▸ roots/list #0',
      '> ◂ result roots/list #0 · … · {roots: [{uri: "file:///home"}]}',
      '▸ sampling/createMessage #1 {messages: [], maxTokens: 8}',
      '> ◂ error -1 User rejected sampling request · sampling/createMessage #1 · …',
      '▸ notifications/tools/list_changed',
      '> ▸ tools/call add #1 {a: 2}',
      '▸ notifications/progress #1 tools/call add · 1 of 2',
      '◂ result tools/call add #1 · … · 5',
      '> ▸ tools/call fails #2 {a: 2}',
      '◂ tool error Nothing to add · tools/call fails #2 · …',
      '> ▸ tools/call none #3 {a: 2}',
      '◂ error -32602 Unknown tool: none · tools/call none #3 · …',
      '> ▸ ping #4',
      '◂ result ping #4 · … · {}',
    ])
    assert.doesNotMatch(run.lines.join('\n'), /flaw|no answer/)
  })
})
