// The properties of MQTT 5 packets. [mqtt5] 2.2.2

import { type ByteReader, createByteReader } from './byteReader.ts'

/** In the standard's words, such as `Topic Alias`. */
export type Properties = Readonly<Record<string, PropertyValue>>
export type PropertyValue =
  | number
  | string
  | Uint8Array
  | readonly (number | readonly [name: string, value: string])[]

type Read = (reader: ByteReader) => number | string | Uint8Array | readonly [string, string]

const byte: Read = (reader) => reader.byte()
const twoBytes: Read = (reader) => reader.twoBytes()
const fourBytes: Read = (reader) => reader.fourBytes()
const variableInteger: Read = (reader) => reader.variableInteger()
const text: Read = (reader) => reader.text()
const binary: Read = (reader) => reader.binary()
const pair: Read = (reader) => [reader.text(), reader.text()]

const table: ReadonlyMap<number, readonly [name: string, read: Read]> = new Map([
  [1, ['Payload Format Indicator', byte]],
  [2, ['Message Expiry Interval', fourBytes]],
  [3, ['Content Type', text]],
  [8, ['Response Topic', text]],
  [9, ['Correlation Data', binary]],
  [11, ['Subscription Identifier', variableInteger]],
  [17, ['Session Expiry Interval', fourBytes]],
  [18, ['Assigned Client Identifier', text]],
  [19, ['Server Keep Alive', twoBytes]],
  [21, ['Authentication Method', text]],
  [22, ['Authentication Data', binary]],
  [23, ['Request Problem Information', byte]],
  [24, ['Will Delay Interval', fourBytes]],
  [25, ['Request Response Information', byte]],
  [26, ['Response Information', text]],
  [28, ['Server Reference', text]],
  [31, ['Reason String', text]],
  [33, ['Receive Maximum', twoBytes]],
  [34, ['Topic Alias Maximum', twoBytes]],
  [35, ['Topic Alias', twoBytes]],
  [36, ['Maximum QoS', byte]],
  [37, ['Retain Available', byte]],
  [38, ['User Property', pair]],
  [39, ['Maximum Packet Size', fourBytes]],
  [40, ['Wildcard Subscription Available', byte]],
  [41, ['Subscription Identifier Available', byte]],
  [42, ['Shared Subscription Available', byte]],
])

/** What a packet may have several times. */
const repeated: ReadonlySet<string> = new Set(['User Property', 'Subscription Identifier'])

/** Reads the properties that stand next; `flaws` gets what is wrong with them. */
export function readProperties(reader: ByteReader, flaws: string[]): Properties {
  const own = createByteReader(reader.bytes(reader.variableInteger()))
  const values: Record<string, PropertyValue> = {}
  while (own.left() > 0 && !own.isShort()) {
    const id = own.variableInteger()
    const known = table.get(id)
    if (known === undefined) {
      flaws.push(`There is no property ${id}.`)
      return values
    }
    const [name, read] = known
    const value = read(own)
    if (own.isShort()) break
    if (repeated.has(name)) {
      const list = values[name]
      if (Array.isArray(list)) list.push(value)
      else values[name] = [value as number | readonly [string, string]]
    } else {
      if (name in values) flaws.push(`It has the property ${name} twice.`)
      values[name] = value as PropertyValue
    }
  }
  if (own.isShort()) flaws.push('A property reaches beyond the end of the properties.')
  return values
}

export function textProperty(properties: Properties | undefined, name: string): string | null {
  const value = properties?.[name]
  return typeof value === 'string' ? value : null
}
