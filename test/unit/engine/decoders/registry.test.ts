// Rules that hold for every decoder, whatever the peer sends.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { noFacts } from '../../../../src/engine/decoders/connectionFacts.ts'
import { createDecoding } from '../../../../src/engine/decoders/decoding.ts'
import { protocols } from '../../../../src/engine/decoders/registry.ts'
import { companionName, protocolNames } from '../../../../src/shared/frame/protocolName.ts'
import { decodeLimits } from '../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../support/samples/dataFrames.ts'

const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

/** What protocols begin with, and what trips their readers. */
const beginnings = [
  ...['', '0', '42["x",', '451-["x"]', 'a["', 'h', 'o', 'CONNECT\n\n\0', '\n', '\x1e', '{}\x1e'],
  ...['{"type":6}\x1e', '[1,"r",{}]', '[32,1,{},"t"]', '["1","2","t","phx_reply",{}]', '{"id":1}'],
  ...['{"jsonrpc":"2.0","id":1,"method":"initialize","params":null}', '{"event":"pusher:ping"}'],
  ...['{"type":"welcome"}', '{"id":1,"connect":{}}\n{}', '{"type":"connection_init"}', '[DONE]'],
  ...['{"choices":[null]}', '{"object":"chat.completion.chunk","choices":[{"delta":3}]}', '[[]]'],
  ...['{"candidates":[{"content":{"parts":[1]}}]}', '{"__proto__":1,"constructor":2}', 'null'],
  ...['{"push":{"channel":7,"pub":null}}', '{"identifier":"{","message":1}', '{"data":"{\\""}'],
]

function* payloads(): Generator<Uint8Array> {
  for (const text of beginnings) {
    yield Buffer.from(text)
    yield Buffer.from(text + text)
    yield Buffer.from(text.slice(0, -1))
  }
  const next = random(7)
  for (let n = 0; n < 300; n++) {
    const bytes = Buffer.alloc(Math.floor(next() * 40))
    for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(next() * 256)
    // Each type of an MQTT packet, with a length that fits.
    if (n % 3 === 0 && bytes.length > 2) bytes[1] = bytes.length - 2
    yield bytes
  }
  yield Buffer.from('['.repeat(50_000))
  yield Buffer.from(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)
}

describe('the registry of decoders', () => {
  it('has a name that people know for each, and a decoder for each name', () => {
    const registered = new Set(protocols.map(({ name }) => name))
    assert.deepEqual([...registered].sort(), [...protocolNames, companionName].sort())
  })

  for (const { name, read, conversation, fitsConnection } of protocols) {
    it(`has ${name} stand what hostile peers send, in each kind of frame`, () => {
      const frames = createDataFrames()
      const decoding = createDecoding(name)
      for (const payload of payloads()) {
        const text = Buffer.from(payload).toString('latin1')
        const packets = decodeAll(decoding, [
          frames.message('in', payload),
          frames.message('out', text),
          frames.event(text, 'endpoint'),
          frames.record(text),
          frames.request(text, 'poll', { connection: 2 }),
          frames.response(text, 0, 'poll', { connection: 2 }),
        ])
        for (const { packet } of packets) {
          assert.doesNotMatch(packet.flaw ?? '', /Lifeline failed/)
          for (const word of [packet.type, packet.name, packet.key, packet.summary])
            assert.ok((word ?? '').length <= decodeLimits.wordChars, `${packet.type}: ${word}`)
        }
        for (const direction of ['in', 'out'] as const) read?.(payload, noFacts, direction)
      }
      const facts = { ...noFacts, url: 'no url', requestHeaders: [['', '']] as const }
      conversation?.(facts)
      fitsConnection?.(facts)
    })
  }

  it('is gone through cheaply: most connections are of no protocol', () => {
    const frames = createDataFrames()
    const text = JSON.stringify({ at: 1, list: new Array(200).fill({ price: 1, name: 'x' }) })
    const choose = () =>
      decodeAll(
        createDecoding(),
        [1, 2, 3, 4, 5].map(() => frames.message('in', text)),
      )
    for (let warm = 0; warm < 50; warm++) assert.deepEqual(choose(), [])
    const parse = () => [1, 2, 3, 4, 5].map(() => JSON.parse(text))
    const timeOf = (act: () => unknown) => {
      const began = process.cpuUsage()
      for (let n = 0; n < 200; n++) act()
      const { user, system } = process.cpuUsage(began)
      return user + system
    }
    timeOf(parse)
    // Each protocol that reads all of it anew would cost as much again.
    const [bare, chosen] = [timeOf(parse), timeOf(choose)]
    assert.ok(chosen < 5 * bare, `${chosen} µs to ${bare} µs`)
  })
})
