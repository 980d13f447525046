// Tests of a request's path or method by the names of a filter.

import type { NamePattern, NameTest } from '../../../shared/filter/filterNode.ts'
import { isNamed } from '../../../shared/text/isNamed.ts'
import { pathOfTarget } from '../../../shared/url/requestTarget.ts'

/** Whether a request of the capture is meant. It must not throw. */
export type RequestTest = (request: AskedRequest) => boolean

/** Of a request's frame: its method, and its target as sent, path and query. */
export interface AskedRequest {
  readonly method: string
  readonly target: string
}

/** A path that is sought with `?` is compared with path and query, any other with the path alone. */
export function requestTest({ field, names }: Pick<NameTest, 'field' | 'names'>): RequestTest {
  const patterns = names.map((pieces) => pieces.map((piece) => piece.toLowerCase()))
  if (field === 'method') return ({ method }) => isAny(patterns, method.toLowerCase())
  const whole = patterns.filter((pieces) => pieces.some((piece) => piece.includes('?')))
  const plain = patterns.filter((pieces) => !whole.includes(pieces))
  return ({ target }) => {
    const lower = target.toLowerCase()
    return isAny(whole, lower) || isAny(plain, pathOfTarget(lower))
  }
}

function isAny(patterns: readonly NamePattern[], text: string): boolean {
  return patterns.some((pieces) => isNamed(pieces, text))
}
