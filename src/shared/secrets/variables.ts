// Replaces the references of an endpoint by their values and lists what must not be recorded.

import { checkUrlValues } from '../endpoint/checks/checkUrlValues.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { absolutePath, isAbsolutePath } from '../endpoint/filePath.ts'
import type { Parsed, Problem } from '../endpoint/problem.ts'
import {
  checkReferences,
  findReferences,
  formatReference,
  type Reference,
  replaceReferences,
  secretName,
} from '../endpoint/references.ts'
import { checkEndpoint } from '../profile/checkEndpoint.ts'
import { mapEndpointFiles, mapEndpointText } from '../profile/mapEndpointText.ts'
import type { Secret } from '../session/sessionPlan.ts'
import { readUnixUrl } from '../url/unixUrl.ts'
import { hideCredentials, hideSecrets } from './hideCredentials.ts'
import { implicitSecrets } from './implicitSecrets.ts'

/** A reference's value, or a sentence that says what to do about its absence. */
export type LookedUp =
  /** `secret`: the value must not be recorded. A value of kind `secret` never is. */
  { readonly value: string; readonly secret?: boolean } | { readonly missing: string }

export type Lookup = (reference: Reference) => Promise<LookedUp>

export interface ResolvedEndpoint {
  /** References replaced, paths of files absolute. Never recorded. */
  readonly resolved: Endpoint
  /**
   * What must not be recorded: the value of each secret, of passwords in URLs and of credentials
   * in headers. One name may stand for several values (a password as such and as sent in Base64).
   */
  readonly secrets: readonly Secret[]
  /** As it was given, but credentials that were written in plain text are references. To be recorded. */
  readonly recorded: Endpoint
}

/**
 * Asks `lookup` once for each different reference, in the order of the fields and one after the other
 * (a lookup may ask the user), and checks the outcome as a whole. Rejects only when `lookup` does.
 */
export async function resolveVariables(
  endpoint: Endpoint,
  lookup: Lookup,
): Promise<Parsed<ResolvedEndpoint>> {
  const problems: Problem[] = []
  const places = new Map<string, { readonly reference: Reference; readonly path: string }>()
  mapEndpointText(endpoint, (text, path) => {
    const message = checkReferences(text)
    if (message !== null) problems.push({ path, message })
    for (const reference of findReferences(text)) addPlace(places, reference, path)
    return text
  })
  if (problems.length > 0) return { ok: false, problems }

  const values = new Map<string, string>()
  const secrets: Secret[] = []
  for (const [written, { reference, path }] of places) {
    const found = await lookup(reference)
    if ('missing' in found) {
      problems.push({ path, message: found.missing })
      continue
    }
    values.set(written, found.value)
    if (found.value !== '' && (found.secret || reference.kind === 'secret')) {
      secrets.push({ name: secretName(reference), value: found.value })
    }
  }
  const lookedUp = (reference: Reference) => values.get(formatReference(reference)) ?? ''
  problems.push(...urlProblems(endpoint, lookedUp))
  if (problems.length > 0) return { ok: false, problems }

  const replaced = mapEndpointText(endpoint, (text) => replaceReferences(text, lookedUp))
  const relative = firstRelativeFile(replaced)
  let folder = ''
  if (relative !== null) {
    const found = await lookup({ kind: 'workspaceFolder', name: '' })
    if ('missing' in found) return { ok: false, problems: [{ path: relative, message: noFolder }] }
    folder = found.value
  }
  const resolved = mapEndpointFiles(replaced, (file) => absolutePath(file, folder))
  for (const { path, message } of checkEndpoint(resolved, 'resolved')) {
    // A header's name or a host may hold a secret; what is said about it must not.
    problems.push({ path: hideSecrets(path, secrets), message: hideSecrets(message, secrets) })
  }
  if (problems.length > 0) return { ok: false, problems }

  const implicit = implicitSecrets(resolved, secrets)
  const recorded = hideCredentials(endpoint, implicit, secrets)
  return { ok: true, value: { resolved, secrets: [...secrets, ...implicit], recorded } }
}

const noFolder = 'Write the whole path of the file: no folder is open that it could start from.'

/** Each URL of the endpoint, those of saved requests as they start at its own. */
function urlProblems(endpoint: Endpoint, lookedUp: (reference: Reference) => string): Problem[] {
  const own = replaceReferences(endpoint.url, lookedUp)
  const base = (readUnixUrl(own)?.url ?? own).replace(/^ws/i, 'http')
  const problems: Problem[] = []
  mapEndpointText(endpoint, (text, path, role) => {
    if (role.kind !== 'url' || (role.as === 'request' && !URL.canParse(base))) return text
    const message = checkUrlValues(text, lookedUp, role.as === 'request' ? base : undefined)
    if (message !== null) problems.push({ path, message })
    return text
  })
  return problems
}

/** The field of the first file whose path starts at the folder; null without one. */
function firstRelativeFile(endpoint: Endpoint): string | null {
  let first: string | null = null
  mapEndpointFiles(endpoint, (file, path) => {
    if (file !== '' && !isAbsolutePath(file)) first ??= path
    return file
  })
  return first
}

function addPlace(
  places: Map<string, { reference: Reference; path: string }>,
  reference: Reference,
  path: string,
): void {
  const written = formatReference(reference)
  if (!places.has(written)) places.set(written, { reference, path })
}
