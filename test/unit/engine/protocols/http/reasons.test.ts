// Every reason that OpenSSL and Node's HTTP parser give: a sentence for people, the identifier as the cause.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { networkError } from '../../../../../src/engine/protocols/http/networkError.ts'
import { tlsFault } from '../../../../../src/engine/protocols/http/tlsFault.ts'

const host = 'example.org:8443'

function failure(code: string, message = ''): Error {
  return Object.assign(new Error(message), { code })
}

/** As Node 24 names the alerts of a server, and what OpenSSL and Node find on this side. */
const tls: readonly (readonly [code: string, words: RegExp])[] = [
  ['ERR_SSL_SSL/TLS_ALERT_UNEXPECTED_MESSAGE', /finds an error in what it was sent/],
  ['ERR_SSL_SSL/TLS_ALERT_BAD_RECORD_MAC', /damaged on the way/],
  ['ERR_SSL_TLSV1_ALERT_DECRYPTION_FAILED', /damaged on the way/],
  ['ERR_SSL_TLSV1_ALERT_RECORD_OVERFLOW', /damaged on the way/],
  ['ERR_SSL_SSL/TLS_ALERT_DECOMPRESSION_FAILURE', /damaged on the way/],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', /accepts nothing of what was offered/],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', /accepts nothing of what was offered/],
  ['ERR_SSL_SSL/TLS_ALERT_ILLEGAL_PARAMETER', /finds an error/],
  ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', /denies access/],
  ['ERR_SSL_TLSV1_ALERT_DECODE_ERROR', /finds an error/],
  ['ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR', /finds an error/],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', /finds an error/],
  ['ERR_SSL_TLSV1_ALERT_EXPORT_RESTRICTION', /finds an error/],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', /no version of TLS is common/],
  ['ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY', /more secure ciphers/],
  ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', /the server has failed/],
  ['ERR_SSL_TLSV1_ALERT_INAPPROPRIATE_FALLBACK', /newer version of TLS/],
  ['ERR_SSL_TLSV1_ALERT_USER_CANCELLED', /cancelled/],
  ['ERR_SSL_TLSV1_ALERT_NO_RENEGOTIATION', /finds an error/],
  ['ERR_SSL_TLSV13_ALERT_MISSING_EXTENSION', /finds an error/],
  ['ERR_SSL_TLSV1_UNSUPPORTED_EXTENSION', /finds an error/],
  ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', /no certificate for this name/],
  ['ERR_SSL_TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE', /finds an error/],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_PSK_IDENTITY', /agreed on before/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', /not TLS/],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', /not TLS/],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', /no version of TLS/],
  ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', /no version of TLS/],
  ['ERR_SSL_VERSION_TOO_LOW', /no version of TLS/],
  ['ERR_SSL_DH_KEY_TOO_SMALL', /Diffie-Hellman key of the server is too weak/],
  ['ERR_SSL_EE_KEY_TOO_SMALL', /key in the certificate of the server is too weak/],
  ['ERR_SSL_CA_MD_TOO_WEAK', /signature of the server is too weak/],
  ['ERR_SSL_WRONG_SIGNATURE_TYPE', /signature of the server is too weak/],
  ['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', /old, unsafe renegotiation/],
  ['ERR_SSL_NO_SHARED_CIPHER', /no cipher is common/],
  ['ERR_SSL_WRONG_CIPHER_RETURNED', /no cipher is common/],
  ['ERR_SSL_UNEXPECTED_EOF_WHILE_READING', /closed the connection in the middle/],
  ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', /damaged on the way/],
  ['ERR_SSL_BAD_SIGNATURE', /signature of the server does not match/],
  ['ERR_SSL_DIGEST_CHECK_FAILED', /signature of the server does not match/],
  ['ERR_SSL_UNEXPECTED_MESSAGE', /breaks the rules of TLS/],
  ['ERR_SSL_BAD_EXTENSION', /breaks the rules of TLS/],
  ['ERR_SSL_LENGTH_MISMATCH', /breaks the rules of TLS/],
  ['ERR_TLS_DH_PARAM_SIZE', /Diffie-Hellman key/],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', /took too long/],
  ['ERR_TLS_PROTOCOL_VERSION_CONFLICT', /no version of TLS/],
  ['ERR_TLS_REQUIRED_SERVER_NAME', /server name is missing/],
  ['ERR_TLS_RENEGOTIATION_DISABLED', /renegotiate/],
]

/** What Node calls the verdicts of X.509. */
const verdicts = [
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_CRL', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE'],
  ...['UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY'],
  ...['CERT_SIGNATURE_FAILURE', 'CRL_SIGNATURE_FAILURE', 'CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'],
  ...['CRL_NOT_YET_VALID', 'CRL_HAS_EXPIRED', 'ERROR_IN_CERT_NOT_BEFORE_FIELD'],
  ...['ERROR_IN_CERT_NOT_AFTER_FIELD', 'ERROR_IN_CRL_LAST_UPDATE_FIELD'],
  ...['ERROR_IN_CRL_NEXT_UPDATE_FIELD', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_CHAIN_TOO_LONG', 'CERT_REVOKED', 'INVALID_CA'],
  ...['PATH_LENGTH_EXCEEDED', 'INVALID_PURPOSE', 'CERT_UNTRUSTED', 'CERT_REJECTED'],
  ...['HOSTNAME_MISMATCH', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_FORMAT'],
]

/** Of llhttp, before a head is complete and in a body. */
const parser: readonly (readonly [code: string, head: RegExp, body: RegExp])[] = [
  ['HPE_INVALID_CONSTANT', /does not begin with HTTP/, /more than the answer/],
  ['HPE_INVALID_VERSION', /version of HTTP/, /chunked/],
  ['HPE_INVALID_STATUS', /three digits/, /chunked/],
  ['HPE_INVALID_HEADER_TOKEN', /no field may have/, /behind the last chunk/],
  ['HPE_INVALID_CONTENT_LENGTH', /Content-Length/, /chunked/],
  ['HPE_UNEXPECTED_CONTENT_LENGTH', /Content-Length/, /chunked/],
  ['HPE_INVALID_TRANSFER_ENCODING', /Transfer-Encoding/, /chunked/],
  ['HPE_UNEXPECTED_SPACE', /space/, /chunked/],
  ['HPE_CR_EXPECTED', /CR and LF/, /CR and LF/],
  ['HPE_LF_EXPECTED', /CR and LF/, /CR and LF/],
  ['HPE_STRICT', /grammar/, /where its size says/],
  ['HPE_INVALID_EOF_STATE', /ends in the middle/, /last chunk is missing/],
  ['HPE_HEADER_OVERFLOW', /larger than Lifeline reads/, /larger than Lifeline reads/],
  ['HPE_INVALID_CHUNK_SIZE', /no hexadecimal number/, /no hexadecimal number/],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', /extensions/, /extensions/],
]

/** Sentences name no identifiers. */
function assertPlain(message: string): void {
  assert.doesNotMatch(message, /[A-Z]{2,}_|HPE|ERR_/)
  assert.match(message, /\.$/)
}

describe('The reason', () => {
  for (const [code, words] of tls) {
    it(`${code} is told in words`, () => {
      const fault = networkError(failure(code), { host })
      assert.equal(fault.code, 'tls-failed')
      assert.equal(fault.cause, code)
      assert.match(fault.message, words)
      assertPlain(`${fault.message} ${fault.advice ?? 'Nothing.'}`)
    })
  }

  it('in the message of EPROTO is told in words', () => {
    const text =
      'write EPROTO 40A7:error:0A00018A:SSL routines:tls_process_ske_dhe:dh key too small:../deps/x.c:1:'
    assert.match(networkError(failure('EPROTO', text), { host }).message, /too weak\.$/)
    const handshake =
      'write EPROTO 40A7:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:x.c:1:SSL alert number 40'
    assert.match(networkError(failure('EPROTO', handshake), { host }).message, /accepts nothing/)
  })

  it('of an alert that blames a certificate is that one is wanted, only where none was sent', () => {
    for (const alert of ['BAD_CERTIFICATE', 'CERTIFICATE_UNKNOWN', 'UNSUPPORTED_CERTIFICATE']) {
      const code = `ERR_SSL_SSL/TLS_ALERT_${alert}`
      assert.match(networkError(failure(code), { host }).message, /demands a client certificate/)
      const sent = networkError(failure(code), { host, certified: true })
      assert.match(sent.message, /does not accept the client certificate: /)
    }
    const failed = networkError(failure('ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'), {
      host,
      certified: true,
    })
    assert.doesNotMatch(failed.advice ?? '', /may demand a client certificate/)
  })

  for (const code of verdicts) {
    it(`${code} of a certificate is told in words`, () => {
      const fault = tlsFault(code, '', { host })
      assert.equal(fault?.code, 'tls-untrusted')
      assertPlain(fault.message)
    })
  }

  for (const [code, head, body] of parser) {
    it(`${code} of the parser is told in words`, () => {
      for (const [answered, words] of [
        [false, head],
        [true, body],
      ] as const) {
        const fault = networkError(failure(code, 'Parse Error'), { host, answered })
        assert.match(fault.message, words)
        assert.equal(fault.cause, code)
        assertPlain(fault.message)
      }
    })
  }

  it('of a connection that ends within the handshake is told', () => {
    const text = 'Client network socket disconnected before secure TLS connection was established'
    const fault = networkError(failure('ECONNRESET', text), { host, secure: true })
    assert.match(fault.message, /in the middle of the TLS handshake\.$/)
  })
})
