// A descriptor set with two types of messages, as `buf build` or `protoc` writes one, and messages of these types.

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

const optional = { label: Label.OPTIONAL }

/**
 * ```proto
 * package shop;
 * enum Side { BUY = 0; SELL = 1; }
 * message Order { string symbol = 1; int64 amount = 2; Side side = 3; Order before = 4; }
 * message Event { uint32 id = 1; repeated Order orders = 2; }
 * ```
 */
export const shopDescriptor: Uint8Array = toBinary(
  FileDescriptorSetSchema,
  create(FileDescriptorSetSchema, {
    file: [
      {
        ...{ name: 'shop.proto', package: 'shop', syntax: 'proto3' },
        enumType: [
          {
            name: 'Side',
            value: [
              { name: 'BUY', number: 0 },
              { name: 'SELL', number: 1 },
            ],
          },
        ],
        messageType: [
          {
            name: 'Order',
            field: [
              { name: 'symbol', number: 1, type: Type.STRING, ...optional },
              { name: 'amount', number: 2, type: Type.INT64, ...optional },
              { name: 'side', number: 3, type: Type.ENUM, typeName: '.shop.Side', ...optional },
              {
                name: 'before',
                number: 4,
                type: Type.MESSAGE,
                typeName: '.shop.Order',
                ...optional,
              },
            ],
          },
          {
            name: 'Event',
            field: [
              { name: 'id', number: 1, type: Type.UINT32, ...optional },
              {
                ...{ name: 'orders', number: 2, type: Type.MESSAGE, typeName: '.shop.Order' },
                label: Label.REPEATED,
              },
            ],
          },
        ],
      },
    ],
  }),
)

const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, shopDescriptor))

/** The message of this type that JSON says, as the library writes it. */
export function shopMessage(type: 'shop.Event' | 'shop.Order', json: JsonValue): Uint8Array {
  const described = registry.getMessage(type)
  if (!described) throw new Error(`There is no ${type}.`)
  return toBinary(described, fromJson(described, json))
}
