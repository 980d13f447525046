// Header fields as people type them, one `Name: value` a line.

import { isToken } from '../../shared/endpoint/httpSyntax.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'

export type HeaderLines =
  | { readonly ok: true; readonly headers: NamedValues }
  | { readonly ok: false; readonly message: string }

/** Empty lines are passed over; the message names the first line that is wrong. */
export function parseHeaderLines(text: string): HeaderLines {
  const headers: [string, string][] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim()
    if (colon < 0 || !isToken(name)) {
      return { ok: false, message: `Header line ${index + 1} must read “Name: value”.` }
    }
    headers.push([name, line.slice(colon + 1).trim()])
  }
  return { ok: true, headers }
}

/** As `parseHeaderLines` reads them. */
export function formatHeaderLines(headers: NamedValues): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n')
}
