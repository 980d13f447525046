// Reads fields that list tokens, such as Connection and Upgrade.

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'

/** Whether the field lists the token, letter case aside. [rfc9110] 5.6.1 */
export function hasToken(fields: NamedValues, name: string, token: string): boolean {
  const value = headerValue(fields, name) ?? ''
  return value.split(',').some((one) => one.trim().toLowerCase() === token)
}
