// The fields of a request as HTTP/2 has them: pseudo-header fields first, names in lower case.

import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { requestTarget } from '../../../shared/url/requestTarget.ts'

/** They are about one connection, which HTTP/2 manages by frames. [rfc9113] 8.2.2 */
const ofConnection =
  /^(?:connection|keep-alive|proxy-connection|transfer-encoding|upgrade|http2-settings)$/

export interface Http2Fields {
  /** In the order on the wire; those of one name stand together. */
  readonly fields: NamedValues
  /** Names of the fields that HTTP/2 does not have. */
  readonly left: readonly string[]
}

/** `headers` are those of HTTP/1.1: Host becomes `:authority`. [rfc9113] 8.3.1 */
export function http2Fields(
  { method, url }: { readonly method: string; readonly url: URL },
  headers: NamedValues,
): Http2Fields {
  const left: string[] = []
  const values = new Map<string, string[]>()
  let authority = url.host
  for (const [given, value] of headers) {
    const name = given.toLowerCase()
    if (name === 'host') authority = value
    else if (ofConnection.test(name) || (name === 'te' && value.toLowerCase() !== 'trailers')) {
      left.push(given)
    } else {
      const others = values.get(name)
      if (others) others.push(value)
      else values.set(name, [value])
    }
  }
  const pseudo = [
    [':method', method],
    [':scheme', url.protocol.slice(0, -1)],
    [':authority', authority],
    [':path', requestTarget(url)],
  ] as const
  const others = [...values].flatMap(([name, all]) => all.map((value) => [name, value] as const))
  return { fields: [...pseudo, ...others], left }
}
