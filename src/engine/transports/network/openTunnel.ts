// Opens a tunnel through an HTTP proxy: asks by CONNECT, and reads the proxy's answer as leniently as that of a server.

import type { ClientRequest } from 'node:http'
import { connect, isIP, isIPv6, type Socket, type TcpNetConnectOpts } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { defaultLimits } from '../../../shared/limits.ts'
import { basicCredentials } from '../../../shared/secrets/schemeCredentials.ts'
import { decodePercent } from '../../../shared/text/decodePercent.ts'
import { formatLimit } from '../../../shared/text/units.ts'
import { type AnswerText, readAnswerHead } from '../../protocols/http/answerHead.ts'
import { createGrowingHead } from '../../protocols/http/growingHead.ts'

/** To the proxy itself. */
export type ProxyConnectOptions = TcpNetConnectOpts & ConnectionOptions

/** What a proxy said to CONNECT, as `req` emits it. A status that is no number stands for what is no HTTP. */
export interface ConnectAnswer {
  /** Absent where an agent reports none. */
  readonly statusCode?: number
  readonly statusText?: string
  /** Why it cannot be read, as a part of a sentence, where it begins as HTTP does. */
  readonly refusal?: string
}

interface TunnelEnd {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

/**
 * What the proxy answers is emitted on `req` as `proxyConnect`, with a `ConnectAnswer`. Rejects where the proxy refuses
 * or fails. What came together with its answer is the first to be read.
 */
export function openTunnel(
  proxyUrl: URL,
  options: ProxyConnectOptions,
  end: TunnelEnd,
  req: ClientRequest,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connectProxy(proxyUrl, options)
  let head = createGrowingHead()
  let informational = 0

  // Also for later: whoever hears of the answer may give up before anybody else listens.
  socket.on('error', reject)
  socket.on('data', take)
  socket.on('end', fail)
  socket.on('close', fail)
  socket.write(connectHead(proxyUrl, end))
  return promise

  function take(bytes: Uint8Array): void {
    for (let rest: Uint8Array | null = bytes; rest !== null; ) rest = takeHead(rest)
  }

  /** Answers with what follows an answer ahead of the proxy's; null while there is nothing. */
  function takeHead(bytes: Uint8Array): Uint8Array | null {
    const size = head.add(bytes)
    const { headBytes } = defaultLimits
    if (size === 0) refuse()
    else if ((size > 0 ? size : head.size()) > headBytes) refuse(tooLarge)
    else if (size > 0) return read(head.take(), size)
    return null
  }

  function read(came: Uint8Array, size: number): Uint8Array | null {
    const reading = readAnswerHead(came.subarray(0, size), 'CONNECT')
    const rest = came.subarray(size)
    if ('refusal' in reading) refuse(reading.refusal)
    else if (reading.status >= 200) answer(reading, rest)
    // [rfc9110] 15.2: the answer follows.
    else if (++informational > defaultLimits.informational) refuse(tooMany)
    else {
      head = createGrowingHead()
      return rest.length > 0 ? rest : null
    }
    return null
  }

  function answer({ status, statusText }: AnswerText, rest: Uint8Array): void {
    leave()
    tell({ statusCode: status, statusText })
    if (!isTunnel(status)) {
      giveUp(`the proxy answered ${status}`)
      return
    }
    // What comes next waits until there is somebody to read it.
    socket.pause()
    req.once('socket', (given: Socket) => given.resume())
    if (rest.length > 0) socket.unshift(rest)
    resolve(socket)
  }

  function refuse(refusal?: string): void {
    leave()
    tell({ statusCode: Number.NaN, ...(refusal !== undefined && { refusal }) })
    giveUp('the proxy answered what cannot be read')
  }

  function tell(said: ConnectAnswer): void {
    req.emit('proxyConnect', said)
  }

  function giveUp(words: string): void {
    socket.destroy()
    reject(new Error(words))
  }

  function fail(): void {
    leave()
    giveUp('the proxy ended the connection before its answer was complete')
  }

  function leave(): void {
    socket.off('data', take)
    socket.off('end', fail)
    socket.off('close', fail)
  }
}

const tooLarge = `its head is larger than ${formatLimit(defaultLimits.headBytes)}`
const tooMany = `more than ${defaultLimits.informational} informational answers stand ahead of it`

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
