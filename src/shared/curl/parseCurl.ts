// A `curl …` command → the profile entry that asks for the same.

import type { Method } from '../endpoint/endpoint.ts'
import { methods } from '../endpoint/methods.ts'
import { type Parsed, refused } from '../endpoint/problem.ts'
import { formatPairs } from '../profile/fields/namedValuesField.ts'
import { parseLogin } from '../text/login.ts'
import { addressOf, methodOf, onSocket, withScheme, writtenUrl } from './curlAddress.ts'
import { readData } from './curlData.ts'
import {
  subprotocolsField,
  withCurlHeaders,
  withoutHandshake,
  writtenHeaders,
} from './curlHeaders.ts'
import { curlProxy, curlTls } from './curlNetwork.ts'
import { type CurlOptions, lastOf, readCurlWords } from './curlOptions.ts'
import { shellWords } from './shellWords.ts'

/** Fields of a profile entry, to be read by `parseEndpoint`. */
export type CurlEntry = Readonly<Record<string, unknown>>

const prompt = /^\s*(?:[$%#>]\s+)?/

/** Whether a text is meant as such a command. */
export function isCurl(text: string): boolean {
  return /^curl(?:\.exe)?(?:\s|$)/i.test(text.replace(prompt, ''))
}

/**
 * Reads the command as browsers copy it and people write it, for bash and for cmd. The entry has a `method`
 * where the command tells it, or the one that is asked for. A shell's variables become `${env:NAME}`.
 */
export function parseCurl(text: string, wanted?: Method): Parsed<CurlEntry> {
  const words = shellWords(text.replace(prompt, ''))
  if (!words.ok) return words
  const read = readCurlWords(words.value.slice(1))
  if (!read.ok) return read
  const { options } = read.value
  const written = writtenUrl(read.value)
  if (!written.ok) return written
  const own = writtenHeaders(options)
  if (!own.ok) return own
  const data = readData(options)
  if (!data.ok) return data
  const all = withCurlHeaders(own.value, options, data.value)
  if (!all.ok) return all
  const auth = curlAuth(options)
  if (!auth.ok) return auth

  const { text: body, file, toQuery } = data.value
  const url = withScheme(written.value)
  const method = wanted ?? methodOf(url, all.value.pairs, body)
  const address = onSocket(addressOf(url, method, data.value), all.value, options)
  if (!address.ok) return address
  const tls = curlTls(options)
  if (!tls.ok) return tls

  const { pairs, named } = address.value.headers
  const isHttp = method === null || methods[method].scheme === 'http'
  return entryOf({
    url: address.value.url,
    method,
    request: isHttp ? requestOf(options) : null,
    headers: formatPairs(isHttp ? pairs : withoutHandshake(pairs)),
    // The user's own header goes before it.
    auth: named.has('authorization') ? null : auth.value,
    body: isHttp && !toQuery ? body : null,
    bodyFile: isHttp ? file : null,
    subprotocols: isHttp ? null : subprotocolsField(pairs),
    timeout: timeoutOf(options),
    tls: tls.value,
    proxy: curlProxy(options),
  })
}

/** Without the fields that the command says nothing of. */
function entryOf(fields: CurlEntry): Parsed<CurlEntry> {
  const said = Object.entries(fields).filter(([, value]) => (value ?? null) !== null)
  return { ok: true, value: Object.fromEntries(said) }
}

/** Null where the body decides it. */
function requestOf(options: CurlOptions): string | null {
  const written = lastOf(options, 'request')
  if (written !== undefined) return written
  if (lastOf(options, 'head') !== undefined) return 'HEAD'
  if (lastOf(options, 'upload-file') !== undefined) return 'PUT'
  return lastOf(options, 'get') === undefined ? null : 'GET'
}

/** The field `auth`; null where the command says nothing of it. */
function curlAuth(options: CurlOptions): Parsed<CurlEntry | null> {
  const user = lastOf(options, 'user')
  const login = parseLogin(user ?? '')
  if (user !== undefined && login === null) {
    return refused('Write the password after the user name of -u, as in user:password.')
  }
  const token = lastOf(options, 'oauth2-bearer')
  if (token !== undefined) return { ok: true, value: { type: 'bearer', token } }
  return { ok: true, value: login && { type: 'basic', ...login } }
}

function timeoutOf(options: CurlOptions): string | null {
  const seconds = Number(lastOf(options, 'max-time') ?? 0)
  return seconds > 0 ? `${seconds}s` : null
}
