// Says in words why an answer opens no WebSocket.

import type { Fault } from '../fault.ts'
import { publicUrl, saidUrl } from '../http/redirect.ts'
import { statusFault, statusWords } from '../http/statusFault.ts'
import { wsHandshakeError } from './wsError.ts'

interface RefusingHead {
  readonly status: number
  /** What the status means by the standard. */
  readonly reason: string
  /** The header field. */
  readonly location: string | undefined
}

/** For an answer that `ws` has not opened on; `url` is what was asked. */
export function wsRefusal({ status, reason, location }: RefusingHead, url: URL): Fault {
  if (status === 101) {
    return wsHandshakeError(new Error('101 without Connection: Upgrade and Upgrade: websocket'))
  }
  const advice = adviceFor(status, location, url)
  return {
    code: 'ws-handshake-refused',
    message: `The server refused the WebSocket handshake: ${statusWords(status, reason)}.`,
    ...(advice !== undefined && { advice }),
  }
}

function adviceFor(status: number, location: string | undefined, url: URL): string | undefined {
  if (status >= 300 && status < 400 && location !== undefined) {
    return redirectAdvice(location, url)
  }
  return advice[status] ?? statusFault(status, '')?.advice
}

function redirectAdvice(location: string, from: URL): string {
  const rule = 'WebSocket clients do not follow redirects.'
  if (!URL.canParse(location, from.href)) return rule
  const to = new URL(location, from.href)
  if (!/^(?:https?|wss?):$/.test(to.protocol)) return rule
  const target = saidUrl(to).replace(/^http/, 'ws')
  return publicUrl(to).replace(/^http/, 'ws') === publicUrl(from)
    ? `${rule} This one leads back to the same URL: the server may want a cookie, a header or https.`
    : `${rule} Connect to ${target} instead.`
}

const advice: Readonly<Record<number, string>> = {
  200: 'Check the path in the URL: this one answers plain HTTP requests.',
  403: 'The server may want credentials or the header Origin: "auth" and "headers" in the profile, --bearer, --user or --header on the command line.',
  426: 'The server wants another protocol or version.',
}
