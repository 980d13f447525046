// The head of a request that somebody else has written, read as leniently as most servers do.

import { tokenPattern } from '../../../shared/endpoint/httpSyntax.ts'
import { latin1 } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { readFields, splitLines } from './answerHead.ts'
import { type BodyEnd, bodyLength, saysLength } from './bodyLength.ts'

export interface RequestHead {
  readonly method: string
  /** As it came: `/path?query`, an absolute URL, `*` or `host:port`. [rfc9112] 3.2 */
  readonly target: string
  readonly httpVersion: string
  /** A character for each byte. */
  readonly headers: NamedValues
  readonly bodyEnd: BodyEnd
}

/** `refusal`: why it cannot be read, in words. */
export type RequestReading = RequestHead | { readonly refusal: string }

const startLine = new RegExp(`^(${tokenPattern}) ([^ ]+) HTTP/(1\\.[01])$`)

/** `bytes`: from the first line to the empty line; empty lines before it are passed over. [rfc9112] 2.2 */
export function readRequestHead(bytes: Uint8Array): RequestReading {
  const lines = splitLines(bytes, new Set())
  const [, method, target, httpVersion] = startLine.exec(lines[0] ?? '') ?? []
  if (method === undefined || target === undefined || httpVersion === undefined) {
    return { refusal: 'its first line is no request line of HTTP/1.1' }
  }
  const headers = readFields(lines.slice(1), new Set())
  if (typeof headers === 'string') return { refusal: headers }
  const length = requestBody(headers)
  return typeof length === 'string'
    ? { refusal: length }
    : { method, target, httpVersion, headers, bodyEnd: length }
}

/** [rfc9112] 6.3: without a field that says its length, a request has no body. A sentence's part where that is not clear. */
function requestBody(headers: NamedValues): BodyEnd | string {
  if (!headers.some(([name]) => saysLength(name))) return { by: 'head' }
  const { end, refusal } = bodyLength(headers, false)
  if (refusal !== null) return refusal
  if (end.by === 'close') {
    return headers.some(([name]) => name.toLowerCase() === 'transfer-encoding')
      ? 'its Transfer-Encoding does not end in chunked'
      : 'its Content-Length is more than any body has'
  }
  return end.by === 'length' && end.bytes === 0 ? { by: 'head' } : end
}

/** Why no request of HTTP/1.1 begins with these bytes, in words; null where one may. */
export function notARequest(bytes: Uint8Array): string | null {
  // [rfc8446] 5.1: a record of the handshake.
  if (bytes[0] === 0x16 && (bytes[1] ?? 3) === 3) return 'it speaks TLS'
  const start = latin1(bytes.subarray(0, preface.length))
  if (start === preface) return 'it speaks HTTP/2 without asking'
  return /^[\r\n]*(?:[!#$%&'*+.^_`|~0-9A-Za-z-]|$)/.test(start) ? null : 'it does not speak HTTP'
}

// [rfc9113] 3.4
const preface = 'PRI * HTTP/2.0'
