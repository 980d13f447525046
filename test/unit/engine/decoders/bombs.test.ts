// Every decoder against payloads that are made to cost: nested, repeated, endless, or of lengths that are not there.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../src/engine/decoders/decoding.ts'
import { protocols } from '../../../../src/engine/decoders/registry.ts'
import { decodeLimits } from '../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../support/samples/dataFrames.ts'

const chars = 48 * 1024

/** So many units between a beginning and an end that the whole has about `chars` characters. */
function filled(before: string, unit: string, after = ''): string {
  const room = chars - before.length - after.length
  return before + unit.repeat(Math.max(1, Math.floor(room / unit.length))) + after
}

const nested = (open: string, close: string) => {
  const depth = Math.floor(chars / (open.length + close.length))
  return open.repeat(depth) + close.repeat(depth)
}

const units = [...'\0\n\x1e {["\\0a', '\x81', '\x91', '\xbf', '\x9f', '\xdf', '\x0b', '\x0a\0']
const batch = '{"jsonrpc":"2.0","id":1,"method":"a"}'
const chunk = '{"object":"chat.completion.chunk","id":"a","choices":'
const texts: readonly string[] = [
  ...units.map((unit) => filled('', unit)),
  ...[nested('[', ']'), nested('{"a":[', ']}')],
  ...[
    filled(`[${batch}`, `,${batch}`, ']'),
    filled('{"jsonrpc":"2.0","method":"a","id":"', 'x', '"}'),
  ],
  filled('{"jsonrpc":"2.0","id":"__proto__","method":"tools/call","params":{"name":"', 'x', '"}}'),
  filled('["1","1","t","phx_reply",{"status":"error","response":[1', ',{}', ']}]'),
  filled('{"command":"message","identifier":"{\\"channel\\":\\"C\\"', ',\\"a\\":1', '}"}'),
  filled('{"event":"a","channel":"c","data":"', '[', '"}'),
  ...[
    filled('', '{"id":1}\n'),
    filled('{"id":1,"connect":{}}\n', '{"push":{"channel":"a","pub":{}}}\n'),
  ],
  ...[
    filled('[48,1,{},"a",[1', ',1', ']]'),
    filled('', '{"type":6}\x1e'),
    filled('', '\x02\x91\x06'),
  ],
  ...[filled('451000000-["a"', ',{"_placeholder":true,"num":0}', ']'), filled('42["', 'n', '"]')],
  ...[filled('', '2\x1e'), filled('', '1:2'), filled('b', 'QUJD'), filled('', '\x01\x01\xff2')],
  ...[filled('', '\xc0\0'), filled('', '\x30\x03\0\x01a'), filled('', '\x30\x80')],
  ...[
    filled('', 'A\n\n\0'),
    filled('SEND\n', 'a:b\n', '\n\0'),
    filled('SEND\na:', '\\q', '\n\n\0'),
  ],
  ...[filled('a[""', ',""', ']'), filled('a["', '\\u0000', '"]')],
  filled('{"id":"1","type":"subscribe","payload":{"query":"', 'query A{', '"}}'),
  filled('{"id":"1","type":"next","payload":{"data":{},"errors":[{}', ',{}', ']}}'),
  filled(`${chunk}[{}`, ',{"index":9007199254740991,"delta":{"content":"a"}}', ']}'),
  filled('{"candidates":[{}', ',{"content":{"parts":[{"text":"a"}]}}', ']}'),
  filled(
    '{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"',
    '\u202e',
    '"}}',
  ),
  ...[
    filled('\x9f', '\xa1'.repeat(60) + '\xf6'.repeat(61), '\xff'),
    filled('\x7f', '\x61a', '\xff'),
  ],
  ...[filled('\xdd\xff\xff\xff\xff', '\xc0'), filled('\xc2\x5a\0\0\xff\xf0', '\xff')],
  ...[filled('', '\x0b\x0c'), filled('', '\x08\x01'), filled('', '\x0a\x0a'), filled('', '\x80')],
]

describe('every decoder before what costs', () => {
  for (const { name, read } of protocols) {
    it(`tells it within its limits: ${name}`, () => {
      for (const text of texts) {
        const bytes = Buffer.from(text, 'latin1')
        const frames = createDataFrames()
        const samples = [
          ...[frames.message('in', text), frames.message('in', bytes), frames.message('out', text)],
          ...[frames.message('out', bytes), frames.event(text), frames.response(text, 1)],
        ]
        const said = JSON.stringify(text.slice(0, 60))
        const decoding = createDecoding(name)
        for (const sample of samples) {
          const packets = decodeAll(decoding, [sample])
          assert.ok(packets.length <= decodeLimits.packets + 1, `${packets.length} of ${said}`)
          for (const { packet } of packets) {
            assert.doesNotMatch(packet.flaw ?? '', /^Lifeline failed/, said)
            for (const word of [packet.type, packet.name, packet.key, packet.summary]) {
              assert.ok((word?.length ?? 1) <= decodeLimits.wordChars, said)
            }
          }
        }
        const facts = {
          ...{ url: 'ws://localhost:1/?EIO=4&transport=polling', subprotocol: null },
          ...{ contentType: null, requestHeaders: [], responseHeaders: [] },
        }
        assert.doesNotThrow(() => read?.(bytes, facts, 'in'), said)
      }
    })
  }
})
