// Descriptor sets that a hostile repository brings along.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { readDescriptorSet } from '../../../../../src/engine/decoders/values/descriptorSet.ts'

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
})
