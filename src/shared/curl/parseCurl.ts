// A `curl …` command → the profile entry that asks for the same.

import type { Method, Pairs } from '../endpoint/endpoint.ts'
import { methods, urlFor } from '../endpoint/methods.ts'
import type { Parsed } from '../endpoint/problem.ts'
import { parseLogin } from '../text/login.ts'
import { asksForStream, readData, withQuery } from './curlData.ts'
import { curlProxy, curlTls } from './curlNetwork.ts'
import { type CurlWords, readCurlWords } from './curlOptions.ts'
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
export function parseCurl(text: string, method?: Method): Parsed<CurlEntry> {
  const refuse = (message: string) => ({ ok: false, problems: [{ path: '', message }] }) as const
  const words = shellWords(text.replace(prompt, ''))
  if (typeof words === 'string') return refuse(words)
  const read = readCurlWords(words.slice(1))
  if (typeof read === 'string') return refuse(read)
  const { options, operands } = read

  const all = (...names: readonly string[]) => options.filter(({ name }) => names.includes(name))
  const last = (...names: readonly string[]) => all(...names).at(-1)?.value
  const urls = [...operands, ...all('url').map(({ value }) => value)]
  const [written] = urls
  if (written === undefined) return refuse('Add the URL that curl is to ask.')
  if (urls.length > 1) return refuse(`Leave one URL of ${urls.length}, and quote what has spaces.`)

  const headers = readHeaders(all('header').map(({ value }) => value))
  if (typeof headers === 'string') return refuse(headers)
  const body = readData(options)
  if (typeof body === 'string') return refuse(body)
  const cookie = last('cookie')
  if (cookie !== undefined && !/=|\$\{/.test(cookie)) {
    return refuse('Write the cookies after -b as name=value: Lifeline reads no cookie files.')
  }
  const user = last('user')
  const login = parseLogin(user ?? '')
  if (user !== undefined && login === null) {
    return refuse('Write the password after the user name of -u, as in user:password.')
  }

  const pairs = [...headers.pairs]
  /** curl's own header, unless the user wrote or removed it. */
  const add = (name: string, value: string | undefined) => {
    if (value === undefined || headers.named.has(name.toLowerCase())) return
    headers.named.add(name.toLowerCase())
    pairs.push([name, value])
  }
  add('User-Agent', last('user-agent'))
  add('Referer', last('referer'))
  add('Cookie', cookie)
  const range = last('range')
  add('Range', range === undefined ? undefined : `bytes=${range}`)
  if (body.isJson) {
    add('Content-Type', 'application/json')
    add('Accept', 'application/json')
  }
  const toQuery = all('get').length > 0
  const isForm = body.text !== null || (body.file !== null && last('upload-file') === undefined)
  if (isForm && !toQuery) add('Content-Type', 'application/x-www-form-urlencoded')

  const isUpgrade = pairs.some(([name, value]) => {
    return name.toLowerCase() === 'upgrade' && value.toLowerCase() === 'websocket'
  })
  let url = /^(?:[a-z][a-z0-9+.-]*:\/\/|\$\{)/i.test(written) ? written : `http://${written}`
  const found = method ?? methodOf(url, isUpgrade, pairs, body.text)
  if (found !== null) url = urlFor(found, url)
  if (toQuery && body.text !== null) url = withQuery(url, body.text)

  const socket = last('unix-socket')
  if (socket !== undefined) {
    const [, scheme = '', host = '', path = ''] = /^(\w+):\/\/([^/?#]*)(.*)$/s.exec(url) ?? []
    if (/s$/i.test(scheme))
      return refuse('Remove --unix-socket: Lifeline asks no https: URL on one.')
    if (host.toLowerCase() !== 'localhost') add('Host', host)
    url = `unix:${socket}:${path.startsWith('/') ? path : `/${path}`}`
  }
  const tls = curlTls(options)
  if (typeof tls === 'string') return refuse(tls)
  const proxy = curlProxy(options)
  const seconds = last('max-time')
  const token = last('oauth2-bearer')
  const isHttp = found === null || methods[found].scheme === 'http'
  const fields: Record<string, unknown> = {
    url,
    method: found ?? undefined,
    request: isHttp ? requestOf(options) : undefined,
    headers: headersField(isHttp ? pairs : withoutHandshake(pairs)),
    // The user's own header goes before both.
    auth: headers.named.has('authorization')
      ? undefined
      : token !== undefined
        ? { type: 'bearer', token }
        : login
          ? { type: 'basic', ...login }
          : undefined,
    body: isHttp && !toQuery ? (body.text ?? undefined) : undefined,
    bodyFile: isHttp ? (body.file ?? undefined) : undefined,
    subprotocols: isHttp ? undefined : subprotocolsOf(pairs),
    timeout: seconds !== undefined && Number(seconds) > 0 ? `${Number(seconds)}s` : undefined,
    tls,
    proxy,
  }
  return {
    ok: true,
    value: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  }
}

/** Undefined where the body decides it. */
function requestOf(options: CurlWords['options']): string | undefined {
  const find = (wanted: string) => options.findLast(({ name }) => name === wanted)
  const written = find('request')
  if (written) return written.value
  if (find('head')) return 'HEAD'
  if (find('upload-file')) return 'PUT'
  return find('get') ? 'GET' : undefined
}

function methodOf(
  url: string,
  isUpgrade: boolean,
  headers: Pairs,
  body: string | null,
): Method | null {
  if (isUpgrade || /^wss?:/i.test(url)) return 'websocket'
  const accepts = (name: string, value: string) =>
    name.toLowerCase() === 'accept' && /text\/event-stream/i.test(value)
  if (headers.some(([name, value]) => accepts(name, value))) return 'sse'
  return asksForStream(body) ? 'sse' : null
}

interface ReadHeaders {
  readonly pairs: Pairs
  /** In lower case; those that `Name:` takes away among them. */
  readonly named: Set<string>
}

/** `Name: value`; `Name;` is sent without a value, `Name:` not at all. */
function readHeaders(written: readonly string[]): ReadHeaders | string {
  const pairs: (readonly [string, string])[] = []
  const named = new Set<string>()
  for (const line of written) {
    if (line.startsWith('@'))
      return 'Write the headers after -H: Lifeline reads no file of headers.'
    // A reference before the colon is part of the name, a colon in it is not the one.
    const [, name = '', mark, rest = ''] =
      /^((?:\$\{[^{}]*\}|(?!\$\{[^{}]*\})[^:;])+)([:;])(.*)$/s.exec(line) ?? []
    if (mark === undefined) return "Write the header after -H as 'Name: value', with a colon."
    const value = rest.trim()
    named.add(name.trim().toLowerCase())
    // curl measures the body itself.
    if (/^content-length$/i.test(name.trim())) continue
    if (value !== '' || mark === ';') pairs.push([name.trim(), value])
  }
  return { pairs, named }
}

function headersField(pairs: Pairs): CurlEntry | undefined {
  if (pairs.length === 0) return undefined
  const field: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs) field[name] = [...(field[name] ?? []), value]
  return Object.fromEntries(
    Object.entries(field).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}

const handshake = /^(?:connection|upgrade|sec-websocket-(?:key|version|extensions|protocol))$/i

/** Without what every WebSocket's handshake says anew. [rfc6455] 4.1 */
function withoutHandshake(pairs: Pairs): Pairs {
  return pairs.filter(([name]) => !handshake.test(name))
}

function subprotocolsOf(pairs: Pairs): readonly string[] | undefined {
  const names = pairs
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length > 0 ? names : undefined
}
