// Puts references in the place of credentials, so that what holds them can be recorded.

import { leastHidden } from './credentialNames.ts'
import type { Endpoint } from './endpoint.ts'
import { wholeCredentials } from './implicitNames.ts'
import { mapEndpointText } from './mapEndpointText.ts'
import { findReferences, secretReference } from './references.ts'
import type { Secret } from './sessionPlan.ts'
import { userAndPassword } from './userInfo.ts'

/**
 * The endpoint with the credentials that `implicitSecrets` found replaced by references, so that it can be
 * recorded. It may hold references of its own; those stay.
 */
export function hideCredentials(endpoint: Endpoint, implicit: readonly Secret[]): Endpoint {
  // A short password looks like ordinary text anywhere but in its place.
  const long = implicit.filter(({ value }) => value.length >= leastHidden)
  return mapEndpointText(endpoint, (text, path) => {
    const whole = wholeCredentials[path]
    // Text around a reference is part of the credential, but nothing without it.
    if (whole !== undefined && text !== '' && findReferences(text).length === 0)
      return secretReference(whole)
    const name = passwordName(path)
    const bare = name
      ? text.replace(
          userAndPassword,
          (_all, scheme: string, user: string) => `${scheme}${user}:${secretReference(name)}@`,
        )
      : text
    return hideSecrets(bare, long)
  })
}

/** The text with the value of each secret replaced by `${secret:name}`, the longest first. */
export function hideSecrets(text: string, secrets: readonly Secret[]): string {
  const byLength = [...secrets].sort((a, b) => b.value.length - a.value.length)
  return byLength.reduce(
    (left, { name, value }) =>
      value === '' ? left : left.replaceAll(value, () => secretReference(name)),
    text,
  )
}

/** Of the password that may stand in the URL at this path; null where there is no URL. */
function passwordName(path: string): string | null {
  if (path === 'url' || path === 'proxy') return `${path}-password`
  return /^requests\[\d+\]\.url$/.test(path) ? 'request-password' : null
}
