// Header fields as people type them, one `Name: value` a line.

export type HeaderLines =
  | { readonly ok: true; readonly headers: readonly (readonly [name: string, value: string])[] }
  | { readonly ok: false; readonly message: string }

// [rfc9110] 5.6.2: a field name is a token.
const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Empty lines are passed over; the message names the first line that is wrong. */
export function parseHeaderLines(text: string): HeaderLines {
  const headers: [string, string][] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim()
    if (colon < 0 || !fieldName.test(name)) {
      return { ok: false, message: `Header line ${index + 1} must read “Name: value”.` }
    }
    headers.push([name, line.slice(colon + 1).trim()])
  }
  return { ok: true, headers }
}

/** As `parseHeaderLines` reads them. */
export function formatHeaderLines(
  headers: readonly (readonly [name: string, value: string])[],
): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n')
}
