// Gives the implicit secrets of a profile names of its own.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { findReferences, formatReference, secretReference } from '../endpoint/references.ts'
import { mapEndpointText } from '../profile/mapEndpointText.ts'
import { isImplicitName } from './implicitNames.ts'

/**
 * The endpoint with the names that `implicitSecrets` gives made the profile's own, so that each of a
 * file's profiles keeps credentials of its own under them.
 */
export function nameSecretsAfter(profile: string, endpoint: Endpoint): Endpoint {
  return mapEndpointText(endpoint, (text) => {
    return findReferences(text).reduce((left, reference) => {
      if (reference.kind !== 'secret' || !isImplicitName(reference.name)) return left
      const name = nameSecretAfter(profile, reference.name)
      return left.replaceAll(formatReference(reference), () => secretReference(name))
    }, text)
  })
}

/** The names in an endpoint's references to secrets that `implicitSecrets` may have given; each once. */
export function implicitNamesIn(endpoint: Endpoint): readonly string[] {
  const names = new Set<string>()
  mapEndpointText(endpoint, (text) => {
    for (const { kind, name } of findReferences(text)) {
      if (kind === 'secret' && isImplicitName(name)) names.add(name)
    }
    return text
  })
  return [...names]
}

/** `trades-authorization` for the profile `Trades`. */
export function nameSecretAfter(profile: string, name: string): string {
  const prefix = profile
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return prefix === '' ? name : `${prefix}-${name}`
}
