// Phoenix Channels over long polling, in literal bytes: polls are held until there are messages, pushes go beside them.

import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { after, before, describe, it } from 'mocha'
import { startSseServer, type TestSseServer } from '../../support/servers/sseServer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

// [phoenix] assets/js/phoenix/longpoll.js: a line for each message, of bytes in base64.
const target = '/socket/longpoll?vsn=2.0.0&token=t1'
const file = Buffer.from('00010106043335726f6f6d3a3166696c65010203', 'hex').toString('base64')

/** What is pushed once so many polls were begun, and what the server says to it. */
const turns: readonly (readonly [push: string, ...messages: readonly string[]])[] = [
  [
    '["3","3","room:1","phx_join",{}]',
    '["3","3","room:1","phx_reply",{"status":"ok","response":{}}]',
    '[null,null,"room:1","new_msg",{"body":"Hello"}]',
  ],
  [
    `["3","4","room:1","new_msg",{"b":1}]\n${file}`,
    '["3","4","room:1","phx_reply",{"status":"error","response":{"reason":"muted"}}]',
  ],
  [
    '[null,"6","phoenix","heartbeat",{}]',
    '[null,"6","phoenix","phx_reply",{"status":"ok","response":{}}]',
  ],
]

describe('Phoenix over long polling', () => {
  let server: TestSseServer
  let held = Promise.withResolvers<ServerResponse>()
  before(async () => {
    const take = async (response: ServerResponse, request: IncomingMessage) => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.end('{"status":200}')
      const [, ...messages] = turns.find(([push]) => push === body) ?? []
      const poll = await held.promise
      held = Promise.withResolvers()
      poll.end(JSON.stringify({ status: 200, token: 't1', messages }))
    }
    server = await startSseServer({
      '/socket/longpoll': (response, request) => {
        if (request.method === 'POST') void take(response, request)
        else held.resolve(response)
      },
    })
  })
  after(() => server.close())

  it('is told in polls and in what is pushed beside them', async () => {
    let polls = 0
    const fields = { allowFasterThan100ms: true }
    const run = await runSession(endpointAt(server.url(''), 'long-polling', target, fields), {
      until(frame, session) {
        if (frame.kind !== 'request' || frame.detail.purpose !== 'long-poll') return false
        const [body] = turns[polls++] ?? []
        if (body === undefined) return true
        setImmediate(() => session.request({ request: 'POST', url: target, headers: [], body }))
        return false
      },
    })
    const told = run.lines
      .filter((line) => /^re/.test(line) && /[▸◂]|heartbeat/.test(line))
      .map((line) => line.replace(/^.*?(?=[▸◂]|heartbeat)/, '').replace(/· [\d.]+ m?s\b/g, '· …'))
    assert.deepEqual(told, [
      '▸ phx_join room:1 #3',
      '◂ phx_reply room:1 #3 · …, ▸ new_msg room:1 {body: "Hello"}',
      '▸ new_msg #4 room:1 {b: 1}, ▸ file #5 room:1 3 B',
      '◂ phx_reply error {reason: "muted"} · new_msg #4 · …',
      'heartbeat #6',
      '◂ phx_reply heartbeat #6 · …',
    ])
  })
})
