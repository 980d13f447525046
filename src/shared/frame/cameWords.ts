// Words for the bytes that an error or a notice is about.

/** What came in place of an answer. */
const insteadCodes: ReadonlySet<string | null> = new Set([
  'http-invalid',
  'http2-only',
  'http2-unavailable',
])

/**
 * `preview`: of the bytes that an error or a notice is about; null without any gives null, as does one that `said` quotes
 * already.
 */
export function cameWords(
  code: string | null,
  preview: string | null,
  said: string,
): string | null {
  if (preview === null || quotes(said, preview)) return null
  return `${leadOf(code)} ${preview}`
}

function leadOf(code: string | null): string {
  if (code === 'tap-changed') return 'What went on:'
  if (code === 'tap-dropped') return 'What did not go on:'
  return insteadCodes.has(code) ? 'What came instead:' : 'What came:'
}

/** The server's own words stand in the sentence, and in JSON once more. */
function quotes(said: string, preview: string): boolean {
  const [, quoted] = /“(.+)”/s.exec(said) ?? []
  return quoted !== undefined && preview.includes(JSON.stringify(quoted).slice(1, -1))
}
