// Makes a PKCS #12 file for tests when they run. [rfc7292]

import { createHash, createHmac, randomBytes } from 'node:crypto'
import { der, oid, sequence, type TestCertificate } from './testCertificate.ts'

const pkcs7Data = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01)
const keyBag = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x02)
const certBag = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x03)
const x509 = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01)
const sha256 = sequence(oid(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01), der(0x05))
const iterations = 1000

/** The certificate in the clear, its key encrypted, the whole under a MAC. */
export function makePfx(certificate: TestCertificate, passphrase: string): Buffer {
  const cipher = { type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase } as const
  const key = certificate.privateKey.export(cipher)
  const cert = Buffer.from(certificate.cert.replaceAll(/-----[^-]+-----|\n/g, ''), 'base64')
  const bags = sequence(
    sequence(keyBag, der(0xa0, key)),
    sequence(certBag, der(0xa0, sequence(x509, der(0xa0, der(0x04, cert))))),
  )
  const safe = sequence(content(bags))
  const salt = randomBytes(8)
  const mac = createHmac('sha256', macKey(passphrase, salt)).update(safe).digest()
  const macData = sequence(
    sequence(sha256, der(0x04, mac)),
    der(0x04, salt),
    der(0x02, Buffer.of(iterations >> 8, iterations & 255)),
  )
  return sequence(der(0x02, Buffer.of(3)), content(safe), macData)
}

function content(bytes: Buffer): Buffer {
  return sequence(pkcs7Data, der(0xa0, der(0x04, bytes)))
}

/** [rfc7292] B.2 for one block of SHA-256; ID 3 is for MAC keys. */
function macKey(passphrase: string, salt: Buffer): Buffer {
  const password = Buffer.from(`${passphrase}\0`, 'utf16le').swap16()
  const filled = (bytes: Buffer) => Buffer.alloc(64 * Math.ceil(bytes.length / 64)).fill(bytes)
  let block = Buffer.concat([Buffer.alloc(64, 3), filled(salt), filled(password)])
  for (let i = 0; i < iterations; i++) block = createHash('sha256').update(block).digest()
  return block
}
