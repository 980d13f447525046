// An endpoint → the profile entry that `parseEndpoint` reads back as the same endpoint.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { isFor, profileFields } from './profileFields.ts'
import type { EndpointDefaults } from './shapes/profileField.ts'

/** The entry as JSON value, fields in reading order; those that stand at their default are left out. */
export function formatProfile(
  name: string,
  endpoint: Endpoint,
  defaults: EndpointDefaults = {},
): Record<string, unknown> {
  const own = profileFields.filter((field) => isFor(field, endpoint.method))
  const fields = own.map((field) => [field.name, field.format(endpoint, defaults)] as const)
  return { name, ...Object.fromEntries(fields.filter(([, value]) => value !== undefined)) }
}
