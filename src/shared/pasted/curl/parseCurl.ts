// The words of a `curl …` command → the profile entry that asks for the same, and what it leaves out.

import type { ClientMethod } from '../../endpoint/endpoint.ts'
import { methods } from '../../endpoint/methods.ts'
import { type Parsed, refused } from '../../endpoint/problem.ts'
import { formatPairs } from '../../profile/fields/namedValuesField.ts'
import { parseLogin } from '../../text/login.ts'
import { type PastedEntry, type PastedRequest, saidFields } from '../shapes/pastedRequest.ts'
import type { ShellCommand } from '../shell/wantedCommand.ts'
import { addressOf, methodOf, reachedBy } from './curlAddress.ts'
import { type CurlData, readData } from './curlData.ts'
import {
  type CurlHeaders,
  headerNotes,
  subprotocolsField,
  withCurlHeaders,
  withoutHandshake,
  writtenHeaders,
} from './curlHeaders.ts'
import { curlProxy, curlTls } from './curlNetwork.ts'
import { type CurlOptions, lastOf, readCurlWords } from './curlOptions.ts'
import { readCurlUrl } from './curlUrl.ts'

/** What is read of the command before it is known where it goes. */
interface CurlRequest {
  readonly options: CurlOptions
  readonly url: string
  readonly headers: CurlHeaders
  readonly data: CurlData
  readonly auth: PastedEntry | null
  readonly notes: readonly string[]
}

/** The entry has a `method` where the command tells it, or the one that is asked for. */
export function parseCurl(command: ShellCommand, wanted?: ClientMethod): Parsed<PastedRequest> {
  const read = readRequest(command)
  if (!read.ok) return read
  const { options, data, auth, headers } = read.value
  const { text: body, file, toQuery } = data
  const method = wanted ?? methodOf(read.value.url, headers.pairs, body)
  const address = reachedBy(addressOf(read.value.url, method, data), headers, options)
  if (!address.ok) return address
  const tls = curlTls(options, address.value.serverName)
  if (!tls.ok) return tls

  const { pairs, named } = address.value.headers
  const isHttp = method === null || methods[method].scheme === 'http'
  const entry = saidFields({
    url: address.value.url,
    method,
    request: isHttp ? requestOf(options) : null,
    headers: formatPairs(isHttp ? pairs : withoutHandshake(pairs)),
    // The user's own header goes before it.
    auth: named.has('authorization') ? null : auth,
    body: isHttp && !toQuery ? body : null,
    bodyFile: isHttp ? file : null,
    subprotocols: isHttp ? null : subprotocolsField(pairs),
    timeout: timeoutOf(options),
    tls: tls.value,
    httpVersion: isHttp ? versionOf(options) : null,
    proxy: curlProxy(options, read.value.url),
  })
  const notes = [
    ...command.notes,
    ...read.value.notes,
    ...headerNotes(address.value.headers, options, data),
    ...methodNotes(read.value, method),
  ]
  return { ok: true, value: { entry, notes } }
}

function readRequest({ words, input }: ShellCommand): Parsed<CurlRequest> {
  const read = readCurlWords(words.slice(1))
  if (!read.ok) return read
  const { options } = read.value
  const url = readCurlUrl(read.value)
  if (!url.ok) return url
  const written = writtenHeaders(options)
  if (!written.ok) return written
  const data = readData(options, input)
  if (!data.ok) return data
  const headers = withCurlHeaders(written.value, options, data.value)
  if (!headers.ok) return headers
  const auth = curlAuth(options)
  if (!auth.ok) return auth
  if (!/^\d*\.?\d*$/.test(lastOf(options, 'max-time') ?? '')) {
    return refused('Write the time after -m in seconds, as in 30 or 0.5.')
  }
  const notes = [...read.value.notes, ...url.value.notes, ...data.value.notes]
  const value = {
    options,
    url: url.value.url,
    headers: headers.value,
    data: data.value,
    auth: auth.value,
    notes,
  }
  return { ok: true, value }
}

/** Node sends no other, and hardly a server knows another. */
function sentMethod(written: string): string {
  return written.includes('${') ? written : written.toUpperCase()
}

/** Null where the body decides it. */
function requestOf(options: CurlOptions): string | null {
  const written = lastOf(options, 'request')
  if (written !== undefined) return sentMethod(written)
  if (lastOf(options, 'head') !== undefined) return 'HEAD'
  if (lastOf(options, 'upload-file') !== undefined) return 'PUT'
  return lastOf(options, 'get') === undefined ? null : 'GET'
}

/** The field `auth`; null where the command says nothing of it. */
function curlAuth(options: CurlOptions): Parsed<PastedEntry | null> {
  const user = lastOf(options, 'user')
  const login = parseLogin(user ?? '')
  const token = lastOf(options, 'oauth2-bearer')
  if (token !== undefined) return { ok: true, value: { type: 'bearer', token } }
  if (user !== undefined && login === null) {
    return refused('Write the password after the user name of -u, as in user:password.')
  }
  const schemes = ['basic', 'digest'].filter((name) => lastOf(options, name) !== undefined)
  if (schemes.length > 1) {
    return refused('Keep one of --basic and --digest: Lifeline does not let the server choose.')
  }
  return { ok: true, value: login && { type: schemes[0] ?? 'basic', ...login } }
}

const versions: Readonly<Record<string, string | null>> = {
  'http1.1': '1.1',
  // Where the server chooses it on TLS, as without the option.
  http2: null,
  'http2-prior-knowledge': '2',
}

/** The field `httpVersion`; null where the server may choose. */
function versionOf(options: CurlOptions): string | null {
  const last = options.findLast(({ name }) => Object.hasOwn(versions, name))
  return versions[last?.name ?? ''] ?? null
}

function timeoutOf(options: CurlOptions): string | null {
  const seconds = Number(lastOf(options, 'max-time') ?? 0)
  return seconds > 0 && Number.isFinite(seconds) ? `${seconds}s` : null
}

/** Sentences about what the method has no place for. */
function methodNotes(request: CurlRequest, method: ClientMethod | null): readonly string[] {
  const isPlain = /^http:/i.test(request.url) && lastOf(request.options, 'http2') !== undefined
  const upgrade =
    isPlain && versionOf(request.options) === null
      ? [
          '--http2 is not followed: without TLS Lifeline speaks HTTP/2 only by --http2-prior-knowledge.',
        ]
      : []
  const written = lastOf(request.options, 'request') ?? ''
  const raised =
    sentMethod(written) === written
      ? []
      : [`The request method ${written} is sent as ${sentMethod(written)}.`]
  return [...upgrade, ...raised, ...streamNotes(request, method)]
}

function streamNotes(
  { options, data }: CurlRequest,
  method: ClientMethod | null,
): readonly string[] {
  if (method === null || methods[method].polls) return []
  const { word, scheme } = methods[method]
  const request = requestOf(options) ?? 'GET'
  const isUpgrade = scheme === 'ws'
  return [
    ...(timeoutOf(options) === null
      ? []
      : [
          `The time after -m is that of the answer’s head: what comes over ${word} may take longer.`,
        ]),
    ...(isUpgrade && !data.toQuery && (data.text ?? data.file) !== null
      ? ['The data are left out: a WebSocket opens without a body.']
      : []),
    ...(isUpgrade && request !== 'GET'
      ? [`The request method ${request} is left out: a WebSocket opens with GET.`]
      : []),
  ]
}
