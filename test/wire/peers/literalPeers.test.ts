// Protocols without a server or client of their own in any package here, live: a WebSocket that answers in literal bytes.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { WebSocket } from 'ws'
import { startWsServer, type TestWsServer } from '../../support/servers/wsServer.ts'
import { profileAt, runSession } from '../../support/sessions/runSession.ts'

interface Dialogue {
  readonly path: string
  readonly subprotocol?: string
  /** What the server begins with. */
  readonly greeting?: string
  /** Each text of the client, and what the server says to it. */
  readonly turns: readonly (readonly [asked: string, ...answers: readonly string[]])[]
  readonly told: readonly string[]
}

const chat = JSON.stringify({ channel: 'ChatChannel', room: 1 })
const secret = JSON.stringify({ channel: 'SecretChannel' })

const dialogues: Readonly<Record<string, Dialogue>> = {
  Phoenix: {
    path: '/socket/websocket?vsn=2.0.0',
    turns: [
      [
        '["1","1","room:lobby","phx_join",{}]',
        '["1","1","room:lobby","phx_reply",{"status":"ok","response":{}}]',
        '[null,null,"room:lobby","new_msg",{"body":"Hello"}]',
      ],
      [
        '["2","2","room:9","phx_join",{}]',
        '["2","2","room:9","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]',
      ],
      [
        '[null,"3","phoenix","heartbeat",{}]',
        '[null,"3","phoenix","phx_reply",{"status":"ok","response":{}}]',
      ],
    ],
    told: [
      '▸ phx_join room:lobby #1',
      '◂ phx_reply room:lobby #1 · …',
      '▸ new_msg room:lobby {body: "Hello"}',
      '▸ phx_join room:9 #2',
      '◂ phx_reply error {reason: "unauthorized"} · room:9 #2 · …',
      'heartbeat #3',
      '◂ phx_reply heartbeat #3 · …',
    ],
  },
  'Action Cable': {
    path: '/cable',
    subprotocol: 'actioncable-v1-json',
    greeting: '{"type":"welcome"}',
    turns: [
      [
        JSON.stringify({ command: 'subscribe', identifier: chat }),
        JSON.stringify({ identifier: chat, type: 'confirm_subscription' }),
        '{"type":"ping","message":1760000000}',
      ],
      [
        JSON.stringify({ command: 'subscribe', identifier: secret }),
        JSON.stringify({ identifier: secret, type: 'reject_subscription' }),
      ],
      [
        JSON.stringify({
          command: 'message',
          identifier: chat,
          data: '{"action":"speak","t":"Hi"}',
        }),
        JSON.stringify({ identifier: chat, message: { t: 'Hi' } }),
      ],
    ],
    told: [
      'welcome',
      '▸ subscribe ChatChannel #{room: 1}',
      '◂ confirm_subscription ChatChannel #{room: 1} · …',
      'ping',
      '▸ subscribe SecretChannel',
      '◂ reject_subscription error · SecretChannel · …',
      '▸ ChatChannel#speak #{room: 1} {t: "Hi"}',
      '▸ ChatChannel #{room: 1} {t: "Hi"}',
    ],
  },
  Pusher: {
    path: '/app/key?protocol=7',
    greeting: '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"1.2\\"}"}',
    turns: [
      [
        '{"event":"pusher:subscribe","data":{"channel":"orders"}}',
        '{"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}',
        '{"event":"order.created","channel":"orders","data":"{\\"id\\":7}"}',
      ],
      ['{"event":"pusher:ping","data":{}}', '{"event":"pusher:pong","data":{}}'],
      [
        '{"event":"pusher:subscribe","data":{"channel":"private-x"}}',
        '{"event":"pusher:error","data":{"code":4009,"message":"Not authorized"}}',
      ],
    ],
    told: [
      'pusher:connection_established {socket_id: "1.2"}',
      '▸ pusher:subscribe orders',
      '◂ pusher_internal:subscription_succeeded orders · …',
      '▸ order.created #orders {id: 7}',
      'pusher:ping',
      '◂ pusher:pong · …',
      '▸ pusher:subscribe private-x · no answer',
      'pusher:error 4009 Not authorized: do not connect again unchanged',
    ],
  },
  Centrifugo: {
    path: '/connection/websocket',
    turns: [
      ['{"id":1,"connect":{}}', '{"id":1,"connect":{"client":"c","version":"5.0.0","ping":25}}'],
      [
        '{"id":2,"subscribe":{"channel":"news"}}',
        '{"id":2,"subscribe":{}}\n{"push":{"channel":"news","pub":{"data":{"title":"Rain"}}}}',
      ],
      [
        '{"id":3,"rpc":{"method":"sum","data":[1]}}',
        '{"id":3,"error":{"code":104,"message":"method not found"}}',
        '{}',
      ],
    ],
    told: [
      'connect #1',
      '◂ connect #1 · … · 5.0.0, pings every 25 s',
      '▸ subscribe news #2',
      '◂ subscribe news #2 · …, ▸ news {title: "Rain"}',
      '▸ rpc sum #3 [1]',
      '◂ rpc error 104 method not found · sum #3 · …',
      'ping',
    ],
  },
  'subscriptions-transport-ws': {
    path: '/subscriptions',
    subprotocol: 'graphql-ws',
    turns: [
      ['{"type":"connection_init","payload":{}}', '{"type":"connection_ack"}', '{"type":"ka"}'],
      [
        '{"id":"1","type":"start","payload":{"query":"query Greet { hello }","operationName":"Greet","variables":{}}}',
        '{"id":"1","type":"data","payload":{"data":{"hello":"world"}}}',
        '{"id":"1","type":"complete"}',
      ],
      [
        '{"id":"2","type":"start","payload":{"query":"{ hello fails }"}}',
        '{"id":"2","type":"data","payload":{"data":{"hello":"world","fails":null},"errors":[{"message":"Not today","path":["fails"]}]}}',
        '{"id":"2","type":"complete"}',
      ],
      [
        '{"id":"3","type":"start","payload":{"query":"{ nope }"}}',
        '{"id":"3","type":"error","payload":{"message":"Cannot query field \\"nope\\"."}}',
      ],
      [
        '{"id":"4","type":"start","payload":{"query":"subscription { word }"}}',
        '{"id":"4","type":"data","payload":{"data":{"word":"one"}}}',
        '{"type":"ka"}',
      ],
      ['{"id":"4","type":"stop"}', '{"id":"4","type":"complete"}'],
      ['{"type":"connection_terminate"}'],
    ],
    told: [
      'connection_init {}',
      '◂ connection_ack · …',
      'ka',
      '▸ start Greet #1 query',
      '◂ data Greet #1 · … · {hello: "world"}',
      '▸ complete Greet #1',
      '▸ start hello #2 query',
      '◂ data error Not today · hello #2 · …',
      '▸ complete hello #2',
      '▸ start nope #3 query',
      '◂ error Cannot query field "nope". · nope #3 · …',
      '▸ start word #4 subscription',
      '◂ data word #4 · … · {word: "one"}',
      'ka',
      '▸ stop word #4',
      '▸ complete word #4',
      'connection_terminate',
    ],
  },
  WAMP: {
    path: '/',
    subprotocol: 'wamp.2.json',
    turns: [
      ['[1,"realm1",{"roles":{"caller":{}}}]', '[2,9,{"roles":{"dealer":{}}}]'],
      ['[32,1,{},"com.app.news"]', '[33,1,55]', '[36,55,44,{},["Rain"]]'],
      ['[48,2,{},"com.app.sum",[40,2]]', '[50,2,{},[42]]'],
      ['[48,3,{},"com.app.none"]', '[8,48,3,{},"wamp.error.no_such_procedure"]'],
    ],
    told: [
      '▸ HELLO realm1',
      '◂ WELCOME realm1 · … · session 9',
      '▸ SUBSCRIBE com.app.news #1',
      '◂ SUBSCRIBED com.app.news #1 · …',
      '▸ com.app.news ["Rain"]',
      '▸ CALL com.app.sum #2 [40, 2]',
      '◂ RESULT com.app.sum #2 · … · [42]',
      '▸ CALL com.app.none #3',
      '◂ CALL error wamp.error.no_such_procedure · com.app.none #3 · …',
    ],
  },
}

function behave({ greeting, turns }: Dialogue): (ws: WebSocket) => void {
  const answers = new Map(turns.map(([asked, ...said]) => [asked, said]))
  return (ws) => {
    if (greeting !== undefined) ws.send(greeting)
    ws.on('message', (data) => {
      for (const text of answers.get(String(data)) ?? []) ws.send(text)
    })
  }
}

describe('A peer in literal bytes', () => {
  let server: TestWsServer
  before(async () => {
    const accepted = Object.values(dialogues).map(
      (one) => [one.path.replace(/\?.*/, ''), behave(one)] as const,
    )
    server = await startWsServer({ accepted: Object.fromEntries(accepted) })
  })
  after(() => server.close())

  for (const [protocol, { path, subprotocol, greeting, turns, told }] of Object.entries(
    dialogues,
  )) {
    it(`is told in the words of ${protocol}`, async () => {
      const expected = turns.flatMap(([, ...answers]) => answers)
      let due = greeting === undefined ? 0 : 1
      let came = 0
      let next = 0
      const entry = subprotocol === undefined ? {} : { subprotocols: [subprotocol] }
      const run = await runSession(profileAt(server.url(''), 'websocket', path, entry), {
        until(frame, live) {
          if (frame.kind === 'message' && frame.direction === 'in') came++
          if (came < due) return false
          // What is said last may have no answer.
          if (frame.kind === 'message' && frame.direction === 'out') return next === turns.length
          if (frame.kind !== 'response' && frame.direction !== 'in') return false
          const [text, ...answers] = turns[next++] ?? []
          due += answers.length
          if (text !== undefined) setImmediate(() => void live.send({ type: 'text', text }))
          return text === undefined
        },
      })
      assert.equal(came, expected.length + (greeting === undefined ? 0 : 1))
      const lines = run.lines
        .filter((line) => line.startsWith('message '))
        .map((line) => line.slice('message '.length).replace(/· [\d.]+ m?s\b/g, '· …'))
      assert.deepEqual(lines, told)
    })
  }
})
