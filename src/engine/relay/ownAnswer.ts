// The answers that a relay gives in its server's place.

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  502: 'Bad Gateway',
}

/** A whole answer, behind which the connection ends. `text`: for people; what came from a peer in it stays text. */
export function ownAnswer(status: number, text: string): Uint8Array {
  const body = Buffer.from(`${text}\n`)
  const head = [
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}
