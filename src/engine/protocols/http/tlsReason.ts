// The reason of a failed TLS handshake, in words, and what to change: by the words of OpenSSL and Node.

import type { Fault } from '../fault.ts'

export interface TlsReason extends Pick<Fault, 'advice' | 'fields' | 'speaksTls'> {
  /** Continues "The TLS handshake failed: ". */
  readonly words: string
}

const plainAdvice = 'The server may not use TLS at this port: try http: or ws: in the URL.'
const versionAdvice = {
  advice:
    'The server offers no version of TLS that is allowed here: look at "minVersion" in the profile’s "tls".',
  fields: ['tls.minVersion'],
}
const certificateAdvice = {
  advice: 'The server may demand a client certificate: name its file in the profile’s "tls".',
  fields: ['tls.cert', 'tls.key', 'tls.pfx'],
}
const nameAdvice = {
  advice:
    'The server does not know this host: look at the URL, and at "serverName" in the profile’s "tls".',
  fields: ['url', 'tls.serverName'],
}
const oldAdvice = 'Let the server use newer keys, signatures and ciphers: OpenSSL refuses these.'
const wayAdvice = 'Look at the log of the server, and at what stands between, such as a firewall.'

const notTls: TlsReason = {
  words: 'what came is not TLS',
  advice: plainAdvice,
  fields: ['url'],
  speaksTls: false,
}
const noVersion: TlsReason = { words: 'no version of TLS is common to both', ...versionAdvice }
const damaged: TlsReason = { words: 'what came was damaged on the way', advice: wayAdvice }
const garbled: TlsReason = {
  words: 'the server breaks the rules of TLS',
  advice: 'Look at the server, and at what stands between.',
}
const misread: TlsReason = {
  words: 'the server finds an error in what it was sent',
  advice: wayAdvice,
}
const noCiphers: TlsReason = {
  words: 'no cipher is common to both',
  advice: 'Let the server offer ciphers that are in use today.',
}
const weak = (what: string): TlsReason => ({
  words: `${what} of the server is too weak`,
  advice: oldAdvice,
})

/** Alerts of the server, in OpenSSL's words, and findings of our own side. The first one whose words are there counts. */
const reasons: readonly (readonly [pattern: RegExp, reason: TlsReason])[] = [
  // [rfc8446] 6.2 and [rfc5246] 7.2.2
  [
    /ALERT_HANDSHAKE_FAILURE/,
    { words: 'the server accepts nothing of what was offered', ...certificateAdvice },
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS|INVALID_PROTOCOL|VERSION_CONFLICT/,
    noVersion,
  ],
  [
    /INAPPROPRIATE_FALLBACK/,
    { words: 'the server speaks a newer version of TLS than was offered', ...versionAdvice },
  ],
  [/UNRECOGNIZED_NAME/, { words: 'the server has no certificate for this name', ...nameAdvice }],
  [/REQUIRED_SERVER_NAME/, { words: 'a server name is missing', ...nameAdvice }],
  [
    /NO_APPLICATION_PROTOCOL/,
    { words: 'the server speaks none of the protocols that were offered' },
  ],
  [/INSUFFICIENT_SECURITY/, { words: 'the server wants more secure ciphers', advice: oldAdvice }],
  [
    /ALERT_INTERNAL_ERROR/,
    { words: 'the server has failed', advice: 'Look at the log of the server.' },
  ],
  [/USER_CANCELLED/, { words: 'the server cancelled it', advice: wayAdvice }],
  [
    /UNKNOWN_PSK_IDENTITY/,
    { words: 'the server wants a key that was agreed on before, which Lifeline has none of' },
  ],
  [/ALERT_ACCESS_DENIED/, { words: 'the server denies access', ...certificateAdvice }],
  [/ALERT_(?:BAD_RECORD_MAC|DECRYPTION_FAILED|DECOMPRESSION_FAILURE|RECORD_OVERFLOW)/, damaged],
  [
    /ALERT_|UNSUPPORTED_EXTENSION|BAD_CERTIFICATE_(?:STATUS|HASH)|CERTIFICATE_UNOBTAINABLE/,
    misread,
  ],
  // OpenSSL's own
  [
    /WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST|HTTPS_PROXY|UNKNOWN_PROTOCOL|RECORD_TOO_SMALL/,
    notTls,
  ],
  [/DH_KEY_TOO_SMALL|DH_PARAM_SIZE|BAD_DH|MODULUS_TOO_SMALL/, weak('the Diffie-Hellman key')],
  [/(?:EE|CA)_KEY_TOO_SMALL/, weak('the key in the certificate')],
  [/MD_TOO_WEAK|WRONG_SIGNATURE_TYPE|LEGACY_SIGALG|INVALID_DIGEST/, weak('the signature')],
  [
    /UNSAFE_LEGACY_RENEGOTIATION/,
    {
      words: 'the server knows the old, unsafe renegotiation only',
      advice: 'Let the server be brought up to date.',
    },
  ],
  [
    /RENEGOTIATION/,
    {
      words: 'the server wants to renegotiate, which is not done',
      advice: 'Let the server be brought up to date.',
    },
  ],
  [/CIPHER/, noCiphers],
  [
    /UNEXPECTED_EOF/,
    { words: 'the server closed the connection in the middle of it', advice: wayAdvice },
  ],
  [/BAD_RECORD_MAC|DECRYPTION_FAILED|DATA_LENGTH_TOO_LONG|RECORD_LENGTH/, damaged],
  [
    /BAD_SIGNATURE|DIGEST_CHECK_FAILED|BAD_DIGEST/,
    { words: 'the signature of the server does not match', advice: wayAdvice },
  ],
  [/HANDSHAKE_TIMEOUT/, { words: 'it took too long', advice: wayAdvice }],
  [
    /^ERR_SSL_(?:BAD_|INVALID_|UNEXPECTED_|LENGTH_|EXTRA_|MISSING_|ILLEGAL_|WRONG_|NO_|UNKNOWN_)/,
    garbled,
  ],
]

/** `words`: such as `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE`; null where they say nothing that is known. */
export function tlsReason(words: string, certified: boolean): TlsReason | null {
  const found = reasons.find(([pattern]) => pattern.test(words))?.[1] ?? null
  if (found === null || !certified || found.fields !== certificateAdvice.fields) return found
  // One was offered: it is something else.
  return { words: found.words, advice: 'Look at the log of the server, which knows why.' }
}
