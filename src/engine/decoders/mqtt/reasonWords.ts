// The words for the return codes of MQTT 3.1.1 and the reason codes of MQTT 5.

/** [mqtt311] 3.2.2.3, of CONNACK. */
const returnCodes: Readonly<Record<number, string>> = {
  0: 'Connection accepted',
  1: 'Unacceptable protocol version',
  2: 'Identifier rejected',
  3: 'Server unavailable',
  4: 'Bad user name or password',
  5: 'Not authorized',
}

/** [mqtt5] 2.4 */
const reasonCodes: Readonly<Record<number, string>> = {
  0: 'Success',
  4: 'Disconnect with Will Message',
  16: 'No matching subscribers',
  17: 'No subscription existed',
  24: 'Continue authentication',
  25: 'Re-authenticate',
  128: 'Unspecified error',
  129: 'Malformed Packet',
  130: 'Protocol Error',
  131: 'Implementation specific error',
  132: 'Unsupported Protocol Version',
  133: 'Client Identifier not valid',
  134: 'Bad User Name or Password',
  135: 'Not authorized',
  136: 'Server unavailable',
  137: 'Server busy',
  138: 'Banned',
  139: 'Server shutting down',
  140: 'Bad authentication method',
  141: 'Keep Alive timeout',
  142: 'Session taken over',
  143: 'Topic Filter invalid',
  144: 'Topic Name invalid',
  145: 'Packet Identifier in use',
  146: 'Packet Identifier not found',
  147: 'Receive Maximum exceeded',
  148: 'Topic Alias invalid',
  149: 'Packet too large',
  150: 'Message rate too high',
  151: 'Quota exceeded',
  152: 'Administrative action',
  153: 'Payload format invalid',
  154: 'Retain not supported',
  155: 'QoS not supported',
  156: 'Use another server',
  157: 'Server moved',
  158: 'Shared Subscriptions not supported',
  159: 'Connection rate exceeded',
  160: 'Maximum connect time',
  161: 'Subscription Identifiers not supported',
  162: 'Wildcard Subscriptions not supported',
}

/** `level`: the protocol level of the connection, 3, 4 or 5. */
export function isFailureCode(type: string, code: number, level: number): boolean {
  return level < 5 && type === 'CONNACK' ? code !== 0 : code >= 0x80
}

/** `0x87 Not authorized`, `QoS 1`, `5 Not authorized`. */
export function reasonWords(type: string, code: number, level: number): string {
  if (level < 5 && type === 'CONNACK') return `${code} ${returnCodes[code] ?? 'reserved'}`
  // [mqtt5] 3.9.3, [mqtt311] 3.9.3
  if (type === 'SUBACK' && code < 3) return `QoS ${code}`
  if (level < 5 && type === 'SUBACK' && code === 0x80) return '0x80 Failure'
  if (type === 'DISCONNECT' && code === 0) return 'Normal disconnection'
  const words = reasonCodes[code] ?? 'unknown'
  return code < 0x80 ? words : `0x${code.toString(16)} ${words}`
}
