// The MQTT packets of one message as plain data, for people.

import { bytesAsData } from '../values/bytesInShort.ts'
import { createPacketStream, type PacketRun } from './packetStream.ts'
import type { Properties } from './properties.ts'
import { type MqttFields, type MqttPacket, readPacket, type Will } from './readPacket.ts'

/** A packet, or a list of several; undefined where no packet is whole. `level`: of the connection; null where it is not known. */
export function mqttAsData(payload: Uint8Array, level: number | null): unknown {
  const run = createPacketStream().push(payload, payload.length)
  const packets = readAll(run, level).map(asData)
  return packets.length > 1 ? packets : packets[0]
}

/** No packet but CONNECT names the version: where nobody knows it, it is 5 if all packets fit that. */
function readAll({ packets }: PacketRun, known: number | null): readonly MqttPacket[] {
  const as5 = packets.map((raw) => readPacket(raw, 5))
  const named = as5.find(({ type }) => type === 'CONNECT')?.fields.protocolLevel
  const level = named ?? known ?? (as5.every(({ flaws }) => flaws.length === 0) ? 5 : 4)
  return level === 5 ? as5 : packets.map((raw) => readPacket(raw, level))
}

function asData({ type, fields, flaws }: MqttPacket): object {
  const { will, properties, payload, ...others }: MqttFields = fields
  return {
    type,
    ...others,
    ...(properties && { properties: propertiesAsData(properties) }),
    ...(will && { will: willAsData(will) }),
    ...(payload && { payload: bytesAsData(payload) }),
    ...(flaws.length > 0 && { flaws }),
  }
}

function willAsData({ properties, payload, ...others }: Will): object {
  return {
    ...others,
    ...(properties && { properties: propertiesAsData(properties) }),
    payload: bytesAsData(payload),
  }
}

function propertiesAsData(properties: Properties): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      if (!(value instanceof Uint8Array)) return [name, value]
      // What proves who somebody is stays untold, as a password does.
      return [name, name === 'Authentication Data' ? `${value.length} bytes` : bytesAsData(value)]
    }),
  )
}
