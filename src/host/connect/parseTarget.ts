// Reads what the user types into "Connect…": a URL, or a command or call that was pasted.

import { checkUrl, proposeMethod } from '../../shared/endpoint/checks/checkUrl.ts'
import type { ClientMethod, Endpoint } from '../../shared/endpoint/endpoint.ts'
import { isClientMethod, plainMethod, urlFor } from '../../shared/endpoint/methods.ts'
import type { Parsed } from '../../shared/endpoint/problem.ts'
import { isPasted, parsePasted } from '../../shared/pasted/parsePasted.ts'
import { endpointAs } from '../../shared/profile/endpointAs.ts'
import { parseEndpoint } from '../../shared/profile/parseEndpoint.ts'
import type { EndpointDefaults } from '../../shared/profile/shapes/profileField.ts'

export interface ConnectTarget {
  /** As it was typed, or could have been. */
  readonly text: string
  readonly url: string
  /** Undefined: ask for it. */
  readonly method: ClientMethod | undefined
  /** Sentences about what is asked for otherwise than what was pasted would. */
  readonly notes: readonly string[]
}

/** A URL, a `curl …` command or a call of `fetch`, for the method that is given. */
export function parseTarget(text: string, method: ClientMethod | undefined): Parsed<ConnectTarget> {
  if (isPasted(text)) return parsePastedTarget(text, method)
  const problem = checkUrl(text)
  if (problem !== null) return { ok: false, problems: [{ path: 'url', message: problem }] }
  const known = method ?? proposeMethod(text) ?? undefined
  const target = { text, url: text, method: known, notes: [] }
  return known === undefined ? { ok: true, value: target } : checked(target, known)
}

function parsePastedTarget(text: string, method: ClientMethod | undefined): Parsed<ConnectTarget> {
  const parsed = parsePasted(text, method)
  if (!parsed.ok) return parsed
  const { entry, notes } = parsed.value
  const url = String(entry.url)
  const found = entry.method
  const known = method ?? (isClientMethod(found) ? found : undefined)
  const target = { text, url, method: known, notes }
  // A mistake in the request is one for every method that can be chosen next.
  return checked(target, known ?? plainMethod)
}

/** The endpoint once the method is known. A URL that was typed takes the place of that of `base`, if there is one. */
export function targetEndpoint(
  { text, url }: ConnectTarget,
  method: ClientMethod,
  defaults: EndpointDefaults,
  base?: Endpoint,
): Parsed<Endpoint> {
  if (isPasted(text)) {
    const parsed = parsePasted(text, method)
    return parsed.ok ? parseEndpoint(parsed.value.entry, defaults) : parsed
  }
  if (base) return endpointAs(method, url, base)
  // A WebSocket's URL may be given with the scheme of its handshake.
  return parseEndpoint({ url: urlFor(method, url), method }, defaults)
}

function checked(target: ConnectTarget, method: ClientMethod): Parsed<ConnectTarget> {
  const endpoint = targetEndpoint(target, method, {})
  return endpoint.ok ? { ok: true, value: target } : endpoint
}
