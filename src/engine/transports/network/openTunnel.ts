// Opens a tunnel through an HTTP proxy: asks by CONNECT, and reads the proxy's answer as leniently as that of a server.

import type { ClientRequest } from 'node:http'
import { connect, isIP, isIPv6, type Socket, type TcpNetConnectOpts } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { defaultLimits } from '../../../shared/limits.ts'
import { basicCredentials } from '../../../shared/secrets/schemeCredentials.ts'
import { decodePercent } from '../../../shared/text/decodePercent.ts'
import { findHeadEnd, mayBeginAnswer, readAnswerHead } from '../../protocols/http/answerHead.ts'

/** To the proxy itself. */
export type ProxyConnectOptions = TcpNetConnectOpts & ConnectionOptions

interface TunnelEnd {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

/**
 * What the proxy answers is emitted on `req` as `proxyConnect`; a status that is no number stands for what is no HTTP.
 * Rejects where the proxy refuses or fails. What came together with its answer is the first to be read.
 */
export function openTunnel(
  proxyUrl: URL,
  options: ProxyConnectOptions,
  end: TunnelEnd,
  req: ClientRequest,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connectProxy(proxyUrl, options)
  let came = Buffer.alloc(0)

  // Also for later: whoever hears of the answer may give up before anybody else listens.
  socket.on('error', reject)
  socket.on('data', take)
  socket.on('end', fail)
  socket.on('close', fail)
  socket.write(connectHead(proxyUrl, end))
  return promise

  function take(bytes: Uint8Array): void {
    came = Buffer.concat([came, bytes])
    if (!mayBeginAnswer(came)) answer(Number.NaN, '')
    else {
      const size = findHeadEnd(came)
      if (size >= 0) read(size)
      else if (came.length > defaultLimits.headBytes) fail()
    }
  }

  function read(size: number): void {
    const head = readAnswerHead(came.subarray(0, size), 'CONNECT')
    came = came.subarray(size)
    // [rfc9110] 15.2: the answer follows.
    if ('refusal' in head) answer(Number.NaN, '')
    else if (head.status >= 200) answer(head.status, head.statusText)
    else if (came.length > 0) take(Buffer.alloc(0))
  }

  function answer(statusCode: number, statusText: string): void {
    leave()
    req.emit('proxyConnect', { statusCode, statusText })
    if (!isTunnel(statusCode)) {
      socket.destroy()
      reject(new Error(`the proxy answered ${statusCode}`))
      return
    }
    // What comes next waits until there is somebody to read it.
    socket.pause()
    req.once('socket', (given: Socket) => given.resume())
    if (came.length > 0) socket.unshift(came)
    resolve(socket)
  }

  function fail(): void {
    leave()
    socket.destroy()
    reject(new Error('the proxy ended the connection before its answer was complete'))
  }

  function leave(): void {
    socket.off('data', take)
    socket.off('end', fail)
    socket.off('close', fail)
  }
}

/** [rfc9110] 9.3.6: any successful answer. */
export function isTunnel(status: number): boolean {
  return status >= 200 && status < 300
}

function connectProxy(proxyUrl: URL, options: ProxyConnectOptions): Socket {
  if (proxyUrl.protocol !== 'https:') return connect(options)
  return markErrors(connectTls({ ...options, ...proxyServer(proxyUrl) }), proxyUrl.host)
}

/** The name that TLS with a proxy asks for. [rfc6066] 3: without the dot at its end, and none for an address. */
export function proxyServer({ hostname }: URL): { readonly servername?: string } {
  const name = hostname.replace(/\.$/, '')
  return name.startsWith('[') || isIP(name) > 0 ? {} : { servername: name }
}

/** Says on the errors of a connection to a proxy that they are the proxy's, which `networkError` reads. */
export function markErrors<S extends Socket>(socket: S, ofProxy: string): S {
  socket.prependListener('error', (error) => Object.assign(error, { ofProxy }))
  return socket
}

function connectHead({ username, password }: URL, { host = '', port }: TunnelEnd): string {
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const basic = basicCredentials(decodePercent(username), decodePercent(password))
  const lines = [
    `CONNECT ${target} HTTP/1.1`,
    `Host: ${target}`,
    'User-Agent: Lifeline',
    ...(username + password === '' ? [] : [`Proxy-Authorization: Basic ${basic}`]),
    'Proxy-Connection: Keep-Alive',
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}
