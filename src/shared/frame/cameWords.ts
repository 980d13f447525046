// Words for the bytes that an error or a notice is about.

/** What came in place of an answer. */
const insteadCodes: ReadonlySet<string | null> = new Set([
  'http-invalid',
  'http2-only',
  'http2-unavailable',
])

/** `preview`: of the bytes that an error or a notice is about; null without any gives null. */
export function cameWords(code: string | null, preview: string | null): string | null {
  if (preview === null) return null
  return `${insteadCodes.has(code) ? 'What came instead:' : 'What came:'} ${preview}`
}
