// MQTT 3.1, 3.1.1 and 5.0 over WebSocket. [mqtt311] OASIS MQTT 3.1.1, [mqtt5] OASIS MQTT 5.0

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { word } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, restPacket } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import { brokenPacket } from '../packets/replacedSecret.ts'
import type {
  Asked,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'
import { bytesInShort } from '../values/bytesInShort.ts'
import { connectLevel } from './connectLevel.ts'
import { mqttAsData } from './mqttAsData.ts'
import { createPacketStream, type PacketRun, type RawPacket } from './packetStream.ts'
import { textProperty } from './properties.ts'
import { type MqttFields, type MqttPacket, type MqttType, readPacket } from './readPacket.ts'
import { isFailureCode, reasonWords } from './reasonWords.ts'

export const mqtt: Protocol = {
  name: 'mqtt',
  version: 4,
  // [mqtt5] 6.0; `mqttv3.1` is what clients of 3.1 ask for.
  fitsConnection: ({ subprotocol }) => subprotocol === 'mqtt' || subprotocol === 'mqttv3.1',
  fitsData(inputs) {
    const { frame, payload } = inputs[0] as DecodeInput
    return inputs.length === 1 && frame.direction === 'out' && connectLevel(payload) !== null
  },
  create: createMqttDecoder,
  read: (payload, _facts, _direction, opening) =>
    mqttAsData(payload, opening ? connectLevel(opening) : null),
}

interface Place extends Omit<Asked, 'name'> {
  readonly frame: DataFrame
}

/** Who alone sends a packet of this type. */
const senders: Readonly<Partial<Record<MqttType, 'client' | 'server'>>> = {
  ...{ CONNECT: 'client', SUBSCRIBE: 'client', UNSUBSCRIBE: 'client', PINGREQ: 'client' },
  ...{ CONNACK: 'server', SUBACK: 'server', UNSUBACK: 'server', PINGRESP: 'server' },
}

/** What a packet answers, and what it asks for, by its packet identifier. [mqtt5] 4.3 */
const flows: Readonly<Partial<Record<MqttType, { answers?: string; asks?: string }>>> = {
  CONNECT: { asks: 'connect' },
  CONNACK: { answers: 'connect' },
  PUBLISH: { asks: 'publish' },
  PUBACK: { answers: 'publish' },
  PUBREC: { answers: 'publish', asks: 'receive' },
  PUBREL: { answers: 'receive', asks: 'release' },
  PUBCOMP: { answers: 'release' },
  SUBSCRIBE: { asks: 'subscribe' },
  SUBACK: { answers: 'subscribe' },
  UNSUBSCRIBE: { asks: 'unsubscribe' },
  UNSUBACK: { answers: 'unsubscribe' },
  PINGREQ: { asks: 'ping' },
  PINGRESP: { answers: 'ping' },
}

function createMqttDecoder(): Decoder {
  const protocol = mqtt.name
  const pairs = createOpenRequests()
  const streams = { in: createPacketStream(), out: createPacketStream(), local: null }
  const aliases = { in: new Map<number, string>(), out: new Map<number, string>() }
  /** Packets of this direction may have come that nobody could read. */
  const unread = { in: false, out: false, local: false }
  let level = 4
  let hasBegun = false
  /** Whether packets of an earlier connection may be answered here. */
  let resumed = false

  /** [mqtt5] 3.3.2.3.4: an alias stands for the topic with which it came first. */
  function topicOf({ topic = '', properties }: MqttFields, { direction }: DataFrame): string {
    const alias = properties?.['Topic Alias']
    if (typeof alias !== 'number' || direction === 'local') return topic
    const known = aliases[direction]
    if (topic === '') return known.get(alias) ?? ''
    if (known.has(alias) || known.size < decodeLimits.shortNames) known.set(alias, word(topic))
    return topic
  }

  function answer(type: MqttType, key: number | undefined, { frame }: Place): Asked | null {
    const answered = flows[type]?.answers
    return answered === undefined ? null : pairs.answer(frame, `${answered} ${key ?? ''}`)
  }

  /** Answers whether it waits for an answer. */
  function ask(type: MqttType, key: number | undefined, { frame, ...place }: Place, name: string) {
    const asked = flows[type]?.asks
    if (asked === undefined || (type === 'PUBLISH' && key === undefined)) return false
    pairs.ask(frame.direction, `${asked} ${key ?? ''}`, { ...place, name: word(name) })
    return true
  }

  function unaskedFlaw(type: MqttType, { frame }: Place): string | false {
    const asker = frame.direction === 'in' ? 'out' : 'in'
    const isSure = hasBegun && !resumed && !unread[asker]
    if (flows[type]?.answers === undefined || !isSure) return false
    return pairs.forgot(asker)
      ? `What it answers is not known: more than ${formatCount(decodeLimits.openRequests)} were open.`
      : 'There is nothing open that it answers.'
  }

  /** [mqtt5] 3.1.0, 2.1.2 */
  function orderFlaw(type: MqttType, { direction }: DataFrame): string | false {
    const sender = direction === 'out' ? 'client' : 'server'
    if ((senders[type] ?? sender) !== sender) return `Only the ${senders[type]} sends it.`
    if (type === 'CONNECT' && hasBegun) return 'It is the second CONNECT of this connection.'
    const isFirst = !hasBegun && !unread.out && type !== 'CONNECT'
    return isFirst && 'The connection did not begin with CONNECT.'
  }

  function readPublish(packet: MqttPacket, place: Place): NewPacket {
    const { dup, packetId, payload, properties, topic } = packet.fields
    const name = topicOf(packet.fields, place.frame)
    const isUnknown = name === '' && !unread[place.frame.direction]
    // [mqtt311] 4.4: it is sent once more, and one answer is for both.
    const isAgain =
      dup === true && pairs.peek(place.frame.direction, `publish ${packetId}`) !== null
    const isAsked = !isAgain && ask('PUBLISH', packetId, place, name)
    const correlation = properties?.['Correlation Data']
    const about = correlation instanceof Uint8Array ? correlation : new Uint8Array(0)
    const answers = pairs.answer(place.frame, replyKey(name, about))
    const replyTopic = textProperty(properties, 'Response Topic')
    const { frame, ...asked } = place
    if (replyTopic !== null && about.length <= decodeLimits.wordChars) {
      pairs.ask(frame.direction, replyKey(replyTopic, about), { ...asked, name: word(name) })
    }
    return toPacket(packet, place, {
      name: name === '' ? null : name,
      summary: payload && bytesInShort(payload, payload.length + packet.missing),
      asks: isAsked || replyTopic !== null,
      answers,
      flaws: [
        isUnknown &&
          (topic === '' && properties?.['Topic Alias'] !== undefined
            ? 'Its topic alias was not set before.'
            : 'It has no topic.'),
      ],
    })
  }

  function readConnect(packet: MqttPacket, place: Place): NewPacket {
    const { clientId = '', protocolLevel = 4 } = packet.fields
    level = protocolLevel
    const asks = ask('CONNECT', undefined, place, clientId)
    const read = toPacket(packet, place, {
      name: clientId === '' ? null : clientId,
      summary: connectWords(packet.fields),
      asks,
    })
    hasBegun = true
    return read
  }

  /** Any other: it answers, or asks, by its packet identifier. */
  function readOther(packet: MqttPacket, place: Place): NewPacket {
    const { type, fields } = packet
    const answers = answer(type, fields.packetId, place)
    if (fields.sessionPresent) resumed = true
    const isFailure = codesOf(fields).some((code) => isFailureCode(type, code, level))
    const name = filtersOf(fields) ?? answers?.name ?? null
    const asks = !isFailure && ask(type, fields.packetId, place, name ?? '')
    return toPacket(packet, place, {
      name: name === '' ? null : name,
      summary: otherWords(packet, level),
      asks,
      answers,
      flaws: [answers === null && unaskedFlaw(type, place)],
    })
  }

  function toPacket(packet: MqttPacket, { frame }: Place, parts: PacketParts): NewPacket {
    const { type, fields, flaws } = packet
    const isFailure = codesOf(fields).some((code) => isFailureCode(type, code, level))
    return makePacket(
      { protocol, type: isFailure ? `${type} error` : type, level: levels[type] ?? 'control' },
      {
        ...parts,
        key: fields.packetId === undefined ? null : String(fields.packetId),
        flaws: [...flaws, orderFlaw(type, frame), ...(parts.flaws ?? [])],
      },
    )
  }

  function readOne(raw: RawPacket, place: Place): NewPacket {
    if (isOlderConnack(raw)) level = Math.min(level, 4)
    const packet = readPacket(raw, level)
    if (packet.type === 'PUBLISH') return readPublish(packet, place)
    return packet.type === 'CONNECT' ? readConnect(packet, place) : readOther(packet, place)
  }

  function invalid({ direction }: DataFrame, flaw: string): NewPacket {
    unread[direction] = true
    return { protocol, type: 'invalid', level: 'app', flaw }
  }

  function readRun(
    { packets, more, isBroken }: PacketRun,
    { frame, payload, firstIx }: DecodeInput,
  ) {
    const read = packets.map((raw, nth) =>
      readOne(raw, { frame, seq: frame.seq, ix: firstIx + nth, at: frame.at }),
    )
    if (isBroken || more > 0) unread[frame.direction] = true
    // It is among those that are not told.
    if (more > 0) return [...read, restPacket(protocol, more, isBroken)]
    const flaw = 'The length of a packet cannot be read.'
    return isBroken ? [...read, brokenPacket(protocol, { frame, payload }, flaw)] : read
  }

  return {
    protocol,
    push(input) {
      const { frame, payload } = input
      if (frame.kind !== 'message' || frame.direction === 'local') return []
      // [mqtt5] 6.0
      if (frame.detail.type !== 'binary') return [invalid(frame, 'MQTT comes in binary messages.')]
      return readRun(streams[frame.direction].push(payload, frame.sizeBytes), input)
    },
    missed({ direction, sizeBytes }) {
      unread[direction] = true
      streams[direction]?.missed(sizeBytes)
    },
  }
}

const levels: Readonly<Partial<Record<MqttType, NewPacket['level']>>> = {
  PUBLISH: 'app',
  PINGREQ: 'heartbeat',
  PINGRESP: 'heartbeat',
  reserved: 'app',
}

/** [mqtt5] 4.10: what an answer has in common with its request. */
function replyKey(topic: string, correlation: Uint8Array): string {
  return `reply ${word(topic)} ${correlation.join(' ').slice(0, 4 * decodeLimits.wordChars)}`
}

function codesOf({ reason, reasons = [] }: MqttFields): readonly number[] {
  return reason === undefined ? reasons : [reason]
}

/** As many as a name has room for. */
function filtersOf({ subscriptions, filters }: MqttFields): string | null {
  const all = filters ?? subscriptions?.map(({ filter }) => filter)
  return all?.slice(0, decodeLimits.wordChars).join(', ') ?? null
}

/** [mqtt311] 3.2: a server that knows no MQTT 5 answers in its own version, in which there are no properties. */
function isOlderConnack({ first, length }: RawPacket): boolean {
  return first >> 4 === 2 && length === 2
}

/** `MQTT 5, clean start, keep alive 60 s, will of rooms/1` */
function connectWords({ protocolLevel = 4, cleanStart, keepAlive = 0, will }: MqttFields): string {
  const versions: Readonly<Record<number, string>> = { 3: '3.1', 4: '3.1.1' }
  return [
    `MQTT ${versions[protocolLevel] ?? protocolLevel}`,
    cleanStart ? (protocolLevel < 5 ? 'clean session' : 'clean start') : '',
    keepAlive === 0 ? 'no keep alive' : `keep alive ${keepAlive} s`,
    will ? `will of ${will.topic}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** What the codes say, where they say more than success: `QoS 1, 0x80 Failure`. */
function otherWords({ type, fields }: MqttPacket, level: number): string | undefined {
  const codes = codesOf(fields)
  const reason = textProperty(fields.properties, 'Reason String')
  const words = codes
    .slice(0, decodeLimits.wordChars)
    .filter((code) => code !== 0 || type === 'SUBACK')
    .map((code) => reasonWords(type, code, level))
  if (fields.sessionPresent) words.push('session present')
  if (reason !== null) words.push(reason)
  return words.length === 0 ? undefined : words.join(', ')
}
