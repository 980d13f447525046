// Dialogues of protocols without a server of their own in any package here. Clients of Phoenix, Action Cable, Pusher and
// Centrifugo speak as phoenix 1.8, @rails/actioncable 8.1, pusher-js 8.6 and centrifuge 5.8 write it.

export interface Dialogue {
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

export const dialogues: Readonly<Record<string, Dialogue>> = {
  Phoenix: {
    path: '/socket/websocket?vsn=2.0.0',
    turns: [
      [
        '["3","3","room:1","phx_join",{"a":1}]',
        '["3","3","room:1","phx_reply",{"status":"ok","response":{}}]',
        '[null,null,"room:1","new_msg",{"body":"Hello"}]',
      ],
      [
        '["3","4","room:1","new_msg",{"b":1}]',
        '["3","4","room:1","phx_reply",{"status":"ok","response":{}}]',
      ],
      [
        '["5","5","room:9","phx_join",{}]',
        '["5","5","room:9","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]',
      ],
      [
        '[null,"6","phoenix","heartbeat",{}]',
        '[null,"6","phoenix","phx_reply",{"status":"ok","response":{}}]',
      ],
      [
        '["3","7","room:1","phx_leave",{}]',
        '["3","7","room:1","phx_reply",{"status":"ok","response":{}}]',
        '["3","3","room:1","phx_close",{}]',
      ],
    ],
    told: [
      '▸ phx_join room:1 #3 {a: 1}',
      '◂ phx_reply room:1 #3 · …',
      '▸ new_msg room:1 {body: "Hello"}',
      '▸ new_msg #4 room:1 {b: 1}',
      '◂ phx_reply new_msg #4 · …',
      '▸ phx_join room:9 #5',
      '◂ phx_reply error {reason: "unauthorized"} · room:9 #5 · …',
      'heartbeat #6',
      '◂ phx_reply heartbeat #6 · …',
      '▸ phx_leave room:1 #7',
      '◂ phx_reply room:1 #7 · …',
      '▸ phx_close room:1 #3',
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
          data: '{"t":"Hi","action":"speak"}',
        }),
        JSON.stringify({ identifier: chat, message: { t: 'Hi' } }),
      ],
      [
        JSON.stringify({ command: 'unsubscribe', identifier: chat }),
        '{"type":"disconnect","reason":"server_restart","reconnect":true}',
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
      '▸ unsubscribe ChatChannel #{room: 1}',
      'disconnect server_restart',
    ],
  },
  Pusher: {
    path: '/app/key?protocol=7&client=js&version=8.6.0&flash=false',
    greeting: '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"1.2\\"}"}',
    turns: [
      [
        '{"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}',
        '{"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}',
        '{"event":"order.created","channel":"orders","data":"{\\"id\\":7}"}',
      ],
      ['{"event":"pusher:ping","data":{}}', '{"event":"pusher:pong","data":{}}'],
      [
        '{"event":"pusher:subscribe","data":{"auth":"key:1","channel":"presence-x","channel_data":"{\\"user_id\\":1}"}}',
        '{"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\\"presence\\":{\\"count\\":1,\\"ids\\":[1]}}"}',
        '{"event":"pusher_internal:member_added","channel":"presence-x","data":"{\\"user_id\\":2}"}',
      ],
      [
        '{"event":"pusher:subscribe","data":{"auth":"key:2","channel":"private-x"}}',
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
      '▸ pusher:subscribe presence-x {channel_data: "{\\"user_id\\":1}"}',
      '◂ pusher_internal:subscription_succeeded presence-x · … · {presence: {count: 1, ids: [1]}}',
      '▸ pusher_internal:member_added presence-x {user_id: 2}',
      '▸ pusher:subscribe private-x · no answer',
      'pusher:error 4009 Not authorized: do not connect again unchanged',
    ],
  },
  Centrifugo: {
    path: '/connection/websocket',
    turns: [
      [
        '{"connect":{"token":"tok","name":"js"},"id":1}\n{"subscribe":{"channel":"news","flag":1},"id":2}',
        '{"id":1,"connect":{"client":"c","version":"6.0.0","ping":25,"pong":true}}',
        '{"id":2,"subscribe":{}}\n{"push":{"channel":"news","pub":{"data":{"title":"Rain"}}}}',
      ],
      [
        '{"rpc":{"method":"sum","data":[1]},"id":3}',
        '{"id":3,"error":{"code":104,"message":"method not found"}}',
        '{}',
      ],
      ['{}', '{"push":{"channel":"news","join":{"info":{"user":"ann","client":"d"}}}}'],
      [
        '{"unsubscribe":{"channel":"news"},"id":4}',
        '{"id":4,"unsubscribe":{}}',
        '{"push":{"disconnect":{"code":3001,"reason":"shutdown"}}}',
      ],
    ],
    told: [
      'connect #1 js, ▸ subscribe news #2 {flag: 1}',
      '◂ connect #1 · … · 6.0.0, pings every 25 s',
      '◂ subscribe news #2 · …, ▸ news {title: "Rain"}',
      '▸ rpc sum #3 [1]',
      '◂ rpc error 104 method not found · sum #3 · …',
      'ping',
      '◂ pong · …',
      '▸ join news {info: {user: "ann", client: "d"}}',
      '▸ unsubscribe news #4',
      '◂ unsubscribe news #4 · …',
      'disconnect 3001 shutdown',
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
      [
        '[48,3,{"receive_progress":true},"com.app.slow"]',
        '[50,3,{"progress":true},[1]]',
        '[50,3,{},[2]]',
      ],
      ['[48,4,{},"com.app.none"]', '[8,48,4,{},"wamp.error.no_such_procedure"]'],
      ['[6,{},"wamp.close.close_realm"]', '[6,{},"wamp.close.goodbye_and_out"]'],
    ],
    told: [
      '▸ HELLO realm1',
      '◂ WELCOME realm1 · … · session 9',
      '▸ SUBSCRIBE com.app.news #1',
      '◂ SUBSCRIBED com.app.news #1 · …',
      '▸ com.app.news ["Rain"]',
      '▸ CALL com.app.sum #2 [40, 2]',
      '◂ RESULT com.app.sum #2 · … · [42]',
      '▸ CALL com.app.slow #3',
      '▸ RESULT com.app.slow #3 [1]',
      '◂ RESULT com.app.slow #3 · … · [2]',
      '▸ CALL com.app.none #4',
      '◂ CALL error wamp.error.no_such_procedure · com.app.none #4 · …',
      'GOODBYE wamp.close.close_realm',
      '◂ GOODBYE · … · wamp.close.goodbye_and_out',
    ],
  },
}
