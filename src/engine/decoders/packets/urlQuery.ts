// A parameter of a connection's URL, by which protocols are known.

import type { ConnectionFacts } from '../shapes/decoder.ts'

/** The first value of that name; null where there is none, or no URL. */
export function queryValue({ url }: Pick<ConnectionFacts, 'url'>, name: string): string | null {
  return parsed(url)?.searchParams.get(name) ?? null
}

/** The URL's path, `/socket.io/`; empty where there is no URL. */
export function pathOf({ url }: Pick<ConnectionFacts, 'url'>): string {
  return parsed(url)?.pathname ?? ''
}

/** The newest, for choosing asks many protocols about the same one. */
let newest: { readonly text: string; readonly url: URL | null } | null = null

function parsed(text: string): URL | null {
  if (newest?.text !== text) newest = { text, url: URL.canParse(text) ? new URL(text) : null }
  return newest.url
}
