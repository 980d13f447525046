// A request as it went over the wire, without what curl and Lifeline each say of themselves, so that both can be compared.

export interface SentRequest {
  readonly request: string
  readonly target: string
  /** Names in lower case, sorted. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** Measured or negotiated by whoever sends. */
const own = /^(?:content-length|expect|connection: keep-alive)$/

/** What each sends unless the command says otherwise. */
const usual = [
  /^user-agent: (?:curl\/[\d.]+|Lifeline)$/,
  // With --compressed, and always.
  /^accept-encoding: (?:deflate, gzip, br, zstd|gzip, deflate, br, zstd)$/,
  /^connection: keep-alive$/,
]

/** `raw`: head and body. */
export function readSentRequest(raw: string): SentRequest {
  const end = raw.indexOf('\r\n\r\n')
  const [start = '', ...lines] = raw.slice(0, end).split('\r\n')
  const [, request = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/s.exec(start) ?? []
  const boundary = /boundary=(\S+)/.exec(raw.slice(0, end))?.[1]
  const plain = (text: string) =>
    boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY')
  const headers = lines
    .map((line) => {
      const [, name = '', value = ''] = /^([^:]*?)\s*:\s*(.*?)\s*$/s.exec(line) ?? []
      return [name.toLowerCase(), plain(value)] as const
    })
    .filter(
      ([name, value]) => !own.test(name) && !usual.some((one) => one.test(`${name}: ${value}`)),
    )
  return {
    request,
    target: spelled(target),
    headers: headers.toSorted(byText),
    body: plain(raw.slice(end + 4)),
  }
}

/** With one spelling of what may be percent-encoded. */
function spelled(target: string): string {
  return target
    .replace(/%[0-9a-f]{2}/gi, (byte) => byte.toUpperCase())
    .replace(/[^\x21-\x7e]+|["'<>`{}|\\^]/g, (text) =>
      encodeURIComponent(text).replaceAll("'", '%27'),
    )
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join(': '), b.join(': ')]
  return left < right ? -1 : left > right ? 1 : 0
}

/** As the corpus has it: a carriage return is `␍`. */
export function formatSentRequest({ request, target, headers, body }: SentRequest): string {
  const head = [`${request} ${target}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  const lines = body === '' ? head : [...head, '', body.replaceAll('\r', '␍')]
  return lines.join('\n')
}
