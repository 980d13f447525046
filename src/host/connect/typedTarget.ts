// What the user typed into "Connect…" → what to connect to, or what to change in it.

import { isCurl, parseCurl } from '../../shared/curl/parseCurl.ts'
import { checkUrl, proposeMethod } from '../../shared/endpoint/checks/checkUrl.ts'
import type { Endpoint, Method } from '../../shared/endpoint/endpoint.ts'
import type { Parsed } from '../../shared/endpoint/problem.ts'
import { type EndpointDefaults, parseEndpoint } from '../../shared/profile/parseEndpoint.ts'

export interface TypedTarget {
  /** As it was typed, or would be. */
  readonly text: string
  readonly url: string
  /** Undefined where it is to be asked for. */
  readonly method: Method | undefined
}

/** A URL, or a `curl …` command; a sentence where it is neither, or not for the method that is given. */
export function readTarget(text: string, method: Method | undefined): TypedTarget | string {
  if (isCurl(text)) return readCurlTarget(text, method)
  const problem = checkUrl(text)
  if (problem !== null) return problem
  const known = method ?? proposeMethod(text) ?? undefined
  const target = { text, url: text, method: known }
  return (known && firstProblem(targetEndpoint(target, known, {}))) ?? target
}

function readCurlTarget(text: string, method: Method | undefined): TypedTarget | string {
  const parsed = parseCurl(text, method)
  if (!parsed.ok) return parsed.problems[0]?.message ?? ''
  const url = String(parsed.value.url)
  const known = method ?? methodIn(parsed.value.method)
  const target = { text, url, method: known }
  // Whichever of the methods is chosen next, what is wrong with the request stays wrong.
  return firstProblem(targetEndpoint(target, known ?? 'sse', {})) ?? target
}

/** The endpoint once the method is known. */
export function targetEndpoint(
  { text, url }: TypedTarget,
  method: Method,
  defaults: EndpointDefaults,
): Parsed<Endpoint> {
  if (isCurl(text)) {
    const parsed = parseCurl(text, method)
    return parsed.ok ? parseEndpoint(parsed.value, defaults) : parsed
  }
  // A WebSocket's URL may be given with the scheme of its handshake.
  const own = method === 'websocket' ? url.replace(/^http/i, 'ws') : url
  return parseEndpoint({ url: own, method }, defaults)
}

function methodIn(value: unknown): Method | undefined {
  return value === 'sse' || value === 'websocket' ? value : undefined
}

function firstProblem(parsed: Parsed<Endpoint>): string | null {
  return parsed.ok ? null : (parsed.problems[0]?.message ?? null)
}
