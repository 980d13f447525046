// The level of MQTT that a client begins with: 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0.

/** Null where the bytes do not begin with a CONNECT. [mqtt5] 3.1.2.1: the type, a length of one to four bytes, the protocol's name. */
export function connectLevel(payload: Uint8Array): number | null {
  if (payload[0] !== 0x10) return null
  const start = payload.findIndex((byte, at) => at > 0 && byte < 0x80) + 1
  const begun = String.fromCharCode(...payload.subarray(start, start + 8))
  const name = names.find((known) => begun.startsWith(known))
  if (start > 5 || name === undefined) return null
  // The highest bit is a bridge's, of Mosquitto.
  return (payload[start + name.length] ?? 4) & 0x7f
}

const names = ['\0\x04MQTT', '\0\x06MQIsdp'] as const
