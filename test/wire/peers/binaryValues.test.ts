// Values of MessagePack and CBOR as the libraries of these formats write them, over WebSocket and in polls.

import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { decode as fromMessagePack, encode as toMessagePack } from '@msgpack/msgpack'
import { decode as fromCbor, encode as toCbor } from 'cborg'
import { after, before, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import { listenLocally } from '../../support/servers/listenLocally.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const formats = [
  { name: 'msgpack', encode: toMessagePack, decode: fromMessagePack },
  { name: 'cbor', encode: toCbor, decode: fromCbor },
] as const

describe('A peer that writes binary values', () => {
  let server: Server
  let origin: string
  before(async () => {
    server = createServer((request, response) => {
      const format = formats.find(({ name }) => request.url === `/${name}`)
      response.setHeader('Content-Type', `application/${format?.name}`)
      response.end(format?.encode({ eur: 12.5, raw: Uint8Array.of(1, 255), type: 'price' }))
    })
    new WebSocketServer({ server }).on('connection', (ws) => {
      const format = formats.find(({ name }) => name === ws.protocol)
      ws.on('message', (data: Buffer) =>
        ws.send(format?.encode({ echo: format.decode(data) }) ?? ''),
      )
    })
    origin = `http://127.0.0.1:${await listenLocally(server)}`
  })
  after(() => void server.close())

  for (const { name, encode } of formats) {
    it(`is told in polls of ${name}, by the content type`, async () => {
      const run = await runSession(endpointAt(origin, 'polling', `/${name}`), {
        until: (frame) => frame.kind === 'response',
      })
      const [line] = run.lines.filter((one) => one.startsWith('response'))
      assert.match(line ?? '', /▸ map price \{eur: 12\.5, raw: "h'01ff'", type: "price"\}/)
    })

    it(`is told over WebSocket of ${name}, by the subprotocol`, async () => {
      const endpoint = endpointAt(origin, 'websocket', '/', { subprotocols: [name] })
      const run = await runSession(endpoint, {
        until(frame, session) {
          if (frame.kind === 'response') {
            const bytes = Buffer.from(encode({ n: [1, 2], op: 'add' }))
            setImmediate(() => session.send({ type: 'binary', bytes }))
          }
          return frame.kind === 'message' && frame.direction === 'in'
        },
      })
      assert.deepEqual(
        run.lines.filter((one) => one.startsWith('message')),
        ['message ▸ map add {n: [1, 2], op: "add"}', 'message map {echo: {n: [1, 2], op: "add"}}'],
      )
    })
  }
})
