// The methods that a field is for, as people read them.

import type { Method } from '../endpoint/endpoint.ts'
import { allMethods, httpMethods, methods, sessionMethods } from '../endpoint/methods.ts'

/** `all`, `all, tap`, `HTTP` or the methods themselves. */
export function audienceOf(audience: readonly Method[] = allMethods): string {
  const isJust = (others: readonly Method[]) =>
    audience.length === others.length && others.every((method) => audience.includes(method))
  if (isJust(allMethods)) return 'all'
  if (isJust(sessionMethods)) return `all, ${methods.tap.word}`
  if (isJust(httpMethods)) return 'HTTP'
  return audience.map((method) => methods[method].word).join(', ')
}
