// Recognises credentials by their names: of query parameters, header fields and parts of bodies.

import { decodePercent } from '../text/decodePercent.ts'

/** The fewest characters of a value that counts as a credential; null: none does. */
interface MinChars {
  readonly elsewhere: number
  /** In a body or a message a `key` or a `code` is what the traffic is about. */
  readonly inBody: number | null
}

/** What is common as an ordinary name counts when its value is long. */
const ordinary: ReadonlyMap<string, MinChars> = new Map([
  ['key', { elsewhere: 8, inBody: null }],
  ['auth', { elsewhere: 8, inBody: 16 }],
  ['xauth', { elsewhere: 8, inBody: 16 }],
  ['sig', { elsewhere: 8, inBody: 16 }],
  ['jwt', { elsewhere: 8, inBody: 8 }],
  ['pass', { elsewhere: 8, inBody: 8 }],
  ['session', { elsewhere: 8, inBody: 16 }],
  ['sessionid', { elsewhere: 16, inBody: 16 }],
  ['code', { elsewhere: 16, inBody: null }],
])

const certain: MinChars = { elsewhere: 1, inBody: 1 }

// `next_page_token` and its like say where a list goes on, MCP's `progressToken` what a message is about.
const endings = new RegExp(
  `(?:${[
    '(?<!page|next|continuation|sync|cursor|progress|resume|cancel)token',
    'secret|passw(?:or)?d|pwd|passphrase|passcode|credentials?|creds',
    'authorization|bearer|dpop|assertion|samlresponse|verifier|(?:auth|authorization|device)code',
    'signature\\d*|hmac(?:sha)?\\d*',
    '(?:api|access|auth|subscription|functions?|secret|private|signing|encryption|master|shared|session|account|host|license)key',
  ].join('|')})$`,
)

/** Letter case and separators do not matter; `token[]` and `user[password]`, as forms write them, are found too. */
function minCharsOf(name: string): MinChars | null {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return ordinary.get(plain) ?? (endings.test(plain) ? certain : null)
}

/** A name that holds one of these anywhere may name a credential, and so may a bare `key`. */
const hints = /auth|token|secret|passw|credential|session|signature|jwt|(?:^|[^\p{L}\p{N}])key$/iu

/**
 * Whether a value under this name, however short, may be a credential. Used before something goes to a stranger,
 * where keeping too much back costs less than handing one over.
 */
export function mayBeCredential(name: string): boolean {
  return minCharsOf(name) !== null || hints.test(name)
}

/** The fewest characters of a value under this name that make it a credential; null: it never is one. */
export function minCredentialChars(name: string): number | null {
  return minCharsOf(name)?.elsewhere ?? null
}

/** The same within a body or a message. */
export function minBodyCredentialChars(name: string): number | null {
  return minCharsOf(name)?.inBody ?? null
}

/** Credentials of fewer characters are left: hiding them would hide ordinary text wherever it looks the same. */
export const minHiddenChars = 8

// How a JSON Web Token looks [rfc7519] 3, and keys whose makers begin them with a mark.
const looks = [
  /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/,
  /(?:sk|rk|pk)[-_](?:[a-z\d]{2,8}[-_])*[A-Za-z\d_-]{20,}/,
  /(?:gh[opsru]|hf|npm)_[A-Za-z\d]{20,}/,
  /github_pat_\w{20,}/,
  /glpat-[\w-]{16,}/,
  /xox[a-z]-[\w-]{10,}/,
  /AIza[\w-]{30,}/,
  /ya29\.[\w-]{20,}/,
  /(?:AKIA|ASIA)[A-Z\d]{16}\b/,
]
const tokens = new RegExp(looks.map(({ source }) => `\\b${source}`).join('|'), 'g')

/** What in a text is a credential by its looks. */
export function findTokens(text: string): readonly string[] {
  return text.match(tokens) ?? []
}

export interface QueryCredential {
  readonly name: string
  /** As it is written in the URL. */
  readonly value: string
}

/** The credentials in the query and the fragment of a URL, valid or not, in order, without values that are references. */
export function queryCredentials(url: string): readonly QueryCredential[] {
  return pairsOf(url).flatMap((pair) => {
    const { name, value } = parsePair(pair)
    const least = minCredentialChars(name)
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
    return value === '' && minCredentialChars(name) !== null
  })
}

function pairsOf(url: string): readonly string[] {
  const [, rest = ''] = /[?#](.*)$/s.exec(url) ?? []
  return rest.split(/[&#]/)
}

/** `name=value` of a query or a form; the name decoded, and empty where there is no `=`. */
export function parsePair(pair: string): QueryCredential {
  const equals = pair.indexOf('=')
  if (equals < 0) return { name: '', value: '' }
  return { name: decodeQuery(pair.slice(0, equals)), value: pair.slice(equals + 1) }
}

/** A name or value of a query as it was meant. [spec] URL 5.1 */
export function decodeQuery(text: string): string {
  return decodePercent(text.replaceAll('+', ' '))
}
