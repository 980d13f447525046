// The fields of a profile entry that have parts: auth, TLS, compression, cursor, reconnecting.

import { parseCursorSource, parseCursorTarget } from '../endpoint/cursor.ts'
import {
  type Auth,
  type Compression,
  type Endpoint,
  type Tls,
  tlsVersions,
} from '../endpoint/endpoint.ts'
import {
  defaultReconnectAttempts,
  neutralCompression,
  neutralTls,
} from '../endpoint/neutralEndpoint.ts'
import { isRecord } from '../unknown.ts'
import type { FieldReader } from './fieldReader.ts'

const authTypes = ['bearer', 'basic', 'apiKey'] as const

const authParts: Readonly<Record<Auth['type'], readonly string[]>> = {
  bearer: ['type', 'token'],
  basic: ['type', 'user', 'password'],
  apiKey: ['type', 'in', 'name', 'value'],
}

/** Null without the field, and when a part that it needs is missing or wrong. */
export function readAuth(read: FieldReader): Auth | null {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as profiles have it
  const auth = read.object('auth', '{ "type": "bearer", "token": "${secret:token}" }')
  if (!auth) return null
  if (!auth.has('type')) auth.report('type', 'Add a "type": "bearer", "basic" or "apiKey".')
  const type = auth.choice('type', authTypes)
  if (!type) return null
  auth.reportUnknown(authParts[type], `"auth" of type ${type}`)
  for (const part of authParts[type]) {
    if (!auth.has(part)) auth.report(part, `Add "${part}": auth of type ${type} needs it.`)
  }
  const part = (name: string) => auth.text(name) ?? ''
  switch (type) {
    case 'bearer':
      return { type, token: part('token') }
    case 'basic':
      return { type, user: part('user'), password: part('password') }
    case 'apiKey': {
      const place = auth.choice('in', ['header', 'query'] as const) ?? 'header'
      return { type, in: place, name: part('name'), value: part('value') }
    }
  }
}

export function readTls(read: FieldReader): Tls {
  const tls = read.object('tls', '{ "allowUntrusted": true }')
  if (!tls) return neutralTls
  tls.reportUnknown(Object.keys(neutralTls), '"tls"')
  return {
    allowUntrusted: tls.flag('allowUntrusted'),
    ca: tls.text('ca'),
    cert: tls.text('cert'),
    key: tls.text('key'),
    pfx: tls.text('pfx'),
    passphrase: tls.text('passphrase'),
    serverName: tls.text('serverName'),
    minVersion: tls.choice('minVersion', tlsVersions),
  }
}

/** `true` offers it as browsers do, `false` not at all. */
export function readCompression(read: FieldReader): Compression | null {
  const value = read.value('compression')
  if (value === undefined || value === true) return neutralCompression
  if (value === false) return null
  if (!isRecord(value)) {
    read.report(
      'compression',
      'Write "compression" as true, false or { "clientMaxWindowBits": 10 }.',
    )
    return null
  }
  const parts = read.object('compression', '')
  if (!parts) return null
  parts.reportUnknown(Object.keys(neutralCompression), '"compression"')
  return {
    serverNoContextTakeover: parts.flag('serverNoContextTakeover'),
    clientNoContextTakeover: parts.flag('clientNoContextTakeover'),
    // [rfc7692] 7.1.2
    serverMaxWindowBits: parts.number('serverMaxWindowBits', 8, 15, true),
    clientMaxWindowBits: parts.number('clientMaxWindowBits', 8, 15, true),
  }
}

export function readCursor(read: FieldReader): Endpoint['cursor'] {
  const cursor = read.object('cursor', '{ "from": "json:next", "to": "query:since" }')
  if (!cursor) return null
  cursor.reportUnknown(['from', 'to'], 'A cursor')
  const from = parseCursorSource(cursor.value('from'))
  if (!from) {
    cursor.report(
      'from',
      'Say where the cursor is in the answer: "json:items[0].id", "header:X-Cursor" or "validators".',
    )
  }
  if (from?.kind === 'validators') {
    // If-Modified-Since and If-None-Match carry them back: there is nothing to choose.
    if (!cursor.has('to') || cursor.value('to') === 'validators') return { from, to: from }
    cursor.report('to', 'Remove "to": validators go back as If-Modified-Since and If-None-Match.')
    return null
  }
  const to = parseCursorTarget(cursor.value('to'))
  if (!to) {
    cursor.report(
      'to',
      'Say where the cursor goes in the next request: "query:since", "header:X-Since" or "body:since".',
    )
  }
  return from && to && { from, to }
}

export function readReconnect(
  read: FieldReader,
  defaultAttempts: number,
): Pick<Endpoint, 'reconnectAs' | 'reconnectAttempts'> {
  const backOff = (reconnectAttempts: number) => {
    return { reconnectAs: 'back-off', reconnectAttempts } as const
  }
  const value = read.value('reconnect')
  if (value === false) return backOff(0)
  if (value === undefined) return backOff(defaultAttempts)
  // The profile asks for it in words, so a setting that turns it off does not hold here.
  const asked = defaultAttempts || defaultReconnectAttempts
  if (value === true) return backOff(asked)
  if (value === 'browser') return { reconnectAs: 'browser', reconnectAttempts: asked }
  if (!isRecord(value)) {
    read.report('reconnect', 'Write "reconnect" as true, false, "browser" or { "attempts": 5 }.')
    return backOff(defaultAttempts)
  }
  const parts = read.object('reconnect', '')
  parts?.reportUnknown(['attempts'], '"reconnect"')
  const attempts = parts?.number('attempts', 0, Number.MAX_SAFE_INTEGER, true)
  return backOff(attempts ?? defaultAttempts)
}
