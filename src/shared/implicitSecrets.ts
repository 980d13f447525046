// Credentials that stand in an endpoint without being declared as secrets.

import { basicCredentials } from './basicCredentials.ts'
import { bodyCredentials } from './bodyCredentials.ts'
import { decodeQuery, leastCredential, loneUser, queryCredentials } from './credentialNames.ts'
import { decodePercent } from './decodePercent.ts'
import type { CompanionRequest, Endpoint } from './endpoint.ts'
import { isToken } from './httpSyntax.ts'
import { mapEndpointText } from './mapEndpointText.ts'
import { neutralEndpoint } from './neutralEndpoint.ts'
import { findReferences, formatReference } from './references.ts'
import type { Secret } from './sessionPlan.ts'

// A password that is a reference needs no hiding.
const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#\\@:]*):((?!\$\{)[^/?#\\]+)@/i

const implicitName =
  /^((url|proxy|request)-(user|password)|(proxy-)?authorization|cookie(-.+)?|(query|header|body)-.+|auth-(token|user|password|key)|tls-passphrase)$/

/** The fields that are a credential whole, with the names that stand for them. */
const wholeCredentials: Readonly<Record<string, string>> = {
  'auth.token': 'auth-token',
  'auth.password': 'auth-password',
  'auth.value': 'auth-key',
  'tls.passphrase': 'tls-passphrase',
}

/** Where a body or a message stands as text. */
const bodyPath =
  /^(?:(?:requests\[\d+\]\.)?body|send\[\d+\]|repeat\.message|messages\[\d+\]\.text)$/

/** Shorter credentials are left: hiding them would hide ordinary text wherever it looks the same. */
const minLength = 8

/**
 * What `auth` and the TLS passphrase say, passwords in the URLs' user information, and credentials of at
 * least 8 characters in the headers Authorization, Proxy-Authorization and Cookie and in headers, query
 * parameters, bodies and messages whose names tell of one, of saved requests too, in every form in which they
 * cross the wire. A user name that comes without a password is one.
 * Values that are among `known` are not listed again, except in another form.
 */
export function implicitSecrets(resolved: Endpoint, known: readonly Secret[]): readonly Secret[] {
  const found: Secret[] = []
  const add = (name: string, value: string) => {
    if (value === '') return
    if ([...known, ...found].some((secret) => secret.value === value)) return
    found.push({ name, value })
  }
  addUserInfo(resolved.url, 'url', add)
  if (resolved.proxy !== 'auto' && resolved.proxy !== 'none') {
    addUserInfo(resolved.proxy, 'proxy', add)
  }
  for (const { url } of resolved.requests) addUserInfo(url, 'request', add)
  mapEndpointText(resolved, (text, path) => {
    const name = wholeCredentials[path]
    if (name !== undefined) add(name, text)
    if (bodyPath.test(path)) addBody(text, add)
    return text
  })
  for (const { url } of [resolved, ...resolved.requests]) addQuery(url, add)
  for (const [name, value] of resolved.query) {
    if (isCredential(name, value)) addLong(add, partName('query', name), value)
  }
  const { auth } = resolved
  // [rfc7617] 2
  if (auth?.type === 'basic' && auth.password === '') addLong(add, 'auth-user', auth.user)
  if (auth?.type === 'basic') add('auth-password', basicCredentials(auth.user, auth.password))
  const headers = [...resolved.headers, ...resolved.requests.flatMap((request) => request.headers)]
  for (const [header, value] of headers) {
    const name = header.toLowerCase()
    if (name === 'cookie') {
      for (const pair of value.split(';')) {
        const [, cookie = '', held = ''] = /^\s*(?:([^=]*)=)?(.*?)\s*$/s.exec(pair) ?? []
        addLong(add, isToken(cookie) ? `cookie-${cookie}` : name, held)
      }
    } else if (name === 'authorization' || name === 'proxy-authorization') {
      // [rfc9110] 11.4: a scheme, then the credentials; some servers take a bare key.
      const [, credentials = ''] = /^(?:[^\s]+\s+)?(.*)$/.exec(value.trim()) ?? []
      addLong(add, name, credentials)
      addLong(add, name, basicPassword(value))
    } else if (isCredential(name, value)) addLong(add, partName('header', name), value)
  }
  return found
}

/** The password in the URL of a proxy that the settings or the environment name; null is no proxy. */
export function proxySecrets(proxyUrl: string | null): readonly Secret[] {
  const found: Secret[] = []
  addUserInfo(proxyUrl ?? '', 'proxy', (name, value) => found.push({ name, value }))
  return found
}

/** What `implicitSecrets` finds in a request that was typed. Nothing of a URL that is none. */
export function requestSecrets({ url, headers, body }: CompanionRequest): readonly Secret[] {
  return implicitSecrets({ ...neutralEndpoint, method: 'polling', url, headers, body }, [])
}

/**
 * The endpoint with such credentials replaced by references, so that it can be recorded. It may hold
 * references of its own; those stay.
 */
export function hideCredentials(endpoint: Endpoint, implicit: readonly Secret[]): Endpoint {
  // A short password looks like ordinary text anywhere but in its place.
  const long = implicit.filter(({ value }) => value.length >= minLength)
  return mapEndpointText(endpoint, (text, path) => {
    const whole = wholeCredentials[path]
    // Text around a reference is part of the credential, but nothing without it.
    if (whole !== undefined && text !== '' && findReferences(text).length === 0)
      return `\${secret:${whole}}`
    const name = passwordName(path)
    const bare = name ? text.replace(userInfo, `$1$2:$\{secret:${name}}@`) : text
    return hideSecrets(bare, long)
  })
}

/** Of the password that may stand in the URL at this path; null where there is no URL. */
function passwordName(path: string): string | null {
  if (path === 'url' || path === 'proxy') return `${path}-password`
  return /^requests\[\d+\]\.url$/.test(path) ? 'request-password' : null
}

/**
 * The endpoint with the names that `implicitSecrets` gives made the profile's own, so that each of a
 * file's profiles keeps credentials of its own under them.
 */
export function nameSecretsAfter(profile: string, endpoint: Endpoint): Endpoint {
  const prefix = profile
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return mapEndpointText(endpoint, (text) => {
    const references = findReferences(text)
    if (typeof references === 'string') return text
    return references.reduce((left, reference) => {
      if (reference.kind !== 'secret' || !implicitName.test(reference.name)) return left
      const name = prefix === '' ? reference.name : `${prefix}-${reference.name}`
      return left.replaceAll(formatReference(reference), () =>
        formatReference({ kind: 'secret', name }),
      )
    }, text)
  })
}

/** The text with the value of each secret replaced by `${secret:name}`, the longest first. */
export function hideSecrets(text: string, secrets: readonly Secret[]): string {
  const byLength = [...secrets].sort((a, b) => b.value.length - a.value.length)
  return byLength.reduce(
    (left, { name, value }) =>
      value === '' ? left : left.replaceAll(value, () => `\${secret:${name}}`),
    text,
  )
}

function addLong(add: (name: string, value: string) => void, name: string, value: string): void {
  if (value.length >= minLength) add(name, value)
}

function isCredential(name: string, value: string): boolean {
  const least = leastCredential(name)
  return least !== null && value.length >= least
}

/** `query-access_token`; a name that no reference can hold is left out. */
function partName(place: 'query' | 'header' | 'body', name: string): string {
  return isToken(name) ? `${place}-${name}` : `${place}-credential`
}

function addQuery(url: string, add: (name: string, value: string) => void): void {
  const [before = ''] = url.split(/[?#]/, 1)
  for (const { name, value } of queryCredentials(url)) {
    // What stands in the host or the path as well is no secret.
    if (before.includes(value)) continue
    addLong(add, partName('query', name), value)
    addLong(add, partName('query', name), decodeQuery(value))
  }
}

function addBody(text: string, add: (name: string, value: string) => void): void {
  for (const { name, values } of bodyCredentials(text)) {
    for (const value of values) addLong(add, partName('body', name), value)
  }
}

/** `place` begins the names. */
function addUserInfo(url: string, place: string, add: (name: string, value: string) => void): void {
  const [, , lone = ''] = loneUser.exec(url) ?? []
  addLong(add, `${place}-user`, lone)
  addLong(add, `${place}-user`, decodePercent(lone))
  const name = `${place}-password`
  const [, , user = '', password = ''] = userInfo.exec(url) ?? []
  if (password === '' || !URL.canParse(url)) return
  add(name, password)
  const parsed = new URL(url)
  add(name, parsed.password)
  const plain = decodePercent(parsed.password)
  add(name, plain)
  // [rfc7617] 2: what Node sends of it.
  add(name, basicCredentials(decodePercent(parsed.username) || user, plain))
}

/** [rfc7617] 2; empty when the field is none of Basic. */
function basicPassword(field: string): string {
  const [, encoded = ''] =
    /^\s*basic\s+((?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}(?:==)?|[a-z\d+/]{3}=?)?)\s*$/i.exec(field) ?? []
  const bytes = Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0))
  const [, password = ''] = /^[^:]*:(.*)$/s.exec(new TextDecoder().decode(bytes)) ?? []
  return password
}
