// The headers of a curl command: those that are written, and those that curl adds.

import { type Parsed, refused } from '../endpoint/problem.ts'
import type { NamedValues } from '../text/namedValues.ts'
import type { CurlData } from './curlData.ts'
import { type CurlOptions, lastOf } from './curlOptions.ts'

export interface CurlHeaders {
  readonly pairs: NamedValues
  /** In lower case; those that `Name:` takes away among them. */
  readonly named: ReadonlySet<string>
}

/** Those after -H. `Name: value`; `Name;` is sent without a value, `Name:` not at all. */
export function writtenHeaders(options: CurlOptions): Parsed<CurlHeaders> {
  const pairs: (readonly [string, string])[] = []
  const named = new Set<string>()
  for (const { name: option, value: line } of options) {
    if (option !== 'header') continue
    if (line.startsWith('@')) {
      return refused('Write the headers after -H: Lifeline reads no file of headers.')
    }
    // A reference before the colon is part of the name, a colon in it is not the one.
    const [, name = '', mark, rest = ''] =
      /^((?:\$\{[^{}]*\}|(?!\$\{[^{}]*\})[^:;])+)([:;])(.*)$/s.exec(line) ?? []
    if (mark === undefined) {
      return refused("Write the header after -H as 'Name: value', with a colon.")
    }
    const value = rest.trim()
    named.add(name.trim().toLowerCase())
    // curl measures the body itself.
    if (/^content-length$/i.test(name.trim())) continue
    if (value !== '' || mark === ';') pairs.push([name.trim(), value])
  }
  return { ok: true, value: { pairs, named } }
}

/** With those that other options stand for and that the data need. */
export function withCurlHeaders(
  written: CurlHeaders,
  options: CurlOptions,
  data: CurlData,
): Parsed<CurlHeaders> {
  const cookie = lastOf(options, 'cookie')
  if (cookie !== undefined && !/=|\$\{/.test(cookie)) {
    return refused('Write the cookies after -b as name=value: Lifeline reads no cookie files.')
  }
  const range = lastOf(options, 'range')
  const form = data.isForm ? 'application/x-www-form-urlencoded' : undefined
  const own: readonly (readonly [name: string, value: string | undefined])[] = [
    ['User-Agent', lastOf(options, 'user-agent')],
    ['Referer', lastOf(options, 'referer')],
    ['Cookie', cookie],
    ['Range', range === undefined ? undefined : `bytes=${range}`],
    ['Content-Type', data.isJson ? 'application/json' : form],
    ['Accept', data.isJson ? 'application/json' : undefined],
  ]
  const value = own.reduce((headers, [name, held]) => withHeader(headers, name, held), written)
  return { ok: true, value }
}

/** Adds curl's own header, unless the user wrote or removed it. */
export function withHeader(
  headers: CurlHeaders,
  name: string,
  value: string | undefined,
): CurlHeaders {
  const { pairs, named } = headers
  if (value === undefined || named.has(name.toLowerCase())) return headers
  return { pairs: [...pairs, [name, value]], named: new Set([...named, name.toLowerCase()]) }
}

const handshake = /^(?:connection|upgrade|sec-websocket-(?:key|version|extensions|protocol))$/i

/** Without what every WebSocket's handshake says anew. [rfc6455] 4.1 */
export function withoutHandshake(pairs: NamedValues): NamedValues {
  return pairs.filter(([name]) => !handshake.test(name))
}

/** The field `subprotocols` of a profile entry. */
export function subprotocolsField(pairs: NamedValues): readonly string[] | undefined {
  const names = pairs
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length > 0 ? names : undefined
}
