// Turns what `ws` finds wrong with a peer's frames or handshake into a stable code and plain words.

import { formatDelay, formatLimit } from '../../../shared/text/units.ts'
import type { Fault } from '../fault.ts'
import { frameFlaw, handshakeFlaw } from './brokenRules.ts'

/**
 * The fault behind an error of an open WebSocket. `messageBytes` is the limit that may have bitten; `closing`
 * says that it is the server's close frame that is wrong.
 */
export function wsError(error: Error, messageBytes: number, closing: boolean): Fault {
  const cause = 'code' in error && typeof error.code === 'string' ? error.code : error.message
  switch (cause) {
    case 'WS_ERR_INVALID_UTF8':
      // [rfc6455] 8.1
      return {
        code: 'ws-invalid-utf8',
        message: closing
          ? 'The reason in the server’s close frame is not valid UTF-8; it was answered with 1007.'
          : 'The server sent text that is not valid UTF-8; the connection was closed with 1007.',
        ...(closing && { advice: 'Let the server encode the reason as UTF-8, or leave it out.' }),
        cause,
      }
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
      return {
        code: 'message-too-large',
        message: `A message is larger than ${formatLimit(messageBytes)}; the connection was closed with 1009.`,
        cause,
      }
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return {
        code: 'message-too-large',
        message:
          'A message came in more parts than Lifeline keeps; the connection was closed with 1008.',
        cause,
      }
    default:
      return {
        code: 'ws-protocol-error',
        message: isData(cause)
          ? 'The server sent a message whose compressed data cannot be decompressed.'
          : `The server breaks the rules of WebSocket: ${frameFlaw(error.message)}.`,
        cause,
      }
  }
}

/** A finding of zlib. [rfc7692] 7.2.2 */
function isData(cause: string): boolean {
  return /^Z_\w+$/.test(cause)
}

/** A connection that ended without a close frame; `cause` is the system's code. [rfc6455] 7.1.5 */
export function abnormalClosure(cause: string | undefined) {
  return {
    code: 'ws-abnormal-closure',
    message: 'The connection was lost without a close frame.',
    closeCode: 1006,
    advice:
      'Look at the log of the server, which may have crashed, and at the network: a proxy may cut what is idle for long.',
    ...(cause !== undefined && { cause }),
  } satisfies Fault & { readonly closeCode: number }
}

/** A ping without its pong: for how long, and whether the server has sent anything else meanwhile. */
export interface Silence {
  readonly waitedMs: number
  readonly talking: boolean
}

/** [rfc6455] 5.5.2: a ping must be answered. */
export function noPong({ waitedMs, talking }: Silence): Fault {
  const waited = formatDelay(waitedMs)
  return {
    code: 'ws-no-pong',
    message: talking
      ? `No pong has answered a ping within ${waited}, though the server still sends: it does not answer pings, or too late.`
      : `No pong has come within ${waited} of a ping: the server is gone or hangs, though the connection looks open.`,
    advice: 'If the server is only slow, set a longer "pingInterval" in the profile.',
    fields: ['pingInterval'],
  }
}

/** What `ws` says about an answer that accepts the handshake but breaks its rules. [rfc6455] 4.1 */
export function wsHandshakeError(error: Error): Fault {
  const isAboutSubprotocols = /subprotocol/.test(error.message)
  return {
    code: 'ws-protocol-error',
    message: `The answer to the handshake breaks the rules of WebSocket: ${handshakeFlaw(error.message)}.`,
    ...(isAboutSubprotocols
      ? {
          advice: 'Correct "subprotocols" in the profile, or leave them out.',
          fields: ['subprotocols'],
        }
      : { advice: 'Correct the answer of the server, or of the proxy that changes it.' }),
    cause: error.message,
  }
}
