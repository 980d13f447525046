// Answers an upgrade request with an ordinary HTTP response.

import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Writes a JSON answer and ends the socket. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  value: unknown,
  more: Readonly<Record<string, string>> = {},
): void {
  const body = `${JSON.stringify(value)}\n`
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
    ...more,
  }
  const lines = Object.entries(headers).map(([name, text]) => `${name}: ${text}\r\n`)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n${lines.join('')}\r\n`
  socket.end(head + body)
}
