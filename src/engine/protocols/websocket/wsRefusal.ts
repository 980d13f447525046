// Says in words why an answer opens no WebSocket.

import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
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
  /** What came of its body. */
  readonly body: Uint8Array
  /** Credentials went with the request. */
  readonly credentials: boolean
}

/** For an answer that `ws` has not opened on; `url` is what was asked. */
export function wsRefusal(head: RefusingHead, url: URL): Fault {
  const { status, reason, headers } = head
  if (status === 101) {
    return wsHandshakeError(new Error('it lacks Connection: Upgrade or Upgrade: websocket'))
  }
  return {
    code: 'ws-handshake-refused',
    message:
      status < 300
        ? `The server opened no WebSocket: it answered ${statusWords(status, reason)}.`
        : `The server refused the WebSocket handshake: ${statusWords(status, reason)}.`,
    ...hintFor(head, url),
    ...fittingMethod('handshake', { status, headers }),
  }
}

function hintFor(head: RefusingHead, url: URL): Hint {
  const { status, headers } = head
  const location = headerValue(headers, 'location')
  if (status >= 300 && status < 400 && location !== null) {
    return redirectHint(location, url)
  }
  return hints[status]?.(head) ?? statusHint(status, head)
}

function redirectHint(location: string, from: URL): Hint {
  const rule = 'WebSocket clients do not follow redirects.'
  const fields = ['url']
  if (!URL.canParse(location, from.href)) return { advice: rule, fields }
  const to = new URL(location, from.href)
  if (!/^(?:https?|wss?):$/.test(to.protocol)) return { advice: rule, fields }
  const target = publicUrl(to).replace(/^http/, 'ws')
  if (target === publicUrl(from)) {
    const words = 'This one leads back to the same URL: the server may want a cookie, a header'
    return { advice: `${rule} ${words} or https.`, fields }
  }
  const said = saidUrl(to).replace(/^http/, 'ws')
  return { advice: `${rule} Connect to ${said} instead.`, fields, target }
}

type Hint = Pick<Fault, 'advice' | 'fields' | 'target' | 'speaksTls'>

const hints: Readonly<Record<number, (asked: Asked) => Hint>> = {
  200: () => ({
    advice: 'Check the path in the URL: this one answers plain HTTP requests.',
    fields: ['url'],
  }),
  403: ({ credentials }) => ({
    advice: credentials
      ? 'The server refuses the credentials that were sent, or wants the header Origin: "headers" in the profile.'
      : 'The server may want credentials or the header Origin: "auth" and "headers" in the profile.',
    fields: ['auth', 'headers'],
  }),
  426: ({ headers }) => {
    const version = headerValue(headers, 'sec-websocket-version')
    if (version === null) return statusHint(426, { headers, credentials: false })
    const said = cutText(version, 30)
    return { advice: `The server wants another version of WebSocket: ${said}. Lifeline speaks 13.` }
  },
}
