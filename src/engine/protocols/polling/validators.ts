// Reads from an answer what the next request names to be told of changes only. [rfc9110] 8.8

import { checkFieldValue } from '../../../shared/endpoint/httpSyntax.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** One that no request can carry, since it holds control characters, is none. */
export function validatorsIn(headers: NamedValues): Validators {
  return { etag: sendable(headers, 'etag'), lastModified: sendable(headers, 'last-modified') }
}

function sendable(headers: NamedValues, name: string): string | null {
  const value = headerValue(headers, name)
  return value === null || checkFieldValue(value) !== null ? null : value
}
