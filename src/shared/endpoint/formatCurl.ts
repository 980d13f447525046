// An endpoint → the `curl` command that asks for the same, for a POSIX shell; its variables stand where references do.

import { encodePercent } from '../text/encodePercent.ts'
import { readUnixUrl } from '../url/unixUrl.ts'
import type { Auth, Endpoint } from './endpoint.ts'
import { methods } from './methods.ts'
import { shellWord } from './shellWord.ts'

/** An option with its value, or without one. */
type Option = readonly [name: string, value?: string | null]

/** One option a line. `parsePasted` reads it back as the same request; what curl has no word for is left out. */
export function formatCurl(endpoint: Endpoint): string {
  const { url, tls, proxy } = endpoint
  const unix = readUnixUrl(url)
  const options: readonly Option[] = [
    ['-N'],
    ...(hasGlobs(unix?.url ?? url) ? ([['-g']] as const) : []),
    ...versionOptions(endpoint),
    ...requestOptions(endpoint),
    ...headersOf(endpoint).map((header): Option => ['-H', header]),
    ...authOptions(endpoint.auth),
    ...bodyOptions(endpoint),
    ...(tls.allowUntrusted ? ([['-k']] as const) : []),
    ['--cacert', tls.ca],
    ['--cert', tls.cert],
    ['--key', tls.key],
    ...(tls.pfx === null
      ? []
      : ([
          ['--cert-type', 'P12'],
          ['--cert', tls.pfx],
        ] as const)),
    ['--pass', tls.passphrase],
    ...(proxy === 'none' ? ([['--noproxy', '*']] as const) : []),
    ['--proxy', proxy === 'none' || proxy === 'auto' ? null : proxy],
    ['--unix-socket', unix?.socketPath ?? null],
  ]
  const said = options.filter(([, value]) => value !== null)
  const lines = said.map(([name, value]) =>
    value === undefined ? name : `${name} ${shellWord(value ?? '')}`,
  )
  return [`curl ${shellWord(withQuery(unix?.url ?? url, endpoint))}`, ...lines].join(' \\\n  ')
}

/** curl takes brackets and braces for several URLs; those of an address are none. */
function hasGlobs(url: string): boolean {
  return /[[\]{}]/.test(url.replace(/\$\{[^{}]*\}/g, '').replace(/^\w+:\/\/[^/?#]*/, ''))
}

const versions: Readonly<Record<Endpoint['httpVersion'], readonly Option[]>> = {
  auto: [],
  '1.1': [['--http1.1']],
  '2': [['--http2-prior-knowledge']],
}

function versionOptions({ method, httpVersion }: Endpoint): readonly Option[] {
  return methods[method].scheme === 'http' ? versions[httpVersion] : []
}

function requestOptions({ method, request, body, bodyFile }: Endpoint): readonly Option[] {
  if (methods[method].scheme !== 'http') return []
  const usual = body === null && bodyFile === null ? 'GET' : 'POST'
  if (request === 'HEAD') return [['-I']]
  return request === usual ? [] : [['-X', request]]
}

function headersOf(endpoint: Endpoint): readonly string[] {
  const { method, headers, subprotocols, body, bodyFile } = endpoint
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted)
  const written = headers.map(([name, value]) => (value === '' ? `${name};` : `${name}: ${value}`))
  if (method === 'sse' && !has('accept')) written.push('Accept: text/event-stream')
  if (subprotocols.length > 0) written.push(`Sec-WebSocket-Protocol: ${subprotocols.join(', ')}`)
  // curl would call any body a form.
  const isPlain = (body ?? bodyFile) !== null && !has('content-type')
  if (isPlain) written.push('Content-Type:')
  const { auth } = endpoint
  const isKey = auth?.type === 'apiKey' && auth.in === 'header' && !has(auth.name.toLowerCase())
  if (isKey) written.push(`${auth.name}: ${auth.value}`)
  const isBearer = auth?.type === 'bearer' && !has('authorization')
  if (isBearer) written.push(`Authorization: Bearer ${auth.token}`)
  return written
}

function authOptions(auth: Auth | null): readonly Option[] {
  if (auth?.type === 'basic') return [['-u', `${auth.user}:${auth.password}`]]
  if (auth?.type === 'digest') return [['--digest'], ['-u', `${auth.user}:${auth.password}`]]
  return []
}

function bodyOptions({ body, bodyFile }: Endpoint): readonly Option[] {
  if (bodyFile !== null) return [['--data-binary', `@${bodyFile}`]]
  return body === null ? [] : [['--data-raw', body]]
}

function withQuery(url: string, { query, auth }: Endpoint): string {
  const key = auth?.type === 'apiKey' && auth.in === 'query' ? [[auth.name, auth.value]] : []
  const pairs = [...query, ...key].map(
    ([name = '', value = '']) => `${encode(name)}=${encode(value)}`,
  )
  if (pairs.length === 0) return url
  const [, before = url, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? []
  return `${before}${before.includes('?') ? '&' : '?'}${pairs.join('&')}${fragment}`
}

/** References stay to be read. */
function encode(text: string): string {
  return text
    .split(/(\$\{[^{}]*\})/)
    .map((part, i) => (i % 2 === 0 ? encodePercent(part) : part))
    .join('')
}
