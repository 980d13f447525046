// The names under which credentials are hidden that nobody has declared as secrets.

import { isToken } from '../endpoint/httpSyntax.ts'

const implicitName =
  /^((url|proxy|request)-(user|password)|(proxy-)?authorization|cookie(-.+)?|(query|header|body)-.+|auth-(token|user|password|key)|tls-passphrase)$/

/** Whether `implicitSecrets` may have given a secret this name. */
export function isImplicitName(name: string): boolean {
  return implicitName.test(name)
}

/** The fields that are a credential whole, with the names that stand for them. */
export const wholeCredentials: Readonly<Record<string, string>> = {
  'auth.token': 'auth-token',
  'auth.password': 'auth-password',
  'auth.value': 'auth-key',
  'tls.passphrase': 'tls-passphrase',
}

/** `query-access_token`; a name that no reference can hold is left out. */
export function partName(place: 'query' | 'header' | 'body', name: string): string {
  return isToken(name) ? `${place}-${name}` : `${place}-credential`
}
