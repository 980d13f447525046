// What a session without a profile is called.

import { readUnixUrl } from './unixUrl.ts'

/** Host and path of a URL as it is recorded: references in it are not resolved. */
export function shortName(url: string): string {
  const unix = readUnixUrl(url)
  const place = unix ? unix.url.replace(/^[^/]*\/\/[^/]*/, `x://${unix.socketPath}`) : url
  const [, rest = url] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^?#]*)/i.exec(place) ?? []
  return rest.replace(/\/$/, '') || url
}
