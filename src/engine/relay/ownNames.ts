// The names by which a tap is spoken to. Any other would let a page of another site in: its name may lead here, too (DNS rebinding).

import { isLoopback } from '../../shared/url/loopback.ts'

/** Whether the value of `Host` names this machine or one of `hosts`, in lower case and without ports. */
export function isOwnName(host: string, hosts: ReadonlySet<string>): boolean {
  const name = host.toLowerCase().replace(/:\d*$/, '')
  return isLoopback(name) || hosts.has(name)
}

/** The path and query of a request's target; null where it names another server. [rfc9112] 3.2 */
export function ownTarget(target: string, hosts: ReadonlySet<string>): string | null {
  if (target.startsWith('/') || target === '*') return target
  const [start = '', authority = ''] = /^https?:\/\/([^/?#]*)/i.exec(target) ?? []
  if (start === '' || !isOwnName(authority, hosts)) return null
  const path = target.slice(start.length)
  return path.startsWith('/') ? path : `/${path}`
}
