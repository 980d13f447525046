// The command and the headers of a STOMP frame. [stomp12] "Value Encoding"

import { decodeText } from '../../protocols/bytes/utf8.ts'

export interface StompHead {
  readonly command: string
  /** By name as it was written. Of a repeated one the first counts. [stomp12] "Repeated Header Entries" */
  readonly headers: ReadonlyMap<string, string>
  /** Sentences. */
  readonly flaws: readonly string[]
}

/** For what is not escaped, so that they are read by clients of STOMP 1.0. */
const unescaped: ReadonlySet<string> = new Set(['CONNECT', 'CONNECTED'])

const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', c: ':', '\\': '\\' }

export function readHead(bytes: Uint8Array): StompHead {
  const [command = '', ...lines] = decodeText(bytes)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  const headers = new Map<string, string>()
  const flaws = new Set<string>()
  for (const line of lines) {
    if (line === '') continue
    const colon = line.indexOf(':')
    if (colon < 0) flaws.add('A header has no colon.')
    const [name, value] = colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)]
    const isPlain = unescaped.has(command) || !line.includes('\\')
    const key = isPlain ? name : plainOf(name, flaws)
    if (!headers.has(key)) headers.set(key, isPlain ? value : plainOf(value, flaws))
  }
  return { command, headers, flaws: [...flaws] }
}

function plainOf(text: string, flaws: Set<string>): string {
  return text.replace(/\\(.|$)/gs, (written, escaped: string) => {
    const meant = escapes[escaped]
    if (meant === undefined) flaws.add('A header has an escape that there is not.')
    return meant ?? written
  })
}
