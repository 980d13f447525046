// The bytes that a message written in hexadecimal or base64 stands for.

/** Pairs of digits, with white space, commas or colons between them; null when it is something else. */
export function parseHex(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/[\s,:]/g, '')
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) return null
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** The alphabet of [rfc4648] 4 or 5, with padding or without; null when it is something else. */
export function parseBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/\s/g, '').replace(/-/g, '+').replace(/_/g, '/')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return null
  const bare = digits.replace(/=/g, '')
  // [rfc4648] 4: one digit alone is no byte; padding fills the last four up or is left out.
  if (bare.length % 4 === 1 || (digits !== bare && digits.length % 4 !== 0)) return null
  const raw = atob(bare)
  const bytes = new Uint8Array(raw.length)
  // Of megabytes an iterator takes ten times as long.
  for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at)
  return bytes
}
