// Makes TLS certificates for tests when they run: no key is kept anywhere, no tool is called.

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface TestCertificate {
  readonly cert: string
  readonly key: string
  readonly name: string
  readonly privateKey: KeyObject
}

export interface CertificateWish {
  readonly name: string
  /** Addresses it is good for; of IPv6, those written with `::` only. */
  readonly addresses?: readonly string[]
  readonly hosts?: readonly string[]
  /** Days from now; by default from yesterday to tomorrow. */
  readonly fromDay?: number
  readonly toDay?: number
  /** Self-signed without one. */
  readonly issuer?: TestCertificate
  readonly isAuthority?: boolean
}

/** An X.509 v3 certificate with an EC key, signed with SHA-256. [rfc5280] 4.1 */
export function makeCertificate(wish: CertificateWish): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { name, issuer, fromDay = -1, toDay = 1 } = wish
  const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(issuer?.name ?? name),
    sequence(time(fromDay), time(toDay)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(wish))),
  )
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey)
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.of(0), signature))
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    name,
    privateKey,
  }
}

function extensions(wish: CertificateWish): Buffer[] {
  const names = [
    ...(wish.hosts ?? []).map((host) => der(0x82, Buffer.from(host))),
    ...(wish.addresses ?? []).map((ip) => der(0x87, addressBytes(ip))),
  ]
  const isAuthority = der(0x01, Buffer.of(wish.isAuthority ? 0xff : 0))
  return [
    sequence(
      oid(0x55, 0x1d, 0x13),
      der(0x04, sequence(...(wish.isAuthority ? [isAuthority] : []))),
    ),
    ...(names.length > 0 ? [sequence(oid(0x55, 0x1d, 0x11), der(0x04, sequence(...names)))] : []),
  ]
}

function addressBytes(ip: string): Buffer {
  if (!ip.includes('::')) return Buffer.from(ip.split('.').map(Number))
  const [start = [], end = []] = ip.split('::').map((side) => side.split(':').filter(Boolean))
  const groups = [...start, ...Array(8 - start.length - end.length).fill('0'), ...end]
  return Buffer.concat(groups.map((group) => Buffer.from(group.padStart(4, '0'), 'hex')))
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))))
}

function time(day: number): Buffer {
  const text = new Date(Date.now() + day * 86_400_000).toISOString()
  return der(0x17, Buffer.from(`${text.slice(2, 19).replace(/[-:T]/g, '')}Z`))
}

/** DER's OBJECT IDENTIFIER, from its encoded bytes. */
export function oid(...bytes: number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

/** DER's SEQUENCE. */
export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(0x30, ...parts)
}

/** One DER element. [x690] 8.1 */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
