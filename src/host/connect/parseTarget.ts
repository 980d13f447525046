// Reads what the user types into "Connect…": a URL or a curl command.

import { isCurl, parseCurl } from '../../shared/curl/parseCurl.ts'
import { checkUrl, proposeMethod } from '../../shared/endpoint/checks/checkUrl.ts'
import type { Endpoint, Method } from '../../shared/endpoint/endpoint.ts'
import { isMethod, plainMethod, urlFor } from '../../shared/endpoint/methods.ts'
import type { Parsed } from '../../shared/endpoint/problem.ts'
import { parseEndpoint } from '../../shared/profile/parseEndpoint.ts'
import type { EndpointDefaults } from '../../shared/profile/shapes/profileField.ts'

export interface ConnectTarget {
  /** As it was typed, or could have been. */
  readonly text: string
  readonly url: string
  /** Undefined: ask for it. */
  readonly method: Method | undefined
}

/** A URL, or a `curl …` command, for the method that is given. */
export function parseTarget(text: string, method: Method | undefined): Parsed<ConnectTarget> {
  if (isCurl(text)) return parseCurlTarget(text, method)
  const problem = checkUrl(text)
  if (problem !== null) return { ok: false, problems: [{ path: 'url', message: problem }] }
  const known = method ?? proposeMethod(text) ?? undefined
  const target = { text, url: text, method: known }
  return known === undefined ? { ok: true, value: target } : checked(target, known)
}

function parseCurlTarget(text: string, method: Method | undefined): Parsed<ConnectTarget> {
  const parsed = parseCurl(text, method)
  if (!parsed.ok) return parsed
  const url = String(parsed.value.url)
  const found = parsed.value.method
  const known = method ?? (isMethod(found) ? found : undefined)
  const target = { text, url, method: known }
  // A mistake in the request is one for every method that can be chosen next.
  return checked(target, known ?? plainMethod)
}

/** The endpoint once the method is known. */
export function targetEndpoint(
  { text, url }: ConnectTarget,
  method: Method,
  defaults: EndpointDefaults,
): Parsed<Endpoint> {
  if (isCurl(text)) {
    const parsed = parseCurl(text, method)
    return parsed.ok ? parseEndpoint(parsed.value, defaults) : parsed
  }
  // A WebSocket's URL may be given with the scheme of its handshake.
  return parseEndpoint({ url: urlFor(method, url), method }, defaults)
}

function checked(target: ConnectTarget, method: Method): Parsed<ConnectTarget> {
  const endpoint = targetEndpoint(target, method, {})
  return endpoint.ok ? { ok: true, value: target } : endpoint
}
