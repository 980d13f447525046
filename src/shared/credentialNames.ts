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

// `next_page_token` and its like say where a list goes on.
const endings =
  /(?:(?<!page|next|continuation|sync|cursor)token|secret|passw(?:or)?d|passphrase|apikey|accesskey|authkey|subscriptionkey|signature|credentials?|authorization)$/

/** From how many characters on a value under this name is a credential; null: never. */
export function leastCredential(name: string): number | null {
  const plain = name.toLowerCase().replace(/[-_.]/g, '')
  return leastLengths.get(plain) ?? (endings.test(plain) ? 1 : null)
}

export interface QueryCredential {
  readonly name: string
  /** As it is written in the URL. */
  readonly value: string
}

/** The credentials in a URL's query, in order; values that are references are none. The URL need not be valid. */
export function queryCredentials(url: string): readonly QueryCredential[] {
  const [, query = ''] = queryShape.exec(url) ?? []
  return query.split('&').flatMap((pair) => {
    const { name, value } = parsePair(pair)
    const least = leastCredential(name)
    const counts = least !== null && value.length >= least && !value.includes('${')
    return counts ? [{ name, value }] : []
  })
}

/** The URL with the values of such credentials left out: `?token=`. */
export function withoutQueryCredentials(url: string): string {
  return url.replace(queryShape, (whole: string, query: string) => {
    const pairs = query.split('&').map((pair) => {
      const found = queryCredentials(`?${pair}`)[0]
      return found ? pair.slice(0, pair.length - found.value.length) : pair
    })
    return whole.slice(0, whole.length - query.length) + pairs.join('&')
  })
}

/** Whether a credential of the query has a name and no value. */
export function lacksQueryCredential(url: string): boolean {
  const [, query = ''] = queryShape.exec(url) ?? []
  return query.split('&').some((pair) => {
    const { name, value } = parsePair(pair)
    return value === '' && leastCredential(name) !== null
  })
}

const queryShape = /^[^?#]*\?([^#]*)/

function parsePair(pair: string): QueryCredential {
  const equals = pair.indexOf('=')
  if (equals < 0) return { name: '', value: '' }
  return { name: decodeQuery(pair.slice(0, equals)), value: pair.slice(equals + 1) }
}

/** A name or value of a query as it was meant. [spec] URL 5.1 */
export function decodeQuery(text: string): string {
  return decodePercent(text.replaceAll('+', ' '))
}
