// The answers that a relay gives in its server's place.

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

export interface OwnAnswer {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

/**
 * A whole answer to this method, behind which the connection ends; null: to what has none. `text`: for people; what came from a
 * peer in it stays text.
 */
export function ownAnswer(
  method: string | null,
  status: number,
  text: string,
  fields: readonly string[] = [],
): OwnAnswer {
  const body = Buffer.from(`${text}\n`)
  const lines = [
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    ...fields,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
  // [rfc9110] 9.3.2
  return { head, body: method === 'HEAD' ? new Uint8Array(0) : body }
}
