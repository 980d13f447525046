// Turns a failure of TLS, in the files of a profile or on the wire, into plain words.

import type { CertificateDetail } from '../../../shared/frame/frame.ts'
import type { Fault } from '../fault.ts'
import { ofOtherUrl } from './ofOtherUrl.ts'
import { tlsReason } from './tlsReason.ts'

/** A file of the profile's `tls`. */
export type TlsFile = 'ca' | 'cert' | 'key' | 'pfx'

const trustAdvice = 'Trust it if it is the certificate that you expect here.'

const caAdvice = `${trustAdvice} To keep all other checks, name the file of its own certificate or of its issuer’s in "ca" of the profile’s "tls".`

const changedAdvice =
  'The server has a new certificate, or somebody stands in between: compare its fingerprint with what the owner of the server says before you trust it.'

const proxyAdvice =
  'If you trust the proxy, name the file of its certificate, or of its issuer’s, in "ca" of the profile’s "tls".'

const lacksIssuerAdvice =
  'The server sends its own certificate alone, without that of its issuer: have it send its whole chain, or name the file of the issuer’s certificate in "ca" of the profile’s "tls".'

const elsewhereAdvice =
  'If you trust it, connect to that host itself: trust holds for the endpoint’s own host alone.'

/** Certificate verdicts of OpenSSL and Node, in words. */
const untrusted: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a self-signed certificate that is not trusted here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it has been revoked',
  CERT_UNTRUSTED: 'its issuer is not trusted here',
  CERT_REJECTED: 'its issuer is not trusted for this use',
  CERT_SIGNATURE_FAILURE: 'its signature does not match',
  CERT_CHAIN_TOO_LONG: 'its chain is too long',
  INVALID_CA: 'its issuer may not issue certificates',
  INVALID_PURPOSE: 'it is not meant for servers',
  PATH_LENGTH_EXCEEDED: 'its chain is too long',
  HOSTNAME_MISMATCH: 'it was issued for another host name',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it was issued for another host name',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is unknown here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is unknown here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is unknown here',
  ERR_TLS_CERT_ALTNAME_FORMAT: 'the names that it is for cannot be read',
  UNABLE_TO_GET_CRL: 'nobody could look up whether it has been revoked',
  CRL_HAS_EXPIRED: 'the list of revoked certificates has expired',
  CRL_NOT_YET_VALID: 'the list of revoked certificates is not valid yet',
  CRL_SIGNATURE_FAILURE: 'the signature of the list of revoked certificates does not match',
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: 'the list of revoked certificates cannot be read',
  ERROR_IN_CRL_LAST_UPDATE_FIELD: 'the list of revoked certificates cannot be read',
  ERROR_IN_CRL_NEXT_UPDATE_FIELD: 'the list of revoked certificates cannot be read',
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'its signature cannot be read',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'the key of its issuer cannot be read',
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 'its dates cannot be read',
  ERROR_IN_CERT_NOT_AFTER_FIELD: 'its dates cannot be read',
  CERT_OTHER_THAN_PINNED: 'it is another one than was trusted by its fingerprint',
}

/** Verdicts that a certificate in `ca` changes. */
const ofIssuer: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_UNTRUSTED',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Verdicts that another host in the URL changes. */
const ofName: ReadonlySet<string> = new Set(['HOSTNAME_MISMATCH', 'ERR_TLS_CERT_ALTNAME_INVALID'])

/** A certificate that a connection has shown, and what is found wrong with it by its own words: keys of `untrusted`. */
export interface ShownCertificate extends Omit<CertificateDetail, 'host' | 'flaws'> {
  readonly codes: readonly string[]
}

/** The code of a certificate that is neither trusted nor the one that was trusted by its fingerprint. */
export const otherCertificate = 'CERT_OTHER_THAN_PINNED'

/** Alerts by which a server turns a client's certificate down. [rfc8446] 6.2 */
const turnedDown: Readonly<Record<string, string>> = {
  BAD_CERTIFICATE: 'the server finds it broken or unfit',
  UNSUPPORTED_CERTIFICATE: 'it does not take certificates of this kind',
  CERTIFICATE_REVOKED: 'it has been revoked',
  CERTIFICATE_EXPIRED: 'it has expired',
  CERTIFICATE_UNKNOWN: 'it gives no reason',
  UNKNOWN_CA: 'its issuer is unknown there',
  ACCESS_DENIED: 'it may not do this',
  DECRYPT_ERROR: 'its signature does not match',
  CERTIFICATE_REQUIRED: 'it wants one from another issuer',
}

/** Of those the ones that a server answers with where it got none. */
const wanted: ReadonlySet<string> = new Set([
  'BAD_CERTIFICATE',
  'CERTIFICATE_REQUIRED',
  'CERTIFICATE_UNKNOWN',
  'UNSUPPORTED_CERTIFICATE',
])

/** Where TLS failed. */
interface TlsPlace {
  readonly host: string
  /** A client certificate was offered. */
  readonly certified?: boolean | undefined
  /** The host is not the endpoint's. */
  readonly elsewhere?: boolean | undefined
  /** The server sent no certificate of its certificate's issuer. */
  readonly lacksIssuer?: boolean | undefined
  readonly certificate?: ShownCertificate | null | undefined
  /** The proxy with which it failed, in place of the host. */
  readonly ofProxy?: string | null | undefined
}

/** Null when the code is not about TLS. */
export function tlsFault(code: string, text: string, place: TlsPlace): Fault | null {
  const { ofProxy = null, certified = false } = place
  const host = ofProxy === null ? place.host : `the proxy ${ofProxy}`
  const flaw = untrusted[code] ?? unnamedFlaw(code, text)
  if (flaw !== undefined) {
    const message = `The certificate of ${host} is not trusted: ${flaw}.`
    return { code: 'tls-untrusted', message, cause: code, ...trustHint(code, flaw, place) }
  }
  if (!/^(?:EPROTO$|ERR_(?:SSL|TLS|OSSL))/.test(code)) return null
  const words = opensslWords(code, text)
  const alert = /(?:^|_)ALERT_(\w+)$/.exec(words)?.[1] ?? ''
  const reason = turnedDown[alert]
  if (reason !== undefined && (certified || wanted.has(alert))) {
    return certified
      ? {
          code: 'tls-client-certificate',
          message: `${host} does not accept the client certificate: ${reason}.`,
          advice: 'Look at that certificate: "cert" or "pfx" in the profile’s "tls".',
          fields: ['tls.cert', 'tls.pfx'],
          cause: code,
        }
      : {
          code: 'tls-client-certificate',
          message: `${host} demands a client certificate.`,
          advice: 'Name its file: "cert" and "key", or "pfx", in the profile’s "tls".',
          fields: ['tls.cert', 'tls.key', 'tls.pfx'],
          cause: code,
        }
  }
  const found = tlsReason(
    words === 'EPROTO' ? text.toUpperCase().replaceAll(' ', '_') : words,
    certified,
  )
  const { words: why, ...hint } = found ?? { words: null }
  const fault: Fault = {
    code: 'tls-failed',
    message: `The TLS handshake with ${host} failed${why === null ? '' : `: ${why}`}.`,
    ...hint,
    cause: code,
  }
  return ofProxy === null ? fault : ofOtherUrl(fault)
}

/** How a certificate can come to be trusted. */
function trustHint(
  code: string,
  flaw: string,
  place: TlsPlace,
): Pick<Fault, 'advice' | 'fields' | 'certificate'> {
  const isOfIssuer = ofIssuer.has(code)
  // What is trusted unchecked is the server.
  if (place.ofProxy) return isOfIssuer ? { advice: proxyAdvice, fields: ['tls.ca'] } : {}
  const naming = place.lacksIssuer ? lacksIssuerAdvice : caAdvice
  if (place.elsewhere) {
    return { advice: isOfIssuer ? `${naming} ${elsewhereAdvice}` : elsewhereAdvice }
  }
  const named = ['tls.ca', 'tls.fingerprint', 'tls.allowUntrusted']
  const fields = ofName.has(code) ? [...named, 'url'] : named
  const advice = isOfIssuer ? naming : code === otherCertificate ? changedAdvice : trustAdvice
  return { advice, fields, ...certificateDetail(code, flaw, place) }
}

/** Node has one code for what OpenSSL finds and Node has no name for. */
function unnamedFlaw(code: string, text: string): string | undefined {
  if (code !== 'UNSPECIFIED') return undefined
  if (/key too (?:weak|small)/i.test(text)) return 'its key, or that of its issuer, is too short'
  return /digest algorithm too weak|md too weak/i.test(text)
    ? 'it is signed in a way that is too weak'
    : `OpenSSL says “${text}”`
}

/** The certificate with all that is wrong with it, for whoever may trust it. */
function certificateDetail(
  code: string,
  flaw: string,
  { host, certificate }: { host: string; certificate?: ShownCertificate | null | undefined },
): Pick<Fault, 'certificate'> {
  if (!certificate) return {}
  const { codes, ...shown } = certificate
  const others = codes.filter((one) => one !== code).map((one) => untrusted[one] ?? one)
  return { certificate: { ...shown, host, flaws: [...new Set([flaw, ...others])] } }
}

/** `SSLV3_ALERT_HANDSHAKE_FAILURE`: from the code, or where that says nothing from the message. */
function opensslWords(code: string, text: string): string {
  const [, reason] = /:SSL routines:[^:]*:([^:]+)/.exec(text) ?? []
  if (code !== 'EPROTO' || reason === undefined) return code
  return reason.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
}

/** Our own files are wrong: the user's fault, told before anything is sent. */
export function tlsFileFault(file: TlsFile, path: string, words: string, cause?: string): Fault {
  return {
    code: 'tls-setup',
    message: `The file of "tls.${file}" ${words}: ${path}`,
    advice: `Correct "${file}" in the profile’s "tls".`,
    fields: [`tls.${file}`],
    ...(cause !== undefined && { cause }),
  }
}

/** The passphrase is missing or wrong. */
export function passphraseFault(file: TlsFile, path: string, given: boolean): Fault {
  return {
    code: 'tls-setup',
    message: given
      ? `The passphrase does not open the file of "tls.${file}": ${path}`
      : `The file of "tls.${file}" needs a passphrase: ${path}`,
    advice: given
      ? 'Correct "passphrase" in the profile’s "tls", or enter the secret again that it names.'
      : 'Add a "passphrase" to the profile’s "tls", best as the name of a secret.',
    fields: ['tls.passphrase'],
  }
}

/** Key and certificate are not a pair. */
export function keyMismatchFault(keyPath: string, certPath: string): Fault {
  return {
    code: 'tls-setup',
    message: `The key in ${keyPath} does not belong to the certificate in ${certPath}.`,
    advice: 'Correct "cert" or "key" in the profile’s "tls".',
    fields: ['tls.cert', 'tls.key'],
  }
}
