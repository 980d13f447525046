// A server's certificate in words and dates, with what is wrong with it beside its issuer.

import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { ShownCertificate } from '../../protocols/http/tlsFault.ts'

/** `raw` is DER. `name` is the host that the certificate must be for, an address without its brackets. */
export function shownCertificate(raw: Uint8Array, name: string): ShownCertificate {
  const cert = new X509Certificate(raw)
  const now = Date.now()
  const isFor = isIP(name) === 0 ? cert.checkHost(name) : cert.checkIP(name)
  const codes = [
    cert.checkIssued(cert) ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : null,
    isFor === undefined ? 'ERR_TLS_CERT_ALTNAME_INVALID' : null,
    Date.parse(cert.validTo) < now ? 'CERT_HAS_EXPIRED' : null,
    Date.parse(cert.validFrom) > now ? 'CERT_NOT_YET_VALID' : null,
  ]
  return {
    subject: oneLine(cert.subject),
    issuer: oneLine(cert.issuer),
    names: (cert.subjectAltName ?? '').split(/, (?=[A-Za-z ]+:)/).filter((one) => one !== ''),
    validFrom: cert.validFrom,
    validTo: cert.validTo,
    fingerprint: cert.fingerprint256,
    codes: codes.filter((code) => code !== null),
  }
}

/** Node writes each part of a name on a line of its own. */
function oneLine(name: string): string {
  return (name ?? '').split('\n').join(', ')
}
