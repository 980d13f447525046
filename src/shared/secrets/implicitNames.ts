// The names under which credentials are hidden that nobody has declared as secrets.

import { isToken } from '../endpoint/httpSyntax.ts'
import { credentialRoles, urlRoles } from '../profile/shapes/textRole.ts'

const implicitName = new RegExp(
  `^(?:(?:${urlRoles.join('|')})-(?:user|password)|(?:proxy-)?authorization|cookie(?:-.+)?|(?:query|header|body)-.+|auth-user|${credentialRoles.join('|')})$`,
)

/** Whether `implicitSecrets` may have given a secret this name. */
export function isImplicitName(name: string): boolean {
  return implicitName.test(name)
}

/** `query-access_token`; a name that no reference can hold is left out. */
export function partName(place: 'query' | 'header' | 'body', name: string): string {
  return isToken(name) ? `${place}-${name}` : `${place}-credential`
}
