// Finds the credentials of an endpoint that are not declared as secrets.

import type { CompanionRequest, Endpoint } from '../endpoint/endpoint.ts'
import { isToken } from '../endpoint/httpSyntax.ts'
import { parseBase64, parseHex } from '../endpoint/messageBytes.ts'
import { plainMethod } from '../endpoint/methods.ts'
import { mapEndpointText } from '../profile/mapEndpointText.ts'
import { neutralEndpoint } from '../profile/neutralEndpoint.ts'
import type { TextRole } from '../profile/shapes/textRole.ts'
import type { Secret } from '../session/sessionPlan.ts'
import { decodePercent } from '../text/decodePercent.ts'
import { latin1 } from '../text/latin1.ts'
import { anyServer, innerPasswords, isLoneUser, splitUserInfo } from '../url/userInfo.ts'
import { bodyCredentials } from './bodyCredentials.ts'
import {
  decodeQuery,
  findTokens,
  minCredentialChars,
  minHiddenChars,
  queryCredentials,
} from './credentialNames.ts'
import { createSecretFinder } from './finder/secretFinder.ts'
import { partName } from './implicitNames.ts'
import { basicCredentials, basicPassword, schemeCredentials } from './schemeCredentials.ts'
import { subprotocolCredentials } from './subprotocolCredentials.ts'

type Add = (name: string, value: string) => void

/**
 * What `auth` and the TLS passphrase say, passwords in the URLs' user information, and credentials of at
 * least 8 characters: in the headers Authorization, Proxy-Authorization and Cookie, in headers, query
 * parameters, bodies and messages whose names tell of one, behind a scheme in other headers, in URLs within
 * other texts, and what looks like one; of saved requests too, in every form in which they cross the wire.
 * A user name that comes without a password is one. Values that are among `known` are not listed again,
 * except in another form.
 */
export function implicitSecrets(resolved: Endpoint, known: readonly Secret[]): readonly Secret[] {
  const found: Secret[] = []
  const listed = new Set(known.map(({ value }) => value))
  const add = (name: string, value: string) => {
    if (value === '' || listed.has(value)) return
    listed.add(value)
    found.push({ name, value })
  }
  mapEndpointText(resolved, (text, _path, role) => {
    if (role.kind === 'url') addUserInfo(text, role.as, add)
    return text
  })
  mapEndpointText(resolved, (text, _path, role) => {
    if (role.kind === 'credential') add(role.as, text)
    if (role.kind === 'body') addBody(text, add)
    const place = placeOf(role)
    for (const token of findTokens(text)) addLong(add, partName(place, 'token'), token)
    for (const password of innerPasswords(text)) {
      addLong(add, partName(place, 'password'), password)
      addLong(add, partName(place, 'password'), decodePercent(password))
    }
    return text
  })
  addSubprotocols(resolved.subprotocols, add)
  for (const { url } of [resolved, ...resolved.requests]) addQuery(url, add)
  for (const [name, value] of resolved.query) {
    if (isCredential(name, value)) addLong(add, partName('query', name), value)
  }
  const { auth } = resolved
  // [rfc7617] 2
  if (auth?.type === 'basic' && auth.password === '') addLong(add, 'auth-user', auth.user)
  if (auth?.type === 'basic') add('auth-password', basicCredentials(auth.user, auth.password))
  const headers = [...resolved.headers, ...resolved.requests.flatMap((request) => request.headers)]
  for (const [name, value] of headers) addHeader(name.toLowerCase(), value, add)
  // Of bytes that hold one of all these, the whole text is one, too: nothing else can stand in its place.
  const finder = createSecretFinder([...known, ...found])
  mapEndpointText(resolved, (text, path, role) => {
    if (role.kind === 'bytes') addBytes(text, path, finder.holds, add)
    return text
  })
  return found
}

/** `name` in lower case. */
function addHeader(name: string, value: string, add: Add): void {
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
  } else if (name === 'sec-websocket-protocol') {
    addSubprotocols(
      value.split(',').map((one) => one.trim()),
      add,
    )
  } else {
    const named = isCredential(name, value) ? [value] : []
    for (const one of [...named, ...schemeCredentials(value)]) {
      addLong(add, partName('header', name), one)
    }
  }
}

function addBytes(text: string, path: string, holds: (text: string) => boolean, add: Add): void {
  const bytes = path.endsWith('.hex') ? parseHex(text) : parseBase64(text)
  if (bytes === null) return
  const credentials = bodySecrets(new TextDecoder().decode(bytes))
  for (const { name, value } of credentials) add(name, value)
  if (credentials.length > 0 || holds(latin1(bytes)))
    addLong(add, partName('body', 'message'), text)
}

/** What begins the name of a credential that is found in such a text. */
function placeOf({ kind }: TextRole): 'query' | 'header' | 'body' {
  return kind === 'header' || kind === 'body' ? kind : 'query'
}

function addSubprotocols(protocols: readonly string[], add: Add): void {
  for (const value of subprotocolCredentials(protocols)) {
    addLong(add, partName('header', 'sec-websocket-protocol'), value)
  }
}

/** The password in the URL of a proxy that the settings or the environment name; null is no proxy. */
export function proxySecrets(proxyUrl: string | null): readonly Secret[] {
  const found: Secret[] = []
  addUserInfo(proxyUrl ?? '', 'proxy', (name, value) => found.push({ name, value }))
  return found
}

/** Finds what `implicitSecrets` finds, in a body or a message. */
export function bodySecrets(text: string): readonly Secret[] {
  const found: Secret[] = []
  addBody(text, (name, value) => found.push({ name, value }))
  return found
}

/** Finds what `implicitSecrets` finds, in a request that was typed. An invalid URL holds nothing. */
export function requestSecrets({ url, headers, body }: CompanionRequest): readonly Secret[] {
  return implicitSecrets({ ...neutralEndpoint, method: plainMethod, url, headers, body }, [])
}

function addLong(add: Add, name: string, value: string): void {
  if (value.length >= minHiddenChars) add(name, value)
}

function isCredential(name: string, value: string): boolean {
  const least = minCredentialChars(name)
  return least !== null && value.length >= least
}

function addQuery(url: string, add: Add): void {
  const [before = ''] = url.split(/[?#]/, 1)
  for (const { name, value } of queryCredentials(url)) {
    // What stands in the host or the path as well is no secret.
    if (before.includes(value)) continue
    addLong(add, partName('query', name), value)
    addLong(add, partName('query', name), decodeQuery(value))
  }
}

function addBody(text: string, add: Add): void {
  for (const { name, values } of bodyCredentials(text)) {
    for (const value of values) addLong(add, partName('body', name), value)
  }
}

/** `place` begins the names. */
function addUserInfo(url: string, place: string, add: Add): void {
  const parts = splitUserInfo(url)
  if (parts === null) return
  const { user, password } = parts
  if (isLoneUser(parts)) {
    addLong(add, `${place}-user`, user)
    addLong(add, `${place}-user`, decodePercent(user))
  }
  if (!password || password.startsWith('${') || !URL.canParse(url, anyServer)) return
  const name = `${place}-password`
  add(name, password)
  const parsed = new URL(url, anyServer)
  add(name, parsed.password)
  const plain = decodePercent(parsed.password)
  add(name, plain)
  // [rfc7617] 2: what Node sends of it.
  add(name, basicCredentials(decodePercent(parsed.username) || user, plain))
}
