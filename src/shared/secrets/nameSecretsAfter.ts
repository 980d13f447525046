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
  const prefix = profile
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return mapEndpointText(endpoint, (text) => {
    return findReferences(text).reduce((left, reference) => {
      if (reference.kind !== 'secret' || !isImplicitName(reference.name)) return left
      const name = prefix === '' ? reference.name : `${prefix}-${reference.name}`
      return left.replaceAll(formatReference(reference), () => secretReference(name))
    }, text)
  })
}
