// Digest authentication: which challenge can be answered, and the answer. [rfc7616]

import { checkFieldValue } from '../../../shared/endpoint/httpSyntax.ts'
import { encodeReserved } from '../../../shared/text/encodePercent.ts'
import { latin1 } from '../../../shared/text/latin1.ts'
import type { Challenge } from './challenges.ts'

/** Of a text in Latin-1, each character a byte; hexadecimal in lower case. */
export type Hash = (algorithm: DigestAlgorithm, text: string) => string

export type DigestAlgorithm = 'md5' | 'sha256' | 'sha512-256'

const algorithms: Readonly<Record<string, DigestAlgorithm>> = {
  md5: 'md5',
  'sha-256': 'sha256',
  'sha-512-256': 'sha512-256',
}

/** A challenge that can be answered. */
export interface DigestChallenge {
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | null
  /** As the server wrote it; null where it named none, which is MD5. */
  readonly algorithm: string | null
  readonly hash: DigestAlgorithm
  /** `MD5-sess` and its like. */
  readonly session: boolean
  /** Null: none was offered. [rfc2069] */
  readonly qop: 'auth' | 'auth-int' | null
  readonly userhash: boolean
  readonly utf8: boolean
  /** Only the nonce was too old. */
  readonly stale: boolean
}

/** The first that can be answered: a server names what it likes best first. [rfc7616] 3.7 */
export function digestChallenge(challenges: readonly Challenge[]): DigestChallenge | null {
  for (const { scheme, params } of challenges) {
    if (scheme.toLowerCase() !== 'digest') continue
    const algorithm = params.get('algorithm') ?? null
    const [, name = '', session] = /^(.*?)(-sess)?$/i.exec((algorithm ?? 'md5').toLowerCase()) ?? []
    const hash = algorithms[name]
    const nonce = params.get('nonce')
    const qop = qopOf(params.get('qop'))
    if (hash === undefined || nonce === undefined || qop === undefined) continue
    // What stands in the answer again has to be what a header can carry.
    if (['nonce', 'realm', 'opaque'].some((one) => !isPlain(params.get(one)))) continue
    return {
      realm: params.get('realm') ?? '',
      nonce,
      opaque: params.get('opaque') ?? null,
      algorithm,
      hash,
      session: session !== undefined,
      qop,
      userhash: isTrue(params.get('userhash')),
      utf8: /^utf-8$/i.test(params.get('charset') ?? ''),
      stale: isTrue(params.get('stale')),
    }
  }
  return null
}

/** Undefined: only ones that nobody knows. */
function qopOf(offered: string | undefined): 'auth' | 'auth-int' | null | undefined {
  if (offered === undefined || offered.trim() === '') return null
  const names = offered.toLowerCase().split(/[\s,]+/)
  return (['auth', 'auth-int'] as const).find((name) => names.includes(name))
}

function isPlain(value = ''): boolean {
  return checkFieldValue(value.trim()) === null
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true'
}

export interface DigestRequest {
  readonly user: string
  readonly password: string
  readonly method: string
  /** Path and query, as they are sent. */
  readonly uri: string
  readonly body: Uint8Array
  readonly cnonce: string
  /** How often this nonce has been used, this time included. */
  readonly count: number
}

/** The value of the header Authorization. [rfc7616] 3.4 */
export function digestAnswer(
  challenge: DigestChallenge,
  request: DigestRequest,
  hash: Hash,
): string {
  const { realm, nonce, opaque, algorithm, qop, session, userhash, utf8 } = challenge
  const { method, uri, cnonce, body } = request
  const h = (text: string) => hash(challenge.hash, text)
  // [rfc7616] 4: without `charset` nobody says how; UTF-8 is what clients send today.
  const user = bytesOf(request.user)
  const secret = h(`${user}:${realm}:${bytesOf(request.password)}`)
  const a1 = session ? h(`${secret}:${nonce}:${cnonce}`) : secret
  const a2 = h(`${method}:${uri}${qop === 'auth-int' ? `:${h(latin1(body))}` : ''}`)
  const nc = request.count.toString(16).padStart(8, '0')
  const middle = qop === null ? nonce : `${nonce}:${nc}:${cnonce}:${qop}`
  const fields = [
    ...userField(userhash ? h(`${user}:${realm}`) : null, request.user, utf8),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${nc}`]),
    ...(qop !== null || session ? [`cnonce=${quoted(cnonce)}`] : []),
    `response=${quoted(h(`${a1}:${middle}:${a2}`))}`,
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
    ...(userhash ? ['userhash=true'] : []),
  ]
  return `Digest ${fields.join(', ')}`
}

/** A quoted text is read as a whole: the server's realm may hold anything, `response=` too. */
const param = /([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/gs

/** What proves the password; empty where the value of Authorization has none. */
export function digestResponse(authorization: string): string {
  const found = [...authorization.matchAll(param)].find(([, name]) => isResponse(name))
  return found?.[2] ?? found?.[3] ?? ''
}

/** The value of Authorization with another text in its place. */
export function withResponse(authorization: string, text: string): string {
  return authorization.replace(param, (whole, name: string) =>
    isResponse(name) ? `${name}="${text}"` : whole,
  )
}

function isResponse(name: string | undefined): boolean {
  return name?.toLowerCase() === 'response'
}

/** [rfc7616] 3.4.4: a name that is not ASCII is written as [rfc5987] has it, where the server reads UTF-8. */
function userField(hashed: string | null, user: string, utf8: boolean): readonly string[] {
  if (hashed !== null) return [`username=${quoted(hashed)}`]
  const isAscii = /^[\x20-\x7e]*$/.test(user)
  if (isAscii || !utf8) return [`username=${quoted(bytesOf(user))}`]
  const encoded = encodeReserved(user)
  return [`username*=UTF-8''${encoded}`]
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function bytesOf(text: string): string {
  return latin1(new TextEncoder().encode(text))
}
