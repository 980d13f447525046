// Reads from an answer's headers how old it is and how long it may be kept.

import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { Freshness } from '../../../shared/frame/httpDetail.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

/** From Cache-Control and Age; undefined when the answer holds neither. [rfc9111] 5.1, 5.2.2 */
export function freshness(headers: NamedValues): Freshness | undefined {
  const control = headerValue(headers, 'cache-control')
  const age = seconds(headerValue(headers, 'age'))
  if (control === null && age === undefined) return undefined
  const maxAge = seconds(/(?:^|[\s,])max-age\s*=\s*"?(\d+)/i.exec(control ?? '')?.[1] ?? null)
  const noStore = /(?:^|[\s,])no-(?:store|cache)(?=$|[\s,])/i.test(control ?? '')
  return {
    ...(maxAge !== undefined && { maxAgeMs: maxAge * 1000 }),
    ...(age !== undefined && { ageMs: age * 1000 }),
    ...(noStore && { uncached: true }),
  }
}

function seconds(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : undefined
}
