// Names made from a URL: the server's lifeline, and a session without a profile.

import { readUnixUrl } from './unixUrl.ts'
import { splitUserInfo, withoutPassword } from './userInfo.ts'

/** `localhost:7411`, or a Unix socket's path; the text itself when it is no URL. */
export function peerName(url: string): string {
  const unix = readUnixUrl(url)
  if (unix) return unix.socketPath
  return URL.canParse(url) ? new URL(url).host || url : url
}

/** Code points. A longer name fills an editor's tab and the head of a timeline. */
const maxLength = 60

/**
 * Host and path of a URL as it is recorded: references in it are not resolved. A long one has `…` in its
 * middle: the host and the path's end tell more.
 */
export function shortName(url: string): string {
  const unix = readUnixUrl(url)
  const place = unix ? unix.url.replace(/^[^/]*\/\/[^/]*/, `x://${unix.socketPath}`) : url
  const bare = withoutPassword(place)
  const { scheme, rest } = splitUserInfo(bare) ?? { scheme: '', rest: bare }
  const other = afterPassword(url)
  const [, shown = other] = /^[a-z][a-z0-9+.-]*:\/\/([^?#]*)/i.exec(scheme + rest) ?? []
  return cutMiddle(shown.replace(/\/$/, '') || other)
}

/** Text before an `@` may be a password even if the whole is no URL. */
function afterPassword(text: string): string {
  const at = text.lastIndexOf('@')
  return text.slice(0, Math.max(at, 0)).includes(':') ? text.slice(at + 1) : text
}

function cutMiddle(text: string): string {
  const characters = [...text]
  if (characters.length <= maxLength) return text
  const half = maxLength / 2
  return [...characters.slice(0, half), '…', ...characters.slice(1 - half)].join('')
}
