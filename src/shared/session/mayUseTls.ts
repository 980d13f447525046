// Whether the certificates that a session trusts have to be known before it starts.

import { isLoopback } from './chooseProxy.ts'

/**
 * Whether requests to this URL use TLS, or may be redirected to one that does, as many a plain server on
 * the network does; one on this machine hardly ever.
 */
export function mayUseTls({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:' || protocol === 'wss:') return true
  return protocol === 'http:' && !isLoopback(hostname)
}
