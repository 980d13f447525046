// URLs of Unix sockets: `unix:/path/to.sock:/http/path`, and `ws+unix:` for a WebSocket.

// A colon inside of a reference does not end the path.
const shape = /^(unix|ws\+unix):((?:\$\{[^{}]*\}|[^:])*)(?::(.*))?$/is

/** Where a Unix socket's URL leads. */
export interface UnixTarget {
  readonly socketPath: string
  /** What is asked for on it, as an `http:` or `ws:` URL of the host `localhost`. */
  readonly url: string
}

/** Null when the text has another scheme. Nothing is checked; a missing path is `/`. */
export function readUnixUrl(text: string): UnixTarget | null {
  const [, scheme, place = '', path = ''] = shape.exec(text) ?? []
  if (scheme === undefined) return null
  // `unix:///run/app.sock` is how other programs write it.
  const socketPath = place.replace(/^\/+/, '/')
  const start = scheme.toLowerCase() === 'unix' ? 'http' : 'ws'
  return { socketPath, url: `${start}://localhost${path.startsWith('/') ? '' : '/'}${path}` }
}

/** A sentence that says what to change, or null when the URL is fine. `unknown` stands for any text. */
export function checkUnixUrl(text: string, unknown: string): string | null {
  const target = readUnixUrl(text)
  if (target === null) return null
  if (!target.socketPath.startsWith('/') && !target.socketPath.startsWith(unknown)) {
    return 'Write the socket’s absolute path after the scheme, as in unix:/run/app.sock:/events.'
  }
  return URL.canParse(target.url) ? null : 'Correct the path after the socket: it fits no URL.'
}
