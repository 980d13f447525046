// Tells text from bytes that are valid UTF-8 by chance.

/** Tab, line feed, form feed, carriage return and escape are seen in texts; the other C0 controls are not. */
export function hasBinaryControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is sought
  return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text)
}
