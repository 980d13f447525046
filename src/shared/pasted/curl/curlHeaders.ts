// The headers of a curl command: those that are written, and those that curl adds.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import type { NamedValues } from '../../text/namedValues.ts'
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
    if (option !== 'header' || line === '') continue
    if (line.startsWith('@')) {
      return refused('Write the headers after -H: Lifeline reads no file of headers.')
    }
    // A reference before the colon is part of the name, a colon in it is not the one.
    const [, written = '', mark, rest = ''] =
      /^((?:\$\{[^{}]*\}|(?!\$\{[^{}]*\})[^:;])+)([:;])(.*)$/s.exec(line) ?? []
    if (mark === undefined) {
      return refused("Write the header after -H as 'Name: value', with a colon.")
    }
    const name = written.trim()
    const value = rest.trim()
    if (mark === ';' && value !== '') {
      return refused(
        'Write a colon after the name of the header: curl itself sends none with a semicolon.',
      )
    }
    named.add(name.toLowerCase())
    // curl measures the body itself, and so does Lifeline.
    if (/^content-length$/i.test(name)) continue
    if (value !== '' || mark === ';') pairs.push([name, value])
  }
  return { ok: true, value: { pairs, named } }
}

/** With those that other options stand for and that the data need. */
export function withCurlHeaders(
  written: CurlHeaders,
  options: CurlOptions,
  data: CurlData,
): Parsed<CurlHeaders> {
  const cookies = options.filter(({ name }) => name === 'cookie').map(({ value }) => value)
  if (cookies.some((cookie) => cookie !== '' && !/=|\$\{/.test(cookie))) {
    return refused('Write the cookies after -b as name=value: Lifeline reads no cookie files.')
  }
  const condition = timeCondition(lastOf(options, 'time-cond'))
  if (!condition.ok) return condition
  const range = rangeOf(options)
  if (range && !data.toQuery && (data.text ?? data.file) !== null) {
    return refused('Remove -r or -C: with a body they say which part of it is sent.')
  }
  if (range === null) return refused('Write a number after -C: there is no file to go on with.')
  const own: readonly (readonly [name: string, value: string | undefined])[] = [
    ['User-Agent', lastOf(options, 'user-agent')],
    ['Referer', lastOf(options, 'referer')?.replace(/;auto$/, '')],
    ['Cookie', cookies.filter((cookie) => cookie !== '').join(';')],
    ['Range', range],
    ['Content-Type', data.contentType ?? undefined],
    ['Accept', data.isJson ? 'application/json' : undefined],
    condition.value,
  ]
  const isForm = /^multipart\//.test(data.contentType ?? '')
  const isOther = ([name, value]: readonly [string, string]) =>
    /^content-type$/i.test(name) && !/^multipart\//i.test(value)
  if (isForm && written.pairs.some(isOther)) {
    return refused('Remove the header Content-Type: a form (-F) has a type of its own.')
  }
  const bounded = withBoundary(written, data.contentType)
  const value = own.reduce((headers, [name, held]) => withHeader(headers, name, held), bounded)
  return { ok: true, value }
}

/** The user's own type of a form needs the boundary of its parts, too. */
function withBoundary({ pairs, named }: CurlHeaders, contentType: string | null): CurlHeaders {
  const [boundary] = /; boundary=.*$/.exec(contentType ?? '') ?? []
  if (boundary === undefined) return { pairs, named }
  const bounded = pairs.map(([name, value]) => {
    const isOwn = /^content-type$/i.test(name) && /^multipart\/[^;]*$/i.test(value)
    return [name, isOwn ? value + boundary : value] as const
  })
  return { pairs: bounded, named }
}

/** Empty without one; null where it cannot be known. */
function rangeOf(options: CurlOptions): string | null {
  const from = lastOf(options, 'continue-at')
  if (from !== undefined && !/^\d+$/.test(from)) return null
  if (from !== undefined && Number(from) > 0) return `bytes=${from}-`
  const range = lastOf(options, 'range')
  return range === undefined ? '' : `bytes=${range}`
}

const dateForm =
  /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4}(?: \d\d:\d\d(?::\d\d)?(?: (?:GMT|UTC|[+-]\d{4}))?)?$/

/** [rfc9110] 13.1.3 and 13.1.4 */
function timeCondition(
  written: string | undefined,
): Parsed<readonly [name: string, value: string | undefined]> {
  if (written === undefined) return { ok: true, value: ['If-Modified-Since', undefined] }
  const date = written.replace(/^[-+=]/, '')
  if (!dateForm.test(date)) {
    return refused('Write the date after -z in full, as in "Wed, 01 Jan 2025 10:00:00 GMT".')
  }
  const zoned = /\d\d:\d\d.* /.test(date)
    ? date
    : `${date}${date.includes(':') ? '' : ' 00:00'} GMT`
  const name = written.startsWith('-') ? 'If-Unmodified-Since' : 'If-Modified-Since'
  return { ok: true, value: [name, new Date(zoned).toUTCString()] }
}

/** Adds curl's own header, unless the user wrote or removed it; an empty one is not sent. */
export function withHeader(
  headers: CurlHeaders,
  name: string,
  value: string | undefined,
): CurlHeaders {
  const { pairs, named } = headers
  if (value === undefined || named.has(name.toLowerCase())) return headers
  const added = value === '' ? [] : [[name, value] as const]
  return { pairs: [...pairs, ...added], named: new Set([...named, name.toLowerCase()]) }
}

/** Headers that a request of Lifeline's has in any case. */
const always = ['user-agent', 'accept', 'host']

/** Sentences about headers that the command takes away, and that Lifeline sends nevertheless. */
export function headerNotes(
  { pairs, named }: CurlHeaders,
  options: CurlOptions,
  data: CurlData,
): readonly string[] {
  const sent = new Set(pairs.map(([name]) => name.toLowerCase()))
  const emptied = lastOf(options, 'user-agent') === '' && !sent.has('user-agent')
  const length = options.findLast(
    ({ name, value }) => name === 'header' && /^content-length\s*:/i.test(value),
  )
  const told = Number(length?.value.replace(/^[^:]*:/, '') ?? 0)
  const isWrong = length !== undefined && data.file === null && told !== byteLength(data.text ?? '')
  return [
    ...always
      .filter((name) => (named.has(name) && !sent.has(name)) || (emptied && name === 'user-agent'))
      .map((name) => `The header ${name} is sent nevertheless, with a value of Lifeline’s own.`),
    ...(isWrong ? ['The header Content-Length is sent with the length that the body has.'] : []),
  ]
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
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
