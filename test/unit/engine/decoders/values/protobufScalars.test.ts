import assert from 'node:assert/strict'
import {
  create,
  createFileRegistry,
  fromBinary,
  fromJson,
  type JsonValue,
  toBinary,
} from '@bufbuild/protobuf'
import {
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt'
import { describe, it } from 'mocha'
import { readDescriptorSet } from '../../../../../src/engine/decoders/values/descriptorSet.ts'
import { readTyped } from '../../../../../src/engine/decoders/values/protobufTypes.ts'

const { OPTIONAL, REPEATED } = Label
const field = (name: string, number: number, type: Type, more: object = {}) => ({
  ...{ name, jsonName: name, number, type, label: OPTIONAL },
  ...more,
})

/** One field of each type, lists, a map, and the types that JSON has its own words for. */
const file = {
  ...{ name: 'all.proto', package: 'all', syntax: 'proto3' },
  enumType: [{ name: 'E', value: ['A', 'B'].map((name, number) => ({ name, number })) }],
  messageType: [
    {
      name: 'All',
      field: [
        field('double', 1, Type.DOUBLE),
        field('float', 2, Type.FLOAT),
        field('int64', 3, Type.INT64),
        field('uint64', 4, Type.UINT64),
        field('int32', 5, Type.INT32),
        field('fixed64', 6, Type.FIXED64),
        field('fixed32', 7, Type.FIXED32),
        field('bool', 8, Type.BOOL),
        field('string', 9, Type.STRING),
        field('bytes', 12, Type.BYTES),
        field('uint32', 13, Type.UINT32),
        field('enum', 14, Type.ENUM, { typeName: '.all.E' }),
        field('sfixed32', 15, Type.SFIXED32),
        field('sfixed64', 16, Type.SFIXED64),
        field('sint32', 17, Type.SINT32),
        field('sint64', 18, Type.SINT64),
        field('packed', 20, Type.SINT32, { label: REPEATED }),
        field('texts', 21, Type.STRING, { label: REPEATED }),
        field('map', 22, Type.MESSAGE, { label: REPEATED, typeName: '.all.All.MapEntry' }),
        field('at', 23, Type.MESSAGE, { typeName: '.google.protobuf.Timestamp' }),
        field('lasts', 24, Type.MESSAGE, { typeName: '.google.protobuf.Duration' }),
        field('enums', 25, Type.ENUM, { label: REPEATED, typeName: '.all.E' }),
      ],
      nestedType: [
        {
          name: 'MapEntry',
          options: { mapEntry: true },
          field: [field('key', 1, Type.STRING), field('value', 2, Type.INT32)],
        },
      ],
    },
  ],
  dependency: ['google/time.proto'],
}
const times = {
  ...{ name: 'google/time.proto', package: 'google.protobuf', syntax: 'proto3' },
  messageType: ['Timestamp', 'Duration'].map((name) => ({
    name,
    field: [field('seconds', 1, Type.INT64), field('nanos', 2, Type.INT32)],
  })),
}
const descriptor = toBinary(
  FileDescriptorSetSchema,
  create(FileDescriptorSetSchema, { file: [times, file] }),
)
const described = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptor)).getMessage(
  'all.All',
)

function read(bytes: Uint8Array, name = 'all.All'): unknown {
  const set = readDescriptorSet(descriptor)
  const type = set?.messages.get(name)
  assert.ok(set && type)
  return readTyped(set, type, bytes)
}

const written = (json: JsonValue) => {
  assert.ok(described)
  return toBinary(described, fromJson(described, json))
}

describe('A message by its type, as @bufbuild/protobuf writes it', () => {
  it('has fields of each type', () => {
    assert.deepEqual(
      read(
        written({
          ...{
            double: 1.5,
            float: -0.25,
            int64: '-9007199254740993',
            uint64: '18446744073709551615',
          },
          ...{ int32: -7, fixed64: '3', fixed32: 4_294_967_295, bool: true, string: 'ä' },
          ...{ bytes: 'AP8=', uint32: 4_294_967_295, enum: 'B', sfixed32: -1, sfixed64: '-2' },
          ...{ sint32: -3, sint64: '-4' },
        }),
      ),
      {
        ...{
          double: 1.5,
          float: -0.25,
          int64: '-9007199254740993',
          uint64: '18446744073709551615',
        },
        ...{ int32: -7, fixed64: 3, fixed32: 4_294_967_295, bool: true, string: 'ä' },
        ...{ bytes: "h'00ff'", uint32: 4_294_967_295, enum: 'B', sfixed32: -1, sfixed64: -2 },
        ...{ sint32: -3, sint64: -4 },
      },
    )
  })

  it('has lists, packed and not, and maps', () => {
    const json = {
      packed: [1, -2, 300],
      texts: ['a', '', 'b'],
      map: { x: 1, y: -2 },
      enums: ['B', 'A'],
    }
    assert.deepEqual(read(written(json)), json)
    // The same list, a value at a time.
    assert.deepEqual(read(Buffer.from('a00102a00103', 'hex')), { packed: [1, -2] })
  })

  it('has times and spans as people read them, by the types of Google', () => {
    assert.deepEqual(read(written({ at: '2026-11-28T14:00:00.500Z', lasts: '1.5s' }), 'all.All'), {
      at: '2026-11-28T14:00:00.5Z',
      lasts: '1.5s',
    })
  })

  it('keeps fields that the type has not, and numbers that the enum has not', () => {
    assert.deepEqual(read(Buffer.from('f80407 7007'.replace(' ', ''), 'hex')), { 79: 7, enum: 7 })
  })

  it('is none where a value is of another type or not whole', () => {
    for (const hex of ['0a0161', '4807', '4a05 61', 'a2010180', 'ba010108', '3a', '0c']) {
      assert.equal(read(Buffer.from(hex.replace(' ', ''), 'hex')), null, hex)
    }
  })

  it('may be described by anything', () => {
    for (let cut = 0; cut < descriptor.length; cut += 7) {
      const set = readDescriptorSet(descriptor.subarray(0, cut))
      for (const type of set?.messages.values() ?? []) {
        if (set) readTyped(set, type, written({ map: { x: 1 }, texts: ['a'], packed: [1] }))
      }
    }
  })
})
