// The grammar of HTTP names and values, as far as the user writes them.

/** What methods, field names and WebSocket subprotocols are made of. [rfc9110] 5.6.2 */
export const tokenPattern = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"

const token = new RegExp(`^${tokenPattern}$`)

// [rfc9110] 5.5: visible characters, spaces, tabs and bytes beyond ASCII, which are the UTF-8 of others.
const fieldValue = /^[\t\x20-\x7e\x80-\u{10ffff}]*$/u

/** Whether this can be a method, or the name of a header field or a subprotocol. [rfc9110] 5.6.2 */
export function isToken(text: string): boolean {
  return token.test(text)
}

/** Null when `value` can be sent as a header's value, or a sentence that says what to change. */
export function checkFieldValue(value: string): string | null {
  if (/[\r\n]/.test(value)) return 'Remove the line break: a header’s value is one line.'
  if (!fieldValue.test(value)) return 'Remove the control characters: no header can carry them.'
  return value === value.trim() ? null : 'Remove the space at the start or end of the value.'
}
