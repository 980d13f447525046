// Endpoints from fields, their references resolved by values that a test gives.

import assert from 'node:assert/strict'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { formatReference, type Reference } from '../../../src/shared/endpoint/references.ts'
import { parseEndpoint } from '../../../src/shared/profile/parseEndpoint.ts'
import { type LookedUp, resolveVariables } from '../../../src/shared/secrets/variables.ts'

/** Of a profile's entry; fails where it is refused. */
export function accept(input: unknown): Endpoint {
  const parsed = parseEndpoint(input)
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}

/** A polling endpoint, but for these fields of a profile's entry. */
export function endpoint(fields: Record<string, unknown>): Endpoint {
  return accept({ url: 'http://localhost/', method: 'polling', ...fields })
}

/** Values by written reference; what is not there is missing. Lists what was asked. */
export function createLookup(values: Record<string, string | LookedUp>) {
  const asked: string[] = []
  const lookup = async (reference: Reference): Promise<LookedUp> => {
    const written = formatReference(reference)
    asked.push(written)
    const value = values[written]
    if (value === undefined) return { missing: `Set ${written}.` }
    return typeof value === 'string' ? { value } : value
  }
  return { asked, lookup }
}

/** Fails where it cannot be resolved. */
export async function resolve(
  fields: Record<string, unknown>,
  values: Record<string, string | LookedUp>,
) {
  const answer = await resolveVariables(endpoint(fields), createLookup(values).lookup)
  assert.ok(answer.ok, JSON.stringify(answer))
  return answer.value
}

/** What is said about it; fails where it can be resolved. */
export async function refuse(
  fields: Record<string, unknown>,
  values: Record<string, string | LookedUp>,
) {
  const answer = await resolveVariables(endpoint(fields), createLookup(values).lookup)
  assert.ok(!answer.ok)
  return answer.problems
}
