// Opens a tunnel through an HTTP proxy for a protocol in which the server speaks first.

import { type ClientRequest, request } from 'node:http'
import { type RequestOptions, request as secureRequest } from 'node:https'
import { isIPv6, type Socket } from 'node:net'
import { basicCredentials } from '../../../shared/secrets/schemeCredentials.ts'
import { decodePercent } from '../../../shared/text/decodePercent.ts'

/**
 * What the proxy answers is emitted on `req` as the agent's library does, which itself loses what came together with the
 * answer. Rejects where the proxy refuses or fails.
 */
export function openTunnel(
  proxyUrl: URL,
  connectOptions: RequestOptions,
  { host, port }: { readonly host?: string | undefined; readonly port?: number | undefined },
  req: ClientRequest,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const target = `${host !== undefined && isIPv6(host) ? `[${host}]` : host}:${port}`
  const { username, password } = proxyUrl
  const basic = basicCredentials(decodePercent(username), decodePercent(password))
  const asking = (proxyUrl.protocol === 'https:' ? secureRequest : request)({
    ...connectOptions,
    agent: false,
    method: 'CONNECT',
    path: target,
    headers: {
      Host: target,
      ...(username + password !== '' && { 'Proxy-Authorization': `Basic ${basic}` }),
    },
  })
  asking.on('error', reject)
  asking.on('connect', ({ statusCode, statusMessage }, socket: Socket, head: Buffer) => {
    // Whoever hears of the answer may give up.
    socket.on('error', reject)
    req.emit('proxyConnect', { statusCode, statusText: statusMessage })
    if (statusCode === 200) {
      if (head.byteLength > 0) socket.unshift(head)
      resolve(socket)
      return
    }
    socket.destroy()
    reject(new Error(`the proxy answered ${statusCode}`))
  })
  asking.end()
  return promise
}
