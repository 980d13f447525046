// The credentials of HTTP's Basic authentication.

import { toBase64 } from '../text/toBase64.ts'

/** [rfc7617] 2: what follows `Basic `, the user name and password in UTF-8. */
export function basicCredentials(user: string, password: string): string {
  return toBase64(new TextEncoder().encode(`${user}:${password}`))
}
