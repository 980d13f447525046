// Query parameters and header fields whose names say that they carry a credential.

import { decodePercent } from './decodePercent.ts'

/** As they are, letter case and separators aside. What is common as an ordinary name counts when its value is long. */
const leastLengths: ReadonlyMap<string, number> = new Map([
  ['key', 8],
  ['auth', 8],
  ['sig', 8],
  ['jwt', 8],
  ['pwd', 1],
  ['code', 16],
])

// `next_page_token` and its like say where a list goes on, MCP's `progressToken` what a message is about.
const endings =
  /(?:(?<!page|next|continuation|sync|cursor|progress|resume|cancel)token|secret|passw(?:or)?d|passphrase|apikey|accesskey|authkey|subscriptionkey|signature|credentials?|authorization)$/

/** From how many characters on a value under this name is a credential; null: never. */
export function leastCredential(name: string): number | null {
  const plain = name.toLowerCase().replace(/[-_.]/g, '')
  return leastLengths.get(plain) ?? (endings.test(plain) ? 1 : null)
}

/** Credentials of fewer characters are left: hiding them would hide ordinary text wherever it looks the same. */
export const leastHidden = 8

export interface QueryCredential {
  readonly name: string
  /** As it is written in the URL. */
  readonly value: string
}

/** The credentials in a URL's query and fragment, in order; values that are references are none. The URL need not be valid. */
export function queryCredentials(url: string): readonly QueryCredential[] {
  return pairsOf(url).flatMap((pair) => {
    const { name, value } = parsePair(pair)
    const least = leastCredential(name)
    const counts = least !== null && value.length >= least && !value.includes('${')
    return counts ? [{ name, value }] : []
  })
}

/** The URL with the values of such credentials left out: `?token=`. */
export function withoutQueryCredentials(url: string): string {
  const [before = ''] = /^[^?#]*[?#]?/.exec(url) ?? []
  const rest = url.slice(before.length).replace(/[^&#]+/g, (pair) => {
    const [found] = queryCredentials(`?${pair}`)
    return found ? pair.slice(0, pair.length - found.value.length) : pair
  })
  return before + rest
}

/** Whether a credential of the query has a name and no value. */
export function lacksQueryCredential(url: string): boolean {
  return pairsOf(url).some((pair) => {
    const { name, value } = parsePair(pair)
    return value === '' && leastCredential(name) !== null
  })
}

function pairsOf(url: string): readonly string[] {
  const [, rest = ''] = /[?#](.*)$/s.exec(url) ?? []
  return rest.split(/[&#]/)
}

function parsePair(pair: string): QueryCredential {
  const equals = pair.indexOf('=')
  if (equals < 0) return { name: '', value: '' }
  return { name: decodeQuery(pair.slice(0, equals)), value: pair.slice(equals + 1) }
}

/** A name or value of a query as it was meant. [spec] URL 5.1 */
export function decodeQuery(text: string): string {
  return decodePercent(text.replaceAll('+', ' '))
}
