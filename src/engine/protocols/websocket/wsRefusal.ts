// Says in words why an answer opens no WebSocket.

import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import type { Fault } from '../fault.ts'
import { publicUrl, saidUrl } from '../http/redirect.ts'
import { type Asked, statusHint, statusWords } from '../http/statusFault.ts'
import { fittingMethod } from '../stream/fittingMethod.ts'
import { wsHandshakeError } from './wsError.ts'

interface RefusingHead {
  readonly status: number
  /** What the status means by the standard. */
  readonly reason: string
  readonly headers: NamedValues
  /** Credentials went with the request. */
  readonly credentials: boolean
}

/** For an answer that `ws` has not opened on; `url` is what was asked. */
export function wsRefusal(head: RefusingHead, url: URL): Fault {
  const { status, reason, headers } = head
  if (status === 101) {
    return wsHandshakeError(new Error('101 without Connection: Upgrade and Upgrade: websocket'))
  }
  return {
    code: 'ws-handshake-refused',
    message: `The server refused the WebSocket handshake: ${statusWords(status, reason)}.`,
    ...hintFor(head, url),
    ...fittingMethod('handshake', { status, headers }),
  }
}

function hintFor(head: RefusingHead, url: URL): Pick<Fault, 'advice' | 'fields'> {
  const { status, headers } = head
  const location = headerValue(headers, 'location')
  if (status >= 300 && status < 400 && location !== null) {
    return { advice: redirectAdvice(location, url) }
  }
  return hints[status]?.(head) ?? statusHint(status, head)
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

const hints: Readonly<Record<number, (asked: Asked) => Pick<Fault, 'advice' | 'fields'>>> = {
  200: () => ({ advice: 'Check the path in the URL: this one answers plain HTTP requests.' }),
  403: ({ credentials }) => ({
    advice: credentials
      ? 'The server refuses the credentials that were sent, or wants the header Origin: "headers" in the profile.'
      : 'The server may want credentials or the header Origin: "auth" and "headers" in the profile.',
    fields: ['auth', 'headers'],
  }),
  426: () => ({ advice: 'The server wants another protocol or version.' }),
}
