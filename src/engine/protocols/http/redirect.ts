// Follows an HTTP redirect: makes the next request, without what the new origin must not get.

import { firstValue } from '../../../shared/frame/headerFields.ts'
import {
  mayBeCredential,
  withoutQueryCredentials,
} from '../../../shared/secrets/credentialNames.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import type { Fault, OrFault } from '../fault.ts'
import { fieldText } from './fieldBytes.ts'

/** The parts of a request that a redirect can change. */
export interface HttpRequest {
  readonly method: string
  /** May hold user name and password. */
  readonly url: URL
  /** Values as bytes, a character each. */
  readonly headers: NamedValues
  /** A header that holds a credential, whatever its name. */
  readonly credentialHeader?: string | null
  /** Bytes are those of a file. */
  readonly body: string | Uint8Array | null
}

const statuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const bodyHeaders = /^content-(?:encoding|language|location|type|length)$/i
/** Headers that only the old origin gets, beside credentials. */
const ownHeaders = /^(?:host|cookie)$/i

/**
 * The hop that follows an answer; null when the answer is no redirect. A target that cannot be followed is a
 * fault, and so is one at another origin that would get a secret or a file. [fetch] 4.4
 */
export function nextHop(
  hop: HttpRequest,
  status: number,
  headers: NamedValues,
  holdsSecret: (text: string) => boolean,
): OrFault<HttpRequest> | null {
  if (!statuses.has(status)) return null
  const field = firstValue(headers, 'location')
  if (field === null) return null
  const location = asLocation(field)
  if (!URL.canParse(location, hop.url.href)) {
    return refused(
      'The server redirects to something that is no URL.',
      'Correct the header Location that the server sends.',
    )
  }
  const url = new URL(location, hop.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const isWebSocket = /^wss?:$/.test(url.protocol)
    return refused(
      // Not the URL: a sentence repeats nothing that the server may have been sent as a secret.
      `The server redirects to a ${url.protocol} URL, and only http: and https: are followed.`,
      isWebSocket
        ? `Connect to ${cutText(saidUrl(url), 200)} by WebSocket instead.`
        : 'Correct the header Location that the server sends, or open that URL in what it is for.',
      isWebSocket ? { target: publicUrl(url), fits: 'websocket' } : {},
    )
  }
  const sameOrigin = url.origin === hop.url.origin
  if (sameOrigin && url.username === '' && url.password === '') {
    url.username = hop.url.username
    url.password = hop.url.password
  }
  const toGet =
    (status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD') ||
    ((status === 301 || status === 302) && hop.method === 'POST')
  const body = toGet ? null : hop.body
  const kept = sameOrigin ? null : keptFromOthers(hop.method, body, holdsSecret)
  if (kept !== null) {
    return refused(
      `The server redirects to ${url.origin}, which would get ${kept.what}.`,
      `Connect to that URL if it may have the ${kept.short}.`,
      { target: publicUrl(url) },
    )
  }
  const isOwn = ([name, value]: NamedValues[number]) =>
    name === hop.credentialHeader ||
    ownHeaders.test(name) ||
    mayBeCredential(name) ||
    holdsSecret(`${name}: ${fieldText(value)}`)
  const method = toGet ? 'GET' : hop.method
  const goes = (pair: NamedValues[number]) =>
    !(toGet && bodyHeaders.test(pair[0])) && (sameOrigin || !isOwn(pair))
  return { ok: true, value: { ...hop, method, url, headers: hop.headers.filter(goes), body } }
}

/** Servers write bare UTF-8 there, which every browser understands; other bytes stay what they are. */
function asLocation(field: string): string {
  const text = fieldText(field)
  if (text !== field) return text
  return field.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`)
}

function refused(
  message: string,
  advice?: string,
  place: Pick<Fault, 'target' | 'fits'> = {},
): { readonly ok: false; readonly fault: Fault } {
  const fault = {
    code: 'redirect-refused',
    message,
    ...(advice !== undefined && { advice }),
    ...place,
  } as const
  return { ok: false, fault }
}

/** The part of the request that must go along and that another origin must not get; null without one. */
function keptFromOthers(
  method: string,
  body: HttpRequest['body'],
  holdsSecret: (text: string) => boolean,
): { readonly what: string; readonly short: string } | null {
  if (body instanceof Uint8Array) return { what: 'the file of "bodyFile"', short: 'file' }
  if (body !== null && holdsSecret(body)) return { what: 'a secret in the body', short: 'secret' }
  if (holdsSecret(method)) return { what: 'a secret as the method', short: 'secret' }
  return null
}

/** The URL as a sentence may hold it: as it may be recorded, and without credentials in its query. */
export function saidUrl(url: URL): string {
  return withoutQueryCredentials(publicUrl(url))
}

/** The URL without user name and password, as it may be recorded. */
export function publicUrl(url: URL): string {
  if (url.username === '' && url.password === '') return url.href
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare.href
}
