// The URL of a curl command as curl reads it: one of them, without globs, with a scheme.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import { encodePercent } from '../../text/encodePercent.ts'
import { literal } from '../shell/quoting.ts'
import { encodedPair, withQuery } from './curlData.ts'
import { type CurlOptions, type CurlWords, lastOf } from './curlOptions.ts'

export interface CurlUrl {
  readonly url: string
  readonly notes: readonly string[]
}

/** With the scheme that curl adds and what --url-query and -T add. */
export function readCurlUrl({
  options,
  operands,
}: Pick<CurlWords, 'options' | 'operands'>): Parsed<CurlUrl> {
  const named = options.filter(({ name }) => name === 'url').map(({ value }) => value)
  const urls = [...operands, ...named]
  const [written] = urls
  if (written === undefined) return refused('Add the URL that curl requests.')
  if (urls.length > 1) {
    const quoted = urls.some((url) => /^["']|["']$/.test(url))
    const hint = quoted ? ' A quote is left over.' : ''
    return refused(`Keep one URL of ${urls.length}, and quote what has spaces.${hint}`)
  }
  if (written.startsWith('@'))
    return refused('Write the URL itself: Lifeline reads no file of URLs.')
  const plain = lastOf(options, 'globoff') === undefined ? withoutGlobs(written) : keep(written)
  if (!plain.ok) return plain
  const schemed = withScheme(plain.value.url, lastOf(options, 'proto-default'))
  if (!schemed.ok) return schemed
  const has = (name: string) => options.some((option) => option.name === name)
  if (has('url-query') && has('get') && options.some(({ name }) => /^(?:data|json)/.test(name))) {
    return refused('Put all into -d or into --url-query: with -G curl leaves out the latter.')
  }
  // To a URL of Lifeline a backslash in the path is a slash.
  const path = schemed.value.replace(/^[^?#]*/, (start) => start.replaceAll('\\', '%5C'))
  const url = withUpload(withUrlQuery(withoutLogin(path, options), options), options)
  if (lastOf(options, 'path-as-is') !== undefined && hasDots(url)) {
    return refused('Remove --path-as-is, or the . and .. in the path: a URL of Lifeline has none.')
  }
  if (encodedDots.test(url)) {
    return refused(
      'Take %2E out of the path: curl sends it as it is, and to a URL of Lifeline it is a dot.',
    )
  }
  return { ok: true, value: { url, notes: plain.value.notes } }
}

function keep(url: string): Parsed<CurlUrl> {
  return { ok: true, value: { url, notes: [] } }
}

const globToken =
  /(?<dollar>\$\$(?=\{))|(?<reference>\$\{[^{}]*\})|\\(?<escaped>[[\]{}])|(?<address>(?<=\/\/(?:[^/?#@]*@)?)\[[0-9A-Fa-f:.]+(?:%[^\]]*)?\])|(?<list>\{[^{}]*\})|(?<empty>\[\])|(?<range>\[[^[\]]*\])|(?<open>[[\]{}])|(?<other>[\s\S])/gy

/** curl takes `[1-3]` and `{a,b}` for several URLs, and `\[` for a bracket. */
function withoutGlobs(written: string): Parsed<CurlUrl> {
  let url = ''
  let plain = ''
  const notes: string[] = []
  for (const { groups = {} } of written.matchAll(globToken)) {
    const { dollar, reference, escaped, address, list, empty, range, open, other } = groups
    if (reference !== undefined) {
      url += literal(plain) + reference
      plain = ''
    } else if (list !== undefined) {
      if (list.includes(',')) {
        return refused('Keep one of the URLs that {…,…} stands for, or add -g to send the braces.')
      }
      notes.push(
        'What stands in {…} in the URL is sent without the braces, as curl does unless -g is given.',
      )
      plain += list.slice(1, -1)
    } else if (range !== undefined) {
      return refused(
        'Keep one of the URLs that […] stands for to curl, or add -g to send the brackets.',
      )
    } else if (open !== undefined) {
      return refused(`Add -g to send ${open} in the URL: curl takes it for a part of a list.`)
    } else if (dollar !== undefined) plain += '$'
    else plain += escaped ?? address ?? empty ?? other ?? ''
  }
  return { ok: true, value: { url: url + literal(plain), notes } }
}

/** curl guesses the protocol by the name of the host. */
function withScheme(written: string, scheme = 'http'): Parsed<string> {
  // curl takes one slash and three for two.
  const [, start = '', rest = ''] = /^(https?:)\/{1,3}(?=[^/])(.*)$/is.exec(written) ?? []
  if (start !== '') return { ok: true, value: `${start}//${rest}` }
  if (/^(?:[a-z][a-z0-9+.-]*:\/\/|\$\{)/i.test(written)) return { ok: true, value: written }
  const [, other] = /^(ftp|dict|ldap|imap|smtp|pop3)\./i.exec(written) ?? []
  return other === undefined
    ? { ok: true, value: `${scheme}://${written}` }
    : refused(`Write http:// before the URL: curl takes ${other}. for another protocol.`)
}

function withUrlQuery(url: string, options: CurlOptions): string {
  return options
    .filter(({ name }) => name === 'url-query')
    .reduce(
      (all, { value }) =>
        withQuery(all, value.startsWith('+') ? value.slice(1) : encodedPair(value)),
      url,
    )
}

/** A URL that ends in a slash gets the name of the file that is sent there. */
function withUpload(url: string, options: CurlOptions): string {
  const file = lastOf(options, 'upload-file')
  if (file === undefined || file === '-' || file === '.') return url
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(url) ?? []
  const slashed = /:\/\/[^/]*$/.test(path) ? `${path}/` : path
  if (!slashed.endsWith('/')) return url
  return slashed + encodePercent(/[^/\\]*$/.exec(file)?.[0] ?? '') + rest
}

/** What stands after -u goes before what stands in the URL. */
function withoutLogin(url: string, options: CurlOptions): string {
  return lastOf(options, 'user') === undefined ? url : url.replace(/^(\w+:\/\/)[^/?#@]*@/, '$1')
}

/** Parts of a path that are nothing but dots, which `URL` takes away: [url] 4.4. */
function hasDots(url: string): boolean {
  return /^[^?#]*\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(url)
}

const encodedDots = /^[^?#]*\/(?:%2e|\.%2e|%2e\.|%2e%2e)(?:[/?#]|$)/i
