// Recognises servers that speak HTTP/2 only, by what they answer to HTTP/1.1.

import { latin1 } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import type { Fault } from '../fault.ts'

/** The frame with which a server begins in the clear: type 4 (SETTINGS) or 7 (GOAWAY), stream 0. [rfc9113] 3.4, 4.1 */
export function isHttp2Start(bytes: Uint8Array): boolean {
  if (bytes.length < 9) return false
  const [high = 0, middle = 0, low = 0, type, flags = 0, ...stream] = bytes.subarray(0, 9)
  const length = (high << 16) | (middle << 8) | low
  if (stream.some((byte) => byte !== 0)) return false
  return type === 4 ? length % 6 === 0 && length <= 600 && flags <= 1 : type === 7 && length >= 8
}

/**
 * Whether an answer over HTTP/1.1 says that its server wants HTTP/2. Node’s servers answer 403 with such a body,
 * others 505, 426 with `Upgrade: h2c`, 400 or 464.
 */
export function wantsHttp2(
  head: { readonly status: number; readonly httpVersion: string; readonly headers: NamedValues },
  body: Uint8Array,
): boolean {
  const { status, httpVersion, headers } = head
  if (!httpVersion.startsWith('1.')) return false
  if (status === 426) return headers.some(isUpgradeToHttp2)
  return refusing.has(status) && wishes.some((wish) => wish.test(latin1(body.subarray(0, 4096))))
}

const refusing: ReadonlySet<number> = new Set([400, 403, 415, 421, 464, 505])

/** What bodies say. */
const wishes: readonly RegExp[] = [
  /ALPN[\s\S]{0,80}\bh2\b|\bh2\b[\s\S]{0,80}ALPN/i,
  /unknown ALPN protocol/i,
  /HTTP\/2[\s\S]{0,40}\b(?:only|required|expected)\b|\b(?:only|requires?|expects?|must use)\b[\s\S]{0,40}HTTP\/2/i,
  /HTTP\/1(?:\.[01x])?[\s\S]{0,40}\bnot (?:supported|allowed)\b/i,
]

function isUpgradeToHttp2([name, value]: NamedValues[number]): boolean {
  return (
    name.toLowerCase() === 'upgrade' &&
    /(?:^|[\s,])(?:h2c?|HTTP\/2(?:\.0)?)(?:$|[\s,])/i.test(value)
  )
}

const instead = { field: 'httpVersion', value: '2' } as const

/** `host`: of the server. WebSocket is spoken over HTTP/1.1 only. */
export function http2Only(host: string, webSocket: boolean, cause?: string): Fault {
  const told = {
    code: 'http2-only',
    message: `${host} speaks HTTP/2 only, and was asked by HTTP/1.1.`,
    ...(cause !== undefined && { cause }),
  } as const
  return webSocket
    ? { ...told, advice: 'Let the server take HTTP/1.1 as well, which WebSockets need here.' }
    : {
        ...told,
        advice: 'Set "httpVersion": "2" in the profile.',
        fields: ['httpVersion'],
        instead,
      }
}
