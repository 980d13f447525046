// What the server's lifeline is called.

import { readUnixUrl } from './unixUrl.ts'

/** `localhost:7411`, or a Unix socket's path; the text itself when it is no URL. */
export function peerName(url: string): string {
  const unix = readUnixUrl(url)
  if (unix) return unix.socketPath
  return URL.canParse(url) ? new URL(url).host || url : url
}
