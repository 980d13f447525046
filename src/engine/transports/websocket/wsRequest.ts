// The request that opens a WebSocket, as `ws` takes it, and the fault of one that cannot be sent.

import type { ClientRequest } from 'node:http'
import type { ClientOptions, PerMessageDeflateOptions } from 'ws'
import type { Compression, Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import type { Fault } from '../../protocols/fault.ts'
import { byName } from '../http/httpRequest.ts'
import type { NetworkOptions } from '../network/network.ts'
import { SetupError } from '../network/setupError.ts'

/** How long the peer may take to answer our close frame, or to close the socket after its own. */
export const closeTimeoutMs = 2000

/** What the type declarations of `ws` lack: new options, Node's own, header fields with several values. */
type WsOptions = Omit<ClientOptions, 'headers' | 'checkServerIdentity' | 'finishRequest'> &
  NetworkOptions & {
    readonly closeTimeout: number
    readonly maxHeaderSize: number
    readonly headers: Readonly<Record<string, string | string[]>>
    finishRequest(request: ClientRequest): void
  }

/** `finishRequest` gets the request before it is sent, and ends it. */
export function clientOptions(
  network: NetworkOptions,
  headers: NamedValues,
  { compression }: Pick<Endpoint, 'compression'>,
  limits: Limits,
  finishRequest: WsOptions['finishRequest'],
): WsOptions {
  return {
    ...network,
    headers: headersOf(headers),
    // The pong is sent by us, after the ping has been recorded.
    autoPong: false,
    closeTimeout: closeTimeoutMs,
    perMessageDeflate: deflateOptions(compression),
    // `ws` keeps it in 32 bits.
    maxPayload: Math.min(limits.messageBytes, 2 ** 31 - 1),
    maxHeaderSize: limits.headBytes,
    finishRequest,
  }
}

/** As `ws` takes it: parameters that are not offered must be absent. [rfc7692] 7.1 */
function deflateOptions(compression: Compression | null): false | PerMessageDeflateOptions {
  if (compression === null) return false
  const { serverNoContextTakeover, clientNoContextTakeover } = compression
  const { serverMaxWindowBits, clientMaxWindowBits } = compression
  return {
    ...(serverNoContextTakeover && { serverNoContextTakeover }),
    ...(clientNoContextTakeover && { clientNoContextTakeover }),
    ...(serverMaxWindowBits !== null && { serverMaxWindowBits }),
    ...(clientMaxWindowBits !== null && { clientMaxWindowBits }),
  }
}

/** `http:` and `https:` mean the same as `ws:` and `wss:`; a fragment never leaves the client. */
export function webSocketUrl(from: URL): URL {
  const url = new URL(from)
  if (url.protocol === 'http:') url.protocol = 'ws:'
  if (url.protocol === 'https:') url.protocol = 'wss:'
  url.hash = ''
  return url
}

/** The user's header fields, and the name of the client where they hold none. */
export function headersOf(fields: NamedValues): Record<string, string | string[]> {
  const headers = byName(fields)
  const named = fields.some(([name]) => name.toLowerCase() === 'user-agent')
  return named ? headers : { 'User-Agent': 'Lifeline', ...headers }
}

/** What `ws`, Node or a proxy's URL refuses before anything leaves: the user's fault, told in the timeline. */
export function unsendableHandshake(error: unknown): Fault {
  if (error instanceof SetupError) return error.fault
  if (!(error instanceof Error)) throw error
  const cause = 'code' in error ? String(error.code) : error.name
  // `ws` throws a SyntaxError for the URL and the subprotocols, Node a coded error for header fields.
  if (!('code' in error) && !(error instanceof SyntaxError)) throw error
  return {
    code: 'request-invalid',
    message: `The handshake cannot be sent: ${error.message}`,
    cause,
  }
}
