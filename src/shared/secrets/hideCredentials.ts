// Puts references in the place of credentials, so that what holds them can be recorded.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { mapEndpointText } from '../endpoint/mapEndpointText.ts'
import { findReferences, secretReference } from '../endpoint/references.ts'
import type { Secret } from '../session/sessionPlan.ts'
import { joinUserInfo, splitUserInfo } from '../url/userInfo.ts'
import { leastHidden } from './credentialNames.ts'
import { createSecretFinder, type SecretFinder } from './finder/secretFinder.ts'
import { wholeCredentials } from './implicitNames.ts'

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
  const long = [...declared, ...implicit].filter(({ value }) => value.length >= leastHidden)
  const finder = createSecretFinder(long)
  return mapEndpointText(endpoint, (text, path) => {
    const whole = wholeCredentials[path]
    // Text around a reference is part of the credential, but nothing without it.
    if (whole !== undefined && text !== '' && findReferences(text).length === 0)
      return secretReference(whole)
    const name = passwordName(path)
    return hideIn(finder, name === null ? text : hidePassword(text, name))
  })
}

function hidePassword(url: string, name: string): string {
  const parts = splitUserInfo(url)
  if (!parts?.password || parts.password.startsWith('${')) return url
  return joinUserInfo({ ...parts, password: secretReference(name) })
}

/** The text with the value of each secret replaced by `${secret:name}`, the longest first. */
export function hideSecrets(text: string, secrets: readonly Secret[]): string {
  return hideIn(createSecretFinder(secrets), text)
}

/** References stay, whatever they are called. */
function hideIn(finder: SecretFinder, text: string): string {
  return text
    .split(/(\$\{[^{}]*\})/)
    .map((part, i) => (i % 2 === 0 ? finder.hide(part) : part))
    .join('')
}

/** Of the password that may stand in the URL at this path; null where there is no URL. */
function passwordName(path: string): string | null {
  if (path === 'url' || path === 'proxy') return `${path}-password`
  return /^requests\[\d+\]\.url$/.test(path) ? 'request-password' : null
}
