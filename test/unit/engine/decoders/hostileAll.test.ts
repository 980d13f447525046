// All decoders against what no peer should send: bytes of one protocol given to all others, changed by chance.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../src/engine/decoders/decoding.ts'
import { protocols } from '../../../../src/engine/decoders/registry.ts'
import { isRest } from '../../../../src/shared/frame/packet.ts'
import { decodeLimits } from '../../../../src/shared/limits.ts'
import { type Random, randomOf } from '../../../support/captures/random.ts'
import { createDataFrames, decodeAll } from '../../../support/samples/dataFrames.ts'

/** Messages as the protocols write them, of which the changes are made. */
const seeds: readonly Buffer[] = [
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}',
  '[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":2,"error":{"code":1,"message":"m"}}]',
  '0{"sid":"a","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}',
  '452-/admin,12["baz",{"_placeholder":true,"num":0}]\x1ebAQIDBA==\x1e2probe',
  '6:4hello10:b4AQIDBA==',
  '{"id":"1","type":"subscribe","payload":{"query":"query A($x: In = {a: 1}) { b }","variables":{"x":1}}}',
  '{"id":"1","type":"next","payload":{"data":{"a":1},"errors":[{"message":"m"}]}}',
  '["1","2","room:lobby","phx_reply",{"status":"ok","response":{}}]',
  '\x01\x01\x01\x01\x0217tok\x09',
  '{"identifier":"{\\"channel\\":\\"ChatChannel\\"}","command":"message","data":"{\\"action\\":\\"a\\"}"}',
  '{"type":1,"invocationId":"1","target":"Send","arguments":[1]}\x1e{"type":6}\x1e',
  'CONNECT\naccept-version:1.2\nhost:a\n\n\0MESSAGE\ndestination:/a\ncontent-length:2\n\nab\0\n',
  '\x10\x13\x00\x04MQTT\x05\x02\x00\x3c\x03\x21\x00\x14\x00\x03abc\x30\x05\x00\x01ahi',
  'a["CONNECTED\\n\\n\\u0000"]',
  '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"1.2\\",\\"activity_timeout\\":120}"}',
  '{"id":1,"connect":{}}\n{"push":{"channel":"a","pub":{"data":{}}}}',
  '[48,7814135,{},"com.add",[1,2],{"k":1}]',
  '\x84\xa4type\x02\xa3nsp\xa1/\xa4data\x92\xa3foo\x81\xa1n\x01\xa2id\x07',
  '\xa2\x61a\x83\x01\xf4\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00\x61b\xd8\x20\x61c',
  '{"id":"x","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"hi"}}]}',
  '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}',
  'plain words',
].map((text) => Buffer.from(text, 'latin1'))

/** JSON in the place of other JSON, and bytes in that of others. */
const odd = [
  'null',
  '-1',
  '1e999',
  '""',
  '[]',
  '{}',
  '{"__proto__":{}}',
  '[[[[[[]]]]]]',
  '\x1e',
  '\0\xff',
]

function changed(random: Random): Buffer {
  const seed = random.of(seeds)
  const at = random.below(seed.length + 1)
  const end = Math.min(seed.length, at + random.below(12))
  switch (random.below(6)) {
    case 0:
      return seed
    case 1:
      return seed.subarray(0, at)
    case 2:
      return Buffer.concat([seed.subarray(0, at), seed.subarray(end)])
    case 3:
      return Buffer.concat([seed.subarray(0, at), random.of(seeds), seed.subarray(end)])
    case 4: {
      const bytes = Buffer.from(seed)
      if (at < bytes.length) bytes[at] = random.below(256)
      return bytes
    }
    default:
      return withOdd(seed, random)
  }
}

/** One value of JSON, or a few bytes, made something else. */
function withOdd(seed: Buffer, random: Random): Buffer {
  const text = seed.toString('latin1')
  const values = [...text.matchAll(/"[^"]*"|\d+|\{\}|\[[^[\]]*\]/g)]
  if (values.length === 0) return Buffer.from(text + random.of(odd), 'latin1')
  const { 0: value, index } = random.of(values)
  const rest = text.slice(index + value.length)
  return Buffer.from(text.slice(0, index) + random.of(odd) + rest, 'latin1')
}

type Frames = ReturnType<typeof createDataFrames>

function framed(bytes: Buffer, frames: Frames, random: Random) {
  const text = bytes.toString('latin1')
  const direction = random.of(['in', 'out'] as const)
  switch (random.below(7)) {
    case 0:
      return frames.event(text, random.of(['message', 'next', 'complete', 'error', 'endpoint']))
    case 1:
      return frames.record(text, false, random.of(['ndjson', 'multipart']))
    case 2:
      return frames.request(text, random.of(['companion', 'poll', 'stream']))
    case 3:
      return frames.response(text, 1, random.of(['companion', 'long-poll']))
    case 4:
      return frames.message(direction, new Uint8Array(bytes))
    default:
      return frames.message(direction, text)
  }
}

const rounds = 400

describe('every decoder', () => {
  for (const protocol of protocols) {
    it(`takes what comes, ${protocol.name}`, () => {
      const random = randomOf(protocol.name.length * 7919 + protocol.name.charCodeAt(0))
      const frames = createDataFrames()
      const decoding = createDecoding(protocol.name)
      const facts = {
        ...{ url: 'ws://localhost:1/socket.io/?EIO=4&transport=polling', subprotocol: null },
        ...{ contentType: null, requestHeaders: [], responseHeaders: [] },
      }
      let count = 0
      for (let round = 0; round < rounds; round++) {
        const sample = framed(changed(random), frames, random)
        for (const { packet } of decodeAll(decoding, [sample])) {
          count++
          const said = JSON.stringify([sample.frame.kind, sample.payload, packet])
          assert.doesNotMatch(packet.flaw ?? '', /^Lifeline failed/, said)
          for (const word of [packet.type, packet.name, packet.key, packet.summary]) {
            assert.ok((word?.length ?? 1) <= decodeLimits.wordChars, said)
          }
          assert.notEqual(packet.type, '', said)
          if (isRest(packet)) assert.match(packet.name ?? '', /not decoded$/, said)
        }
        const told = protocol.read?.(sample.payload, facts, sample.frame.direction)
        assert.doesNotThrow(() => JSON.stringify(told))
      }
      assert.ok(count > 0, `${count} packets`)
    })
  }

  it('is asked whether it fits what comes, and answers', () => {
    const random = randomOf(42)
    for (let round = 0; round < rounds; round++) {
      const frames = createDataFrames()
      const samples = [1, 2, 3].map(() => framed(changed(random), frames, random))
      for (const { packet } of decodeAll(createDecoding(), samples)) {
        assert.doesNotMatch(packet.flaw ?? '', /^Lifeline failed/, JSON.stringify(samples))
      }
    }
  })
})
