// Descriptor sets that a hostile repository brings along.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { protocolsOf } from '../../../../../src/engine/decoders/registry.ts'
import { readDescriptorSet } from '../../../../../src/engine/decoders/values/descriptorSet.ts'

import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

/** A field with a length. [protobuf] encoding */
function field(number: number, content: Buffer): Buffer {
  const head = [(number << 3) | 2]
  let length = content.length
  for (; length > 127; length >>>= 7) head.push((length & 127) | 128)
  return Buffer.concat([Buffer.from([...head, length]), content])
}

const name = (text: string) => field(1, Buffer.from(text))
const message = (...parts: readonly Buffer[]) => field(4, Buffer.concat(parts))

describe('a descriptor set', () => {
  it('keeps no name that each type inside repeats without end', () => {
    const inner = Array.from({ length: 5000 }, (_, nth) => field(3, name(`n${nth}`)))
    const long = message(name('a'.repeat(100_000)), ...inner, field(4, name('Enum')))
    const set = readDescriptorSet(field(1, Buffer.concat([long, message(name('Event'))])))
    assert.deepEqual([...(set?.messages.keys() ?? [])], ['Event'])
    assert.equal(set?.enums.size, 0)
  })

  it('is known up to a number of types, which is said where one is missing', () => {
    const many = Array.from({ length: 50_000 }, (_, nth) => field(3, name(`n${nth}`)))
    const file = Buffer.concat([message(name('a'.repeat(900)), ...many), message(name('Event'))])
    const set = readDescriptorSet(field(1, file))
    assert.equal(set?.messages.size, decodeLimits.types)
    const bytes = field(1, file).toString('base64')
    const frames = createDataFrames()
    const sample = frames.message('in', field(1, Buffer.from('hi')))
    const told = protocolsOf({ pair: null, protobuf: { descriptor: 'x', in: 'Event', bytes } })
    assert.equal(
      decodeAll(createDecoding('protobuf', told), [sample])[0]?.packet.flaw,
      'The descriptor has no message Event among its first 40,000 types.',
    )
    assertLinear(10_000, (size) =>
      readDescriptorSet(field(1, message(name('a'), ...many.slice(0, size)))),
    )
  })

  it('may have maps whose keys are messages that are no text', () => {
    const number = (at: number, value: number) => Buffer.from([at << 3, value])
    const inner = (called: string, at: number, type: number, typeName = '', label = 1) =>
      field(
        2,
        Buffer.concat([
          ...[name(called), number(3, at), number(4, label), number(5, type)],
          field(6, Buffer.from(typeName)),
        ]),
      )
    const file = Buffer.concat([
      message(name('Key'), inner('toString', 1, 5), inner('valueOf', 2, 5)),
      message(
        name('Entry'),
        inner('key', 1, 11, 'Key'),
        inner('value', 2, 5),
        field(7, number(7, 1)),
      ),
      message(name('Event'), inner('all', 1, 11, 'Entry', 3)),
    ])
    const protobuf = { descriptor: 'x', in: 'Event', bytes: field(1, file).toString('base64') }
    const entry = field(1, Buffer.concat([field(1, Buffer.from([8, 1, 16, 2])), number(2, 7)]))
    const sample = createDataFrames().message('in', entry)
    const [read] = decodeAll(createDecoding('auto', protocolsOf({ pair: null, protobuf })), [
      sample,
    ])
    assert.deepEqual(
      [read?.packet.flaw, read?.packet.summary],
      [undefined, '{all: {"{\\"toString\\":1,\\"valueOf\\":2}": 7}}'],
    )
  })
})
