// Finds credentials behind an authorization scheme in any header field, and writes those of Basic.

import { parseBase64 } from '../endpoint/messageBytes.ts'
import { toBase64 } from '../text/toBase64.ts'

// [rfc9110] 11.4: a scheme and token68, and nothing else; the registered schemes that do so, and some of custom.
const shape = /^(basic|bearer|dpop|gnap|negotiate|ntlm|token|jwt|api-?key) +([\w.~+/-]+=*)$/i

/** Shorter ones, and letters of one case that are not as many, are words: “Bearer of”, “Token expired”. */
const leastMixed = 16
const leastUniform = 32

/** What follows the scheme, and the password in it; none of a text that only begins so. */
export function schemeCredentials(field: string): readonly string[] {
  const [, scheme = '', credentials = ''] = shape.exec(field.trim()) ?? []
  if (scheme.toLowerCase() === 'basic') {
    const login = readLogin(field)
    // What a word stands for is hardly ever text up to a colon.
    return login === null || /[\p{Cc}\ufffd]/u.test(login.user) ? [] : [credentials, login.password]
  }
  // Its first letter may be a capital where it is a word.
  const rest = credentials.slice(1)
  const isMixed = /\d/.test(credentials) || (/[a-z]/.test(rest) && /[A-Z]/.test(rest))
  return credentials.length >= (isMixed ? leastMixed : leastUniform) ? [credentials] : []
}

/** [rfc7617] 2; empty when the field is not of scheme Basic. */
export function basicPassword(field: string): string {
  return readLogin(field)?.password ?? ''
}

function readLogin(field: string): { readonly user: string; readonly password: string } | null {
  const [, encoded = ''] = /^\s*basic\s+(\S+)\s*$/i.exec(field) ?? []
  const bytes = parseBase64(encoded) ?? new Uint8Array()
  const [found, user = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(new TextDecoder().decode(bytes)) ?? []
  return found === undefined ? null : { user, password }
}

/** [rfc7617] 2: what follows `Basic `, the user name and password in UTF-8. */
export function basicCredentials(user: string, password: string): string {
  return toBase64(new TextEncoder().encode(`${user}:${password}`))
}
