// Recognises by its first bytes what answers in place of HTTP/1.1, and tells what to change.

import { latin1 } from '../../../shared/text/latin1.ts'
import type { Fault } from '../fault.ts'
import { http2Only, isHttp2Start } from './http2Only.ts'

/** By the start of a greeting. */
const greetings: readonly (readonly [start: RegExp, name: string])[] = [
  [/^SSH-\d/, 'SSH'],
  [/^220[ -].*(?:SMTP|MAIL)/i, 'SMTP'],
  [/^220[ -].*FTP/i, 'FTP'],
  [/^220[ -]/, 'SMTP or FTP'],
  [/^\+OK/, 'POP3 or Redis'],
  [/^-(?:ERR|DENIED|NOAUTH)/, 'Redis'],
  [/^\* (?:OK|PREAUTH|BYE)/, 'IMAP'],
  [/^AMQP/, 'AMQP'],
  [/^RFB \d/, 'VNC'],
  [/^RTSP\//, 'RTSP'],
  [/^INFO \{/, 'NATS'],
]

/** `webSocket`: it was asked for one. Null when the bytes begin nothing that is known, or are an answer of HTTP/1. */
export function otherProtocol(start: Uint8Array, host: string, webSocket: boolean): Fault | null {
  if (isHttp2Start(start)) return http2Only(host, webSocket)
  if (isTlsRecord(start)) {
    return {
      code: 'http-invalid',
      message: `${host} speaks TLS, and was asked without it.`,
      advice: 'Start the URL with https:// or wss://.',
      fields: ['url'],
      speaksTls: true,
    }
  }
  const text = latin1(start.subarray(0, 512))
  const name = isMySql(start) ? 'MySQL' : greetings.find(([one]) => one.test(text))?.[1]
  if (name === undefined) return null
  return {
    code: 'http-invalid',
    message: `What answers at ${host} does not speak HTTP, but ${name}.`,
    advice: 'Check the port in the URL.',
    fields: ['url'],
  }
}

/** The first packet of MySQL and MariaDB: its length, its number 0, protocol 10, a version. */
function isMySql([, , , number, protocol, version = 0]: Uint8Array): boolean {
  return number === 0 && protocol === 10 && version >= 0x30 && version <= 0x39
}

/** An alert or a part of the handshake. [rfc8446] 5.1 */
function isTlsRecord(start: Uint8Array): boolean {
  return (start[0] === 0x15 || start[0] === 0x16) && start[1] === 3 && (start[2] ?? 0) <= 4
}
