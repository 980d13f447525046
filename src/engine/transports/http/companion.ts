// A request beside the stream, drawn in the same timeline.

import { RpcError } from '../../../shared/calls/rpc.ts'
import type { CompanionRequest, Endpoint } from '../../../shared/endpoint/endpoint.ts'
import { sentFields } from '../../protocols/http/fieldBytes.ts'
import { connectionFrames } from '../connectionFrames.ts'
import { createNetwork } from '../network/network.ts'
import { targetOf } from '../network/target.ts'
import type { TransportOptions } from '../transport.ts'
import type { ExchangeIo } from './exchange.ts'
import { httpExchange } from './httpExchange.ts'
import { patienceOf } from './watchedHop.ts'

/** With a body of text or bytes; or what the profile keeps under a name. */
export type PlainRequest =
  | (Omit<CompanionRequest, 'body'> & { readonly body: string | Uint8Array | null })
  | { readonly saved: string }

const httpSchemes: Readonly<Record<string, string>> = { 'ws:': 'http:', 'wss:': 'https:' }

/**
 * Sends the request on a connection of its own and resolves with the sequence number of the last
 * frame about it: the response's, the error's, or the notice's that it was stopped. The endpoint's
 * headers are not sent along. Rejects with `bad-url` when the URL is none that can be asked, and with
 * `no-such-request`.
 */
export async function sendCompanion(
  asked: PlainRequest,
  options: TransportOptions,
  io: ExchangeIo,
): Promise<number> {
  const wished = 'saved' in asked ? savedRequest(asked.saved, options.resolved) : asked
  const { request: httpMethod, headers, body } = wished
  const url = companionUrl(wished.url, targetOf(options.resolved).request.url)
  const network = createNetwork(options)
  try {
    const result = await httpExchange(
      {
        purpose: 'companion',
        method: httpMethod.toUpperCase(),
        url,
        headers: sentFields(headers),
        body,
        ...patienceOf(options.resolved),
      },
      { network, limits: options.limits, io },
    )
    if (result.kind !== 'stopped') return result.seq
    const message = `The request to ${url.pathname} was stopped before its answer.`
    return connectionFrames(io).notice('companion-stopped', message)
  } finally {
    network.close()
  }
}

function savedRequest(name: string, { requests }: Endpoint): CompanionRequest {
  const saved = requests.find((request) => request.name === name)
  if (!saved) throw new RpcError('no-such-request', `The profile has no request “${name}”.`)
  return saved
}

function companionUrl(text: string, base: URL): URL {
  // `protocol` cannot be set from ws: to http:, which count as equal in kind only in the standard.
  const scheme = httpSchemes[base.protocol] ?? base.protocol
  const start = `${scheme}${base.href.slice(base.protocol.length)}`
  if (!URL.canParse(text, start)) {
    throw new RpcError('bad-url', `"${text}" is no URL and no path on the endpoint's server.`)
  }
  const url = new URL(text, start)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new RpcError('bad-url', 'A companion request needs an http: or https: URL, or a path.')
  }
  return url
}
