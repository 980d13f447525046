// A recorded request as a command or a call that asks for the same; secrets stay references, as shell variables where a shell reads it.

import type { ClientMethod, Endpoint } from '../../../shared/endpoint/endpoint.ts'
import { formatCurl } from '../../../shared/endpoint/formatCurl.ts'
import { profileText } from '../../../shared/endpoint/references.ts'
import { shellWord } from '../../../shared/endpoint/shellWord.ts'
import type { Purpose, RequestDetail } from '../../../shared/frame/httpDetail.ts'
import { ownHeaders } from '../../../shared/frame/ownHeaders.ts'
import { neutralEndpoint } from '../../../shared/profile/neutralEndpoint.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { toBase64 } from '../../../shared/text/toBase64.ts'

export type RequestFormat = 'curl' | 'fetch' | 'websocat' | 'wscat'

export const requestFormatNames: Readonly<Record<RequestFormat, string>> = {
  curl: 'cURL',
  fetch: 'fetch',
  websocat: 'websocat',
  wscat: 'wscat',
}

/** A body: text, bytes, or none. */
export type RecordedBody = string | Uint8Array | null

/** Those that can ask for it. */
export function requestFormats({ purpose }: RequestDetail): readonly RequestFormat[] {
  return purpose === 'handshake' ? ['curl', 'websocat', 'wscat'] : ['curl', 'fetch']
}

export function formatRequest(
  format: RequestFormat,
  detail: RequestDetail,
  body: RecordedBody,
): string {
  const own = { ...detail, headers: ownHeaders(detail) }
  return writers[format](own, body)
}

type Writer = (detail: RequestDetail, body: RecordedBody) => string

const writers: Readonly<Record<RequestFormat, Writer>> = {
  curl: (detail, body) => {
    const command = formatCurl(endpointOf(detail, typeof body === 'string' ? body : null))
    if (body === null || typeof body === 'string') return command
    const bytes = `printf %s ${toBase64(body)} | base64 -d | `
    return `${bytes}${command} \\\n  ${bodyHeader(detail)}--data-binary @-`
  },
  fetch: (detail, body) => {
    const headers = detail.headers.map(pairOf)
    const lines = [
      `method: ${JSON.stringify(detail.method)},`,
      ...(headers.length === 0 ? [] : ['headers: [', ...headers.map((pair) => `  ${pair},`), '],']),
      ...(body === null ? [] : [`body: ${bodyOf(body)},`]),
    ]
    const told = detail.method === 'GET' ? lines.slice(1) : lines
    const options = told.length === 0 ? '' : `, {\n${told.map((line) => `  ${line}\n`).join('')}}`
    return `fetch(${JSON.stringify(detail.url)}${options})`
  },
  websocat: (detail) => {
    const { login, headers, protocol } = socketParts(detail)
    return [
      'websocat',
      ...(protocol === null ? [] : [`--protocol=${word(protocol)}`]),
      ...(login === null ? [] : [`--basic-auth=${word(login)}`]),
      // Without the sign it would take the next word for a header, too.
      ...headers.map(([name, value]) => `-H=${word(`${name}: ${value}`)}`),
      word(detail.url),
    ].join(' ')
  },
  wscat: (detail) => {
    const { login, headers, protocol } = socketParts(detail)
    return [
      'wscat',
      `-c ${word(detail.url)}`,
      ...(protocol ?? '')
        .split(/\s*,\s*/)
        .flatMap((one) => (one === '' ? [] : [`-s ${word(one)}`])),
      ...(login === null ? [] : [`--auth ${word(login)}`]),
      ...headers.map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ].join(' ')
  },
}

const methodOf: Readonly<Record<Purpose, ClientMethod>> = {
  poll: 'polling',
  'long-poll': 'long-polling',
  stream: 'sse',
  handshake: 'websocket',
  companion: 'polling',
  request: 'polling',
}

function endpointOf(detail: RequestDetail, body: string | null): Endpoint {
  const { login, headers, protocol } = socketParts(detail)
  const [user = '', ...password] = (login ?? '').split(':')
  return {
    ...neutralEndpoint,
    method: methodOf[detail.purpose],
    url: profileText(detail.url),
    request: detail.method,
    headers: headers.map(([name, value]) => [profileText(name), profileText(value)]),
    auth:
      login === null
        ? null
        : { type: 'basic', user: profileText(user), password: profileText(password.join(':')) },
    body: body === null ? null : profileText(body),
    subprotocols: (protocol ?? '').split(/\s*,\s*/).filter((one) => one !== ''),
    httpVersion: detail.httpVersion === '2' ? '2' : 'auto',
  }
}

/** The subprotocols, and the user with a password that stands as a reference and so in no base64, apart from the headers. */
function socketParts({ headers }: RequestDetail): {
  readonly headers: NamedValues
  readonly login: string | null
  readonly protocol: string | null
} {
  const protocols = headers.filter(([name]) => /^sec-websocket-protocol$/i.test(name))
  const logins = headers.flatMap(([name, value]) =>
    /^authorization$/i.test(name) ? (plainLogin.exec(value)?.[1] ?? []) : [],
  )
  const [login = null] = logins
  return {
    headers: headers.filter(
      ([name, value]) =>
        !/^sec-websocket-protocol$/i.test(name) &&
        !(login !== null && /^authorization$/i.test(name) && plainLogin.test(value)),
    ),
    login,
    protocol: protocols.length === 0 ? null : protocols.map(([, value]) => value).join(', '),
  }
}

const plainLogin = /^basic +(.*:.*\$\{secret:.*)$/is

function word(text: string): string {
  return shellWord(profileText(text))
}

function bodyHeader({ headers }: RequestDetail): string {
  return headers.some(([name]) => /^content-type$/i.test(name)) ? '' : '-H Content-Type: '
}

function pairOf([name, value]: NamedValues[number]): string {
  const login = /^authorization$/i.test(name) ? plainLogin.exec(value)?.[1] : undefined
  const said =
    login === undefined ? JSON.stringify(value) : `"Basic " + btoa(${JSON.stringify(login)})`
  return `[${JSON.stringify(name)}, ${said}]`
}

function bodyOf(body: string | Uint8Array): string {
  if (typeof body === 'string') return JSON.stringify(body)
  return `Uint8Array.from(atob("${toBase64(body)}"), (c) => c.charCodeAt(0))`
}
