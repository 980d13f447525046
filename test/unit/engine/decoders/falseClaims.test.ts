// Ordinary feeds that only look like a protocol: no decoder may claim them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../src/engine/decoders/decoding.ts'
import { createDataFrames, decodeAll } from '../../../support/samples/dataFrames.ts'

type Frames = ReturnType<typeof createDataFrames>
type Line = string | Uint8Array

/** `>` before what the client sends. */
const feeds: Readonly<Record<string, readonly Line[]>> = {
  'a chat': [
    '>{"type":"join","room":"a"}',
    '{"type":"welcome","message":"Hi"}',
    '>{"type":"message","id":1,"text":"Hello"}',
    '{"type":"message","event":"message","id":1,"text":"Hello"}',
    '{"type":"ping"}',
    '>{"type":"pong"}',
  ],
  'a chat with ids of its own': [
    '>{"id":1,"method":"login","params":{"user":"ann"}}',
    '{"id":1,"result":{"ok":true}}',
    '{"id":2,"error":{"code":4,"message":"No"}}',
  ],
  'answers with an id and a result': ['{"id":1,"result":"x"}', '{"id":null,"result":[1]}'],
  'a ticker of an exchange': [
    '>{"op":"subscribe","args":["trade.BTC"]}',
    '{"op":"subscribe","success":true}',
    '{"e":"trade","E":1760000000000,"s":"BTCUSDT","p":"0.001","q":"100"}',
    '{"stream":"btcusdt@trade","data":{"e":"trade"}}',
  ],
  'Binance’s subscriptions': [
    '>{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":1}',
    '{"result":null,"id":1}',
  ],
  'Coinbase’s subscriptions': [
    '>{"type":"subscribe","product_ids":["ETH-USD"],"channels":["level2","heartbeat"]}',
    '{"type":"subscriptions","channels":[{"name":"level2","product_ids":["ETH-USD"]}]}',
    '{"type":"heartbeat","sequence":90,"last_trade_id":20}',
    '{"type":"error","message":"No","reason":"x"}',
  ],
  'Kraken’s subscriptions': [
    '>{"event":"subscribe","pair":["XBT/USD"],"subscription":{"name":"ticker"}}',
    '{"channelID":340,"event":"subscriptionStatus","pair":"XBT/USD","status":"subscribed"}',
    '[340,{"a":["5525.4",1,"1.0"]},"ticker","XBT/USD"]',
    '{"event":"heartbeat"}',
  ],
  'Bitfinex’s subscriptions': [
    '>{"event":"subscribe","channel":"ticker","symbol":"tBTCUSD"}',
    '{"event":"info","version":2,"serverId":"x","platform":{"status":1}}',
    '{"event":"subscribed","channel":"ticker","chanId":1,"symbol":"tBTCUSD"}',
    '[1,[7616.5,31.8,7617.5]]',
    '[1,"hb"]',
  ],
  'lists of numbers': ['[1,2,3]', '[1,"realm",{}]', '[36,5512315355,4429313566,{}]', '[0,1]'],
  'numbers alone': ['0', '2', '3', '40', '42', '42["x",1]', '1'],
  'lists of five': ['["1","1","room","message",{}]', '[null,null,"room","update",{"a":1}]'],
  'objects with a topic': [
    '{"topic":"room","event":"update","payload":{},"ref":null}',
    '{"topic":"room","event":"update","payload":{},"ref":"1"}',
  ],
  commands: [
    '>{"command":"subscribe","identifier":"btc"}',
    '>{"command":"subscribe","channel":"btc"}',
    '{"type":"confirm_subscription","identifier":"btc"}',
    '{"identifier":"btc","message":{"a":1}}',
  ],
  'events with data in a string': ['{"event":"price","channel":"btc","data":"{\\"a\\":1}"}'],
  'a connection that is told': [
    '>{"id":1,"connect":true}',
    '{"id":1,"connect":{"ok":true}}',
    '{"connect":{"version":"1"}}',
    '{"push":{"title":"x"}}',
    '{}',
  ],
  'subscriptions that query': [
    '>{"type":"subscribe","id":"1","payload":{"query":"price > 5"}}',
    '>{"type":"subscribe","id":"1","query":"btc"}',
    '>{"type":"start","payload":{"query":"query"}}',
    '{"type":"next","id":"1","payload":{"data":1}}',
    '{"type":"data","id":"1","payload":{}}',
  ],
  'lines of commands': ['CONNECT', 'SEND hello', '>CONNECT me', 'o', 'h', 'a["x"]', 'c[1,"x"]'],
  'an initialize of a language server': [
    '{"id":0,"method":"initialize","params":{"processId":1,"capabilities":{}}}',
  ],
  'records with a separator': ['\x1e{"a":1}\n', '{"a":1}\x1e', '{"type":"price","v":6}\x1e'],
  'words of models': [
    '{"type":"text","text":"Hello"}',
    '{"type":"ping"}',
    '{"type":"error","error":{"message":"No"}}',
    '{"type":"finish"}',
    '{"done":false}',
  ],
  'answers of a model’s fields': [
    '{"candidates":[{"name":"Ann","votes":12}]}',
    '{"choices":[{"id":1,"label":"Tea"}]}',
    '{"response":"ok","done":true}',
    '{"message":{"content":"Hi"},"done":false}',
    '{"delta":"5","type":"price.delta"}',
  ],
  'steps of a job': [
    '{"type":"start","messageId":"m1"}',
    '{"type":"text-start","offset":4}',
    '{"type":"start","messageId":"m2"}',
    '{"type":"progress","id":"1","delta":5}',
    '{"type":"finish"}',
  ],
  'pieces of a subtitle': [
    '{"type":"text-start","id":"1"}',
    '{"type":"text-delta","id":"2","delta":"Hi"}',
    '{"type":"text-start","id":"3"}',
    '{"type":"text-end","id":"4"}',
  ],
  'steps of another job': [
    '{"type":"start","at":1}',
    '{"type":"start-step"}',
    '{"type":"tool-input-start","toolCallId":"t1"}',
  ],
  'a start': ['{"type":"start"}', '{"type":"message_start","id":1}'],
  bytes: [
    Uint8Array.of(0x10, 2, 3, 4),
    Uint8Array.of(0x83, 0xa1, 0x61, 1),
    Uint8Array.of(0x93, 1, 2, 3),
    Uint8Array.of(0xa1, 0x61, 0x61, 1),
    Uint8Array.of(0x0a, 3, 0x61, 0x62, 0x63),
  ],
  'more bytes': [
    Uint8Array.of(0, 1, 1, 1, 1, 0x31, 0x31, 0x61, 0x62),
    Uint8Array.of(0xc0, 0),
    Uint8Array.of(4, 1, 2),
    Uint8Array.of(0x0d, 0x95, 6, 0x93, 1, 0x80, 0xc0),
  ],
}

const events: Readonly<Record<string, readonly (readonly [type: string, data: string])[]>> = {
  'events of a page': [
    ['message', '{"id":1,"type":"price"}'],
    ['ping', '{}'],
    ['ping', '{"type":"ping"}'],
    ['error', '{"message":"No"}'],
  ],
  'updates of a page': [
    ['metadata', '{"page":1}'],
    ['updates', '{"price":1}'],
    ['values', '{"price":1}'],
    ['end', 'null'],
  ],
  'runs of a workflow': [
    ['metadata', '{"run_id":"1ef4a9d7-2b1c-6d0e-8f3a-0242ac120002"}'],
    ['updates', '{"step":"build","state":"running"}'],
    ['messages', '[{"type":"info","text":"Built"},{"step":"build"}]'],
    ['messages/partial', '[{"type":"ai"}]'],
    ['end', 'null'],
  ],
  'messages of a chat': [
    ['messages', '[{"text":"Hi","id":1},{"text":"Ho"}]'],
    ['messages', '[{"content":"Hi"},{"from":"ann"}]'],
    ['custom', '{"a":1}'],
    ['end', ''],
  ],
  pages: [
    ['next', '{"id":2,"data":{"a":1}}'],
    ['next', '{"page":2}'],
    ['next', '{"data":[1,2],"hasNext":true}'],
    ['next', '{"hasNext":true}'],
    ['next', '{"data":{"a":1},"cursor":"x"}'],
    ['complete', ''],
  ],
  'steps of a build': [
    ['endpoint', '/messages'],
    ['start', '{"type":"start"}'],
    ['RUN_STARTED', '{"run":7}'],
    ['done', '{"done":true,"response":200}'],
  ],
}

function claims(make: (frames: Frames) => Parameters<typeof decodeAll>[1]): readonly string[] {
  return decodeAll(createDecoding(), make(createDataFrames())).map(
    ({ seq, packet: { protocol, type } }) => `${seq} ${protocol} ${type}`,
  )
}

describe('No protocol', () => {
  for (const [what, lines] of Object.entries(feeds)) {
    it(`claims ${what}`, () => {
      const told = claims((frames) =>
        lines.map((line) => {
          const isOut = typeof line === 'string' && line.startsWith('>')
          const data = typeof line === 'string' && isOut ? line.slice(1) : line
          return frames.message(isOut ? 'out' : 'in', data)
        }),
      )
      assert.deepEqual(told, [])
      const one = lines.flatMap((line) =>
        claims((frames) => [frames.message('in', line), frames.message('out', line)]),
      )
      assert.deepEqual(one, [])
    })
    it(`claims ${what}, as records`, () => {
      const texts = lines.filter((line) => typeof line === 'string')
      assert.deepEqual(
        claims((frames) => texts.map((text) => frames.record(text.replace(/^>/, '')))),
        [],
      )
      for (const text of texts)
        assert.deepEqual(
          claims((frames) => [frames.record(text.replace(/^>/, ''))]),
          [],
        )
    })
  }
  for (const [what, list] of Object.entries(events)) {
    it(`claims ${what}`, () => {
      assert.deepEqual(
        claims((frames) => list.map(([type, data]) => frames.event(data, type))),
        [],
      )
      for (const [type, data] of list)
        assert.deepEqual(
          claims((frames) => [frames.event(data, type)]),
          [],
        )
    })
  }
})
