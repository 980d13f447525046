// The fields of one MQTT packet. [mqtt311] OASIS MQTT 3.1.1, [mqtt5] OASIS MQTT 5.0; 3.1 differs by the protocol's name

import { type ByteReader, createByteReader } from './byteReader.ts'
import type { RawPacket } from './packetStream.ts'
import { type Properties, readProperties } from './properties.ts'

/** [mqtt5] 2.1.2, by number. */
const types = [
  ...['reserved', 'CONNECT', 'CONNACK', 'PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'],
  ...['SUBSCRIBE', 'SUBACK', 'UNSUBSCRIBE', 'UNSUBACK', 'PINGREQ', 'PINGRESP', 'DISCONNECT'],
  'AUTH',
] as const

export type MqttType = (typeof types)[number]

export interface Will {
  readonly topic: string
  readonly qos: number
  readonly retain: boolean
  readonly properties?: Properties
  readonly payload: Uint8Array
}

export interface Subscription {
  readonly filter: string
  readonly qos: number
  readonly noLocal?: boolean
  readonly retainAsPublished?: boolean
  readonly retainHandling?: number
}

/** What a packet has of these, in the order in which it comes. */
export interface MqttFields {
  readonly dup?: boolean
  readonly qos?: number
  readonly retain?: boolean
  readonly protocolName?: string
  /** 3, 4 or 5, as versions 3.1, 3.1.1 and 5.0 call themselves. */
  readonly protocolLevel?: number
  readonly cleanStart?: boolean
  /** Seconds. */
  readonly keepAlive?: number
  readonly sessionPresent?: boolean
  readonly topic?: string
  readonly packetId?: number
  readonly reason?: number
  readonly properties?: Properties
  readonly clientId?: string
  readonly will?: Will
  readonly userName?: string
  /** Bytes of a password. What it says is nobody's business. */
  readonly passwordBytes?: number
  readonly subscriptions?: readonly Subscription[]
  readonly filters?: readonly string[]
  readonly reasons?: readonly number[]
  readonly payload?: Uint8Array
}

export interface MqttPacket {
  readonly type: MqttType
  readonly fields: MqttFields
  /** Bytes at its end that were not kept. */
  readonly missing: number
  /** Sentences. */
  readonly flaws: readonly string[]
}

/** What reads a packet after its fixed header. */
interface Source {
  readonly reader: ByteReader
  readonly flags: number
  readonly level: number
  readonly flaws: string[]
}

/** `level`: the protocol level that CONNECT named. */
export function readPacket(raw: RawPacket, level: number): MqttPacket {
  const type = types[raw.first >> 4] as MqttType
  const flaws: string[] = []
  const reader = createByteReader(raw.body)
  const source: Source = { reader, flags: raw.first & 0x0f, level, flaws }
  const fields = readers[type](source)
  flaws.push(...flagFlaws(type, source.flags, level))
  const missing = raw.isRedacted ? 0 : raw.length - raw.body.length
  const isWhole = missing === 0
  if (reader.isShort()) {
    flaws.push(isWhole ? 'A field reaches beyond its end.' : 'Only its beginning was kept.')
  } else if (reader.left() > 0 && isWhole) {
    flaws.push('Bytes are left after its last field.')
  }
  // Where secrets were replaced, no length fits.
  return { type, fields, missing, flaws: raw.isRedacted ? [] : flaws }
}

const readers: Readonly<Record<MqttType, (source: Source) => MqttFields>> = {
  reserved: readNothing,
  CONNECT: readConnect,
  CONNACK: readConnack,
  PUBLISH: readPublish,
  PUBACK: readAcknowledgement,
  PUBREC: readAcknowledgement,
  PUBREL: readAcknowledgement,
  PUBCOMP: readAcknowledgement,
  SUBSCRIBE: readSubscribe,
  SUBACK: (source) => readReasons(source, true),
  UNSUBSCRIBE: readUnsubscribe,
  // [mqtt311] 3.11.3
  UNSUBACK: (source) => readReasons(source, source.level >= 5),
  PINGREQ: () => ({}),
  PINGRESP: () => ({}),
  DISCONNECT: readDisconnect,
  AUTH: readDisconnect,
}

function readNothing({ reader, flaws }: Source): MqttFields {
  reader.bytes(reader.left())
  flaws.push('The packet type 0 is reserved.')
  return {}
}

/** [mqtt5] 2.1.3 */
function flagFlaws(type: MqttType, flags: number, level: number): string[] {
  if (type === 'PUBLISH') {
    const qos = (flags >> 1) & 3
    if (qos === 3) return ['There is no QoS 3.']
    // [mqtt5] 3.3.1.1
    return qos === 0 && (flags & 8) !== 0 ? ['It is a duplicate at QoS 0.'] : []
  }
  if (level < 4 || type === 'reserved') return []
  const expected = ['PUBREL', 'SUBSCRIBE', 'UNSUBSCRIBE'].includes(type) ? 2 : 0
  return flags === expected ? [] : [`Its flags are ${flags} instead of ${expected}.`]
}

/** [mqtt5] 3.1 */
function readConnect({ reader, flaws }: Source): MqttFields {
  const protocolName = reader.text()
  // [mqtt311] 3.1.2.2; a bridge between brokers sets the highest bit.
  const protocolLevel = reader.byte() & 0x7f
  const flags = reader.byte()
  const keepAlive = reader.twoBytes()
  const has5 = protocolLevel >= 5
  if (protocolName !== (protocolLevel === 3 ? 'MQIsdp' : 'MQTT')) {
    flaws.push('The name of the protocol is not MQTT.')
  }
  if ((flags & 1) !== 0) flaws.push('The reserved flag is set.')
  const properties = has5 ? readProperties(reader, flaws) : null
  const clientId = reader.text()
  const will = (flags & 4) === 0 ? null : readWill(reader, flags, has5, flaws)
  const userName = (flags & 0x80) === 0 ? null : reader.text()
  const password = (flags & 0x40) === 0 ? null : reader.binary()
  return {
    protocolName,
    protocolLevel,
    cleanStart: (flags & 2) !== 0,
    keepAlive,
    ...(properties && { properties }),
    clientId,
    ...(will && { will }),
    ...(userName !== null && { userName }),
    ...(password && { passwordBytes: password.length }),
  }
}

function readWill(reader: ByteReader, flags: number, has5: boolean, flaws: string[]): Will {
  const properties = has5 ? readProperties(reader, flaws) : null
  return {
    ...(properties && { properties }),
    topic: reader.text(),
    qos: (flags >> 3) & 3,
    retain: (flags & 0x20) !== 0,
    payload: reader.binary(),
  }
}

/** [mqtt5] 3.2 */
function readConnack(source: Source): MqttFields {
  const { reader } = source
  return {
    sessionPresent: (reader.byte() & 1) !== 0,
    reason: reader.byte(),
    ...propertiesOf(source),
  }
}

/** [mqtt5] 3.3 */
function readPublish(source: Source): MqttFields {
  const { reader, flags, flaws } = source
  const qos = (flags >> 1) & 3
  const topic = reader.text()
  if (/[+#]/.test(topic)) flaws.push('A wildcard stands in the topic.')
  const packetId = qos === 0 ? null : readPacketId(source)
  const properties = propertiesOf(source)
  return {
    ...((flags & 8) !== 0 && { dup: true }),
    qos,
    ...((flags & 1) !== 0 && { retain: true }),
    topic,
    ...(packetId !== null && { packetId }),
    ...properties,
    payload: reader.bytes(reader.left()),
  }
}

/** [mqtt5] 3.4: success has no code where there are no properties either. */
function readAcknowledgement(source: Source): MqttFields {
  const packetId = readPacketId(source)
  if (source.level < 5 || source.reader.left() === 0) return { packetId }
  const reason = source.reader.byte()
  return { packetId, reason, ...(source.reader.left() > 0 && propertiesOf(source)) }
}

/** [mqtt5] 3.8 */
function readSubscribe(source: Source): MqttFields {
  const { reader, level, flaws } = source
  const packetId = readPacketId(source)
  const properties = propertiesOf(source)
  const subscriptions: Subscription[] = []
  while (reader.left() > 0) {
    const filter = reader.text()
    const options = reader.byte()
    if (reader.isShort()) break
    const qos = options & 3
    subscriptions.push({
      filter,
      qos,
      ...(level >= 5 && (options & 4) !== 0 && { noLocal: true }),
      ...(level >= 5 && (options & 8) !== 0 && { retainAsPublished: true }),
      ...(level >= 5 && { retainHandling: (options >> 4) & 3 }),
    })
  }
  if (subscriptions.length === 0) flaws.push('It names no topic filter.')
  else if (subscriptions.some(({ qos }) => qos === 3)) flaws.push('There is no QoS 3.')
  return { packetId, ...properties, subscriptions }
}

/** [mqtt5] 3.10 */
function readUnsubscribe(source: Source): MqttFields {
  const { reader, flaws } = source
  const packetId = readPacketId(source)
  const properties = propertiesOf(source)
  const filters: string[] = []
  while (reader.left() > 0) {
    const filter = reader.text()
    if (!reader.isShort()) filters.push(filter)
  }
  if (filters.length === 0) flaws.push('It names no topic filter.')
  return { packetId, ...properties, filters }
}

/** [mqtt5] 3.9 and 3.11 */
function readReasons(source: Source, hasCodes: boolean): MqttFields {
  const { reader, flaws } = source
  const packetId = readPacketId(source)
  const properties = propertiesOf(source)
  const reasons = [...reader.bytes(reader.left())]
  if (hasCodes && reasons.length === 0) flaws.push('It has no reason code.')
  return { packetId, ...properties, reasons }
}

/** [mqtt5] 3.14 and 3.15 */
function readDisconnect(source: Source): MqttFields {
  const { reader, level } = source
  if (level < 5 || reader.left() === 0) return level < 5 ? {} : { reason: 0 }
  const reason = reader.byte()
  return { reason, ...(reader.left() > 0 && propertiesOf(source)) }
}

/** [mqtt5] 2.2.1: never 0. */
function readPacketId({ reader, flaws }: Source): number {
  const packetId = reader.twoBytes()
  if (packetId === 0 && !reader.isShort()) flaws.push('Its packet identifier is 0.')
  return packetId
}

function propertiesOf({ reader, level, flaws }: Source): Pick<MqttFields, 'properties'> {
  return level < 5 ? {} : { properties: readProperties(reader, flaws) }
}
