// WebSocket close codes in words, and which of them a client may send.

import { maxControlBytes } from './webSocketDetail.ts'

interface CodeWords {
  readonly name: string
  /** What it tells, for someone who sees it for the first time. */
  readonly meaning?: string
}

// [rfc6455] 7.4.1 and the IANA WebSocket Close Code Number Registry.
const codes: Readonly<Record<number, CodeWords>> = {
  1000: { name: 'normal closure', meaning: 'The purpose of the connection has been fulfilled.' },
  1001: {
    name: 'going away',
    meaning: 'The server shuts down, or the page that held the connection was left.',
  },
  1002: { name: 'protocol error', meaning: 'One side has received what the protocol forbids.' },
  1003: {
    name: 'unsupported data',
    meaning: 'One side does not take this type of data, such as binary where text is expected.',
  },
  1005: {
    name: 'no status received',
    meaning: 'The close frame carried no code. 1005 itself is never sent.',
  },
  1006: {
    name: 'abnormal closure',
    meaning:
      'No close frame came: the process crashed or was killed, the network broke, or a proxy cut an idle connection. 1006 itself is never sent.',
  },
  1007: {
    name: 'invalid payload data',
    meaning: 'The data does not fit its type, such as text that is not UTF-8.',
  },
  1008: {
    name: 'policy violation',
    meaning: 'A message breaks a rule of the receiver; often credentials that are missing or over.',
  },
  1009: { name: 'message too big', meaning: 'A message is larger than the receiver takes.' },
  1010: {
    name: 'mandatory extension missing',
    meaning: 'The client needs an extension that the server did not agree to.',
  },
  1011: { name: 'internal error', meaning: 'The server met something that it did not expect.' },
  1012: { name: 'service restart', meaning: 'The server restarts: connecting again may help.' },
  1013: { name: 'try again later', meaning: 'The server has too much to do.' },
  1014: { name: 'bad gateway', meaning: 'A proxy got no valid answer from the server behind it.' },
  1015: {
    name: 'TLS handshake failed',
    meaning: 'The encrypted connection did not come about. 1015 itself is never sent.',
  },
  3000: { name: 'unauthorized', meaning: 'Credentials are missing or not valid.' },
  3003: { name: 'forbidden', meaning: 'The credentials are not enough for this.' },
  3008: { name: 'timeout', meaning: 'Something took too long.' },
}

/** The code's meaning in a few words; for a code without a name, the range it belongs to. */
export function describeCloseCode(code: number): string {
  const known = codes[code]
  if (known !== undefined) return known.name
  // [rfc6455] 7.4.2
  if (code >= 4000 && code <= 4999) return 'private use'
  if (code >= 3000 && code <= 3999) return 'library or framework'
  if (code >= 1000 && code <= 2999) return 'reserved'
  return 'not a valid code'
}

/** For private use, as application protocols define them: others may use the same codes for something else. */
const protocolCodes: readonly {
  readonly protocol: string
  readonly codes: Readonly<Record<number, string>>
}[] = [
  {
    // [graphql-ws] PROTOCOL.md, and CloseCode of the library.
    protocol: 'GraphQL over WebSocket',
    codes: {
      4004: 'the server sent what breaks the protocol.',
      4005: 'the client met an error of its own.',
      4400: 'the client sent what breaks the protocol.',
      4401: 'an operation was started before the connection was acknowledged.',
      4403: 'the server refuses the connection, often for its credentials.',
      4406: 'the server does not speak the subprotocol.',
      4408: 'no connection_init came in time.',
      4409: 'an operation with the same id was still open.',
      4429: 'connection_init was sent more than once.',
      4500: 'the server met an error of its own.',
      4504: 'no connection_ack came in time.',
    },
  },
]

/** What the code tells, in a sentence or two; null for one that only its application can explain. */
export function explainCloseCode(code: number): string | null {
  const meant = protocolCodes
    .filter(({ codes }) => Object.hasOwn(codes, code))
    .map(({ protocol, codes }) => `In ${protocol}: ${codes[code]}`)
  return codes[code]?.meaning ?? (meant.length === 0 ? null : meant.join(' '))
}

/** A sentence about the server's close frame. */
export function closedWords({ code, reason }: { code: number; reason: string }): string {
  const said = reason === '' ? '' : `, “${reason}”`
  return `The server closed the connection: ${code} (${describeCloseCode(code)})${said}.`
}

/** Codes by which servers refuse a client; those from 4000 on are often HTTP's statuses. */
const refusing: ReadonlySet<number> = new Set([1008, 3000, 3003, 4001, 4003, 4401, 4403])

/** Whether the server may want credentials, or others than it got. */
export function mayWantCredentials(code: number): boolean {
  return refusing.has(code)
}

/** [rfc6455] 5.5.1: two bytes are the code. */
const maxReasonBytes = maxControlBytes - 2

/** A sentence that says what to change before this can be sent in a close frame, or null. */
export function checkClose(code: number, reason: string): string | null {
  // [rfc6455] 7.4.1 and 7.4.2: 1004 to 1006 and 1015 must not be sent, below 3000 the rest is reserved.
  const registered = code >= 1000 && code <= 1014 && !(code >= 1004 && code <= 1006)
  if (!Number.isInteger(code) || !(registered || (code >= 3000 && code <= 4999))) {
    return 'Write a code that may be sent: 1000 to 1003, 1007 to 1014, or 3000 to 4999.'
  }
  const bytes = new TextEncoder().encode(reason).length
  if (bytes <= maxReasonBytes) return null
  return `Shorten the reason: ${maxReasonBytes} bytes fit into a close frame, this has ${bytes}.`
}
