// The certificates that an endpoint names, read and checked, as Node's TLS takes them.

import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  createSecureContext,
  DEFAULT_CIPHERS,
  getCACertificates,
  type SecureContext,
  type SecureContextOptions,
} from 'node:tls'
import type { Tls } from '../../../shared/endpoint/endpoint.ts'
import {
  keyMismatchFault,
  passphraseFault,
  type TlsFile,
  tlsFileFault,
} from '../../protocols/http/tlsFault.ts'
import { readRegularFileSync, UnfitFile } from '../readRegularFile.ts'
import { SetupError } from './setupError.ts'

/** Larger is no certificate, nor a bundle of them. */
const maxFileBytes = 4 * 1024 * 1024

const keyStart = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/

/**
 * The context for connections; undefined when Node's own serves. `own` says that they lead to the
 * endpoint's own server, to which alone its client certificate is shown. Throws `SetupError`.
 */
export function createTlsContext(
  tls: Tls,
  caPems: readonly string[] | null,
  own: boolean,
): SecureContext | undefined {
  const ca = tls.ca === null ? [] : readAuthorities(tls.ca)
  const options: SecureContextOptions = {
    ...((ca.length > 0 || caPems !== null) && {
      ca: [...getCACertificates('default'), ...(caPems ?? []), ...ca],
      // [rfc5280] 6.1 leaves the anchor to local policy: what is trusted here need be no root. As in browsers and curl.
      allowPartialTrustChain: true,
    }),
    ...(tls.minVersion !== null && { minVersion: tls.minVersion }),
    // OpenSSL takes the signatures of these versions only at its lowest level.
    ...((tls.minVersion === 'TLSv1' || tls.minVersion === 'TLSv1.1') && {
      ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
    }),
    ...(own && clientCertificate(tls)),
  }
  if (Object.keys(options).length === 0) return undefined
  return createSecureContext(options)
}

/** Checked one by one: Node takes a file without any certificate for an empty list. */
function readAuthorities(path: string): readonly string[] {
  const blocks = certificateBlocks(read('ca', path))
  if (blocks.length === 0) refuse('ca', path, 'holds no certificate in PEM form')
  for (const block of blocks) {
    try {
      new X509Certificate(block)
    } catch (error) {
      refuse('ca', path, 'holds a certificate that cannot be read', wordsOf(error))
    }
  }
  return blocks
}

/** In order; one that breaks off at the file's end is left out. OpenSSL writes the label in three ways. [rfc7468] 5 */
function certificateBlocks(file: Buffer): readonly string[] {
  const [, ...parts] = file
    .toString('latin1')
    .split(/-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----/)
  const blocks: string[] = []
  for (let i = 0; i < parts.length; i += 2) {
    const [label = '', text = ''] = parts.slice(i, i + 2)
    const end = `-----END ${label}-----`
    const isLast = i + 2 >= parts.length
    if (isLast && !text.includes(end)) continue
    blocks.push(`-----BEGIN ${label}-----${text.split(end, 1)[0]}${end}`)
  }
  return blocks
}

function clientCertificate(
  tls: Tls,
): Pick<SecureContextOptions, 'pfx' | 'cert' | 'key' | 'passphrase'> {
  const passphrase = tls.passphrase === null ? {} : { passphrase: tls.passphrase }
  if (tls.pfx !== null)
    return { pfx: checkPfx(tls.pfx, read('pfx', tls.pfx), passphrase), ...passphrase }
  if (tls.cert === null) return {}
  const cert = read('cert', tls.cert)
  const key = tls.key === null ? cert : read('key', tls.key)
  checkCertificate(tls.cert, cert)
  checkKey(tls, tls.cert, key)
  try {
    createSecureContext({ cert, key, ...passphrase })
  } catch (error) {
    if (codeOf(error) === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') {
      throw new SetupError(keyMismatchFault(tls.key ?? tls.cert, tls.cert))
    }
    refuse('cert', tls.cert, 'cannot be used', wordsOf(error))
  }
  return { cert, key, ...passphrase }
}

function checkPfx(path: string, pfx: Buffer, passphrase: { readonly passphrase?: string }): Buffer {
  try {
    createSecureContext({ pfx, ...passphrase })
  } catch (error) {
    const words = wordsOf(error)
    if (/mac verify/i.test(words)) {
      throw new SetupError(passphraseFault('pfx', path, passphrase.passphrase !== undefined))
    }
    if (/unsupported/i.test(words)) {
      refuse(
        'pfx',
        path,
        'is encrypted in a way that is no longer supported; export it anew',
        words,
      )
    }
    refuse('pfx', path, 'is no PKCS #12 file', words)
  }
  return pfx
}

function checkCertificate(path: string, cert: Buffer): void {
  const [block] = certificateBlocks(cert)
  if (block === undefined) refuse('cert', path, 'holds no certificate in PEM form')
  try {
    new X509Certificate(block)
  } catch (error) {
    refuse('cert', path, 'holds a certificate that cannot be read', wordsOf(error))
  }
}

function checkKey(tls: Tls, certPath: string, key: Buffer): void {
  const path = tls.key ?? certPath
  const text = key.toString('latin1')
  if (!keyStart.test(text)) {
    if (tls.key !== null) refuse('key', path, 'holds no private key in PEM form')
    refuse('cert', path, 'holds no private key; name the key’s file in "tls.key"')
  }
  try {
    createPrivateKey({ key, ...(tls.passphrase !== null && { passphrase: tls.passphrase }) })
  } catch (error) {
    const file = tls.key === null ? 'cert' : 'key'
    if (
      /MISSING_PASSPHRASE|BAD_DECRYPT|BAD_PASSWORD/.test(codeOf(error)) ||
      /ENCRYPTED/.test(text)
    ) {
      throw new SetupError(passphraseFault(file, path, tls.passphrase !== null))
    }
    refuse(file, path, 'holds a private key that cannot be read', wordsOf(error))
  }
}

function read(file: TlsFile, path: string): Buffer {
  try {
    return readRegularFileSync(path, maxFileBytes)
  } catch (error) {
    if (error instanceof UnfitFile) {
      const endless = error.reason === 'endless'
      refuse(
        file,
        path,
        endless ? 'is a device or a pipe, which has no end' : 'is too large for a certificate',
      )
    }
    const code = codeOf(error)
    refuse(file, path, unreadable[code] ?? 'cannot be read', code)
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a folder',
}

function refuse(file: TlsFile, path: string, words: string, cause?: string): never {
  throw new SetupError(tlsFileFault(file, path, words, cause))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function wordsOf(error: unknown): string {
  return codeOf(error) || (error instanceof Error ? error.message : String(error))
}
