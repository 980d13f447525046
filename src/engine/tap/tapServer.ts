// The addresses of a tap: its server's, and the one to point a program to.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { isSecure } from '../transports/network/network.ts'
import { targetOf } from '../transports/network/target.ts'
import type { TapServer } from './tapContext.ts'

export function tapServer(resolved: Endpoint): TapServer {
  const { protocol, host, hostname, port } = targetOf(resolved).request.url
  const secure = isSecure(protocol)
  const { cert, pfx } = resolved.tls
  return {
    origin: `${secure ? 'https' : 'http'}://${host}`,
    socketOrigin: `${secure ? 'wss' : 'ws'}://${host}`,
    host: `${hostname}:${port || (secure ? '443' : '80')}`,
    secure,
    certified: cert !== null || pfx !== null,
  }
}

/** What to point a program to, `http://localhost:53124/v2`, and what stands there without a tap. It speaks no TLS. */
export function listeningAt(
  url: string,
  port: number,
): { readonly tap: string; readonly server: string } {
  const { protocol, host, pathname, search } = new URL(url)
  const scheme = protocol === 'ws:' || protocol === 'wss:' ? 'ws:' : 'http:'
  const path = pathname === '/' && search === '' ? '' : pathname + search
  return { tap: `${scheme}//localhost:${port}${path}`, server: `${protocol}//${host}${path}` }
}
