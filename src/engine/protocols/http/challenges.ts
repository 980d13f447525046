// Reads what a server asks credentials for: the challenges of WWW-Authenticate and Proxy-Authenticate.

import type { NamedValues } from '../../../shared/text/namedValues.ts'

/** [rfc9110] 11.3 */
export interface Challenge {
  /** As it was written: `Basic`, `Bearer`, `Digest`. */
  readonly scheme: string
  /** Names in lower case, values without their quotes. */
  readonly params: ReadonlyMap<string, string>
}

/** More of them are no help to anybody. */
const mostChallenges = 32
/** A field is read so far. */
const mostChars = 16_384

/** The challenges of every field of this name, in their order; what is no challenge is passed over. */
export function challengesIn(
  headers: NamedValues,
  field: 'www-authenticate' | 'proxy-authenticate' = 'www-authenticate',
): readonly Challenge[] {
  return headers
    .filter(([name]) => name.toLowerCase() === field)
    .flatMap(([, value]) => parseChallenges(value.slice(0, mostChars)))
    .slice(0, mostChallenges)
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
/** A parameter, or a scheme with what follows it on its own; a comma may stand for nothing. [rfc9110] 11.6.1 */
const param = new RegExp(`(${token})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))`, 'ys')
const schemeStart = new RegExp(`(${token})(?=[ \\t,]|$)`, 'y')
const token68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y

function parseChallenges(text: string): readonly Challenge[] {
  const found: { readonly scheme: string; readonly params: Map<string, string> }[] = []
  let at = 0
  const take = (expression: RegExp) => {
    expression.lastIndex = at
    const match = expression.exec(text)
    if (match !== null) at = expression.lastIndex
    return match
  }
  while (take(/[\s,]*/y) && at < text.length) {
    const [, name = '', quoted, plain = ''] = take(param) ?? []
    if (name !== '') {
      const value = quoted === undefined ? plain : quoted.replace(/\\(.)/gs, '$1')
      found.at(-1)?.params.set(name.toLowerCase(), value)
      continue
    }
    const [scheme] = take(schemeStart) ?? []
    if (scheme === undefined) {
      // Something else: what follows the next comma may be a challenge again.
      take(/[^,]*/y)
      continue
    }
    found.push({ scheme, params: new Map() })
    take(/[ \t]+/y)
    param.lastIndex = at
    if (!param.test(text)) take(token68)
  }
  return found
}
