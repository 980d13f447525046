// Puts references in the place of credentials, so that what holds them can be recorded.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { findReferences, secretReference } from '../endpoint/references.ts'
import { mapEndpointText } from '../profile/mapEndpointText.ts'
import type { Secret } from '../session/sessionPlan.ts'
import { joinUserInfo, splitUserInfo } from '../url/userInfo.ts'
import { minHiddenChars } from './credentialNames.ts'
import { createSecretFinder, type SecretFinder } from './finder/secretFinder.ts'
import { createValueJudge } from './valuePlaces.ts'

/**
 * The endpoint with what `implicitSecrets` found, and with the values of declared secrets, replaced by references,
 * so that it can be recorded. It may hold references of its own; those stay.
 */
export function hideCredentials(
  endpoint: Endpoint,
  implicit: readonly Secret[],
  declared: readonly Secret[],
): Endpoint {
  // A short password looks like ordinary text anywhere but in its place.
  const long = [...declared, ...implicit].filter(({ value }) => value.length >= minHiddenChars)
  const finder = createSecretFinder(long)
  return mapEndpointText(endpoint, (text, _path, role) => {
    // Text beside a reference is part of the credential and tells nothing alone.
    if (role.kind === 'credential' && text !== '' && findReferences(text).length === 0)
      return secretReference(role.as)
    const shown = role.kind === 'url' ? hidePassword(text, `${role.as}-password`) : text
    return hideIn(finder, shown)
  })
}

function hidePassword(url: string, name: string): string {
  const parts = splitUserInfo(url)
  if (!parts?.password || parts.password.startsWith('${')) return url
  return joinUserInfo({ ...parts, password: secretReference(name) })
}

/**
 * A sentence of Lifeline's with the value of each secret replaced by `${secret:name}`, the longest first. A short value
 * is taken for one where it is quoted, and where it is all of the text.
 */
export function hideSecrets(text: string, secrets: readonly Secret[]): string {
  return hideIn(createSecretFinder(secrets, createValueJudge(null)), text, true)
}

/** References stay, even if their names hold a secret. */
function hideIn(finder: SecretFinder, text: string, own = false): string {
  return text
    .split(/(\$\{[^{}]*\})/)
    .map((part, i) => (i % 2 === 0 ? finder.hide(part, { own }) : part))
    .join('')
}
