// Centrifugo over a streamed body, beside which commands go with their session, as centrifuge 5.8 writes them.

import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { after, before, describe, it } from 'mocha'
import { startSseServer, type TestSseServer } from '../../support/servers/sseServer.ts'
import { profileAt, runSession } from '../../support/sessions/runSession.ts'

const emulated = (data: string) => JSON.stringify({ session: 's1', node: 'n1', data })

/** After such a record this is sent beside the stream. */
const turns: readonly (readonly [RegExp, string])[] = [
  [/"connect"/, emulated('{"subscribe":{"channel":"news","flag":1},"id":2}')],
  [/"pub"/, emulated('{"rpc":{"method":"sum","data":[1]},"id":3}')],
  [/^\{\}$/, emulated('{}')],
]

/** What the server says to a command in which the text is found. */
const answers = new Map([
  [
    'subscribe',
    '{"id":2,"subscribe":{}}\n{"push":{"channel":"news","pub":{"data":{"t":"Rain"}}}}\n',
  ],
  ['rpc', '{"id":3,"error":{"code":104,"message":"method not found"}}\n{}\n'],
])

describe('Centrifugo over HTTP', () => {
  let server: TestSseServer
  let stream: ServerResponse | null = null
  before(async () => {
    const take = async (response: ServerResponse, request: IncomingMessage) => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.writeHead(204).end()
      for (const [found, said] of answers) if (body.includes(found)) stream?.write(said)
    }
    server = await startSseServer({
      '/connection/http_stream': (response) => {
        stream = response.writeHead(200)
        const connected = { client: 'c', version: '6.2.1', ping: 25, pong: true, session: 's1' }
        stream.write(`${JSON.stringify({ id: 1, connect: connected })}\n`)
      },
      '/emulation': (response, request) => void take(response, request),
    })
  })
  after(() => server.close())

  it('is told over its stream and beside it, and its session is in no packet', async () => {
    const entry = { request: 'POST', body: '{"connect":{"name":"js"},"id":1}', stream: 'ndjson' }
    const endpoint = profileAt(server.url(''), 'sse', '/connection/http_stream', entry)
    const run = await runSession(endpoint, {
      until(frame, session, payload) {
        const text = Buffer.from(payload ?? []).toString()
        if (frame.kind === 'request') return text.includes('"{}"')
        if (frame.kind !== 'record') return false
        for (const [found, body] of turns) {
          if (found.test(text))
            void session.request({ request: 'POST', url: '/emulation', headers: [], body })
        }
        return false
      },
    })
    const told = run.lines
      .filter((line) => /^(?:request|record) /.test(line))
      .map((line) => line.replace(/^request POST \S+ /, '> ').replace(/^record /, ''))
      .map((line) => line.replace(/· [\d.]+ m?s\b/g, '· …'))
    assert.deepEqual(told, [
      '> connect #1 js',
      '◂ connect #1 · … · 6.2.1, pings every 25 s',
      '> ▸ subscribe news #2 {flag: 1}',
      '◂ subscribe news #2 · …',
      '▸ news {t: "Rain"}',
      '> ▸ rpc sum #3 [1]',
      '◂ rpc error 104 method not found · sum #3 · …',
      'ping',
      '> ◂ pong · …',
    ])
    assert.doesNotMatch(told.join(), /s1|flaw/)
  })
})
