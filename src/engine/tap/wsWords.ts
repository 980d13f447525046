// Words about a WebSocket that passes a tap: what breaks its rules, and how it ended.

import type { NoticeCode } from '../../shared/frame/noticeCodes.ts'
import { formatLimit } from '../../shared/text/units.ts'
import type { Fault } from '../protocols/fault.ts'
import { frameFlaw } from '../protocols/websocket/brokenRules.ts'
import { abnormalClosure, wsError } from '../protocols/websocket/wsError.ts'
import type { Side, SocketFailure } from '../relay/relayEvents.ts'

export type WsWords =
  | { readonly kind: 'notice'; readonly code: NoticeCode; readonly message: string }
  | { readonly kind: 'error'; readonly fault: Fault & { readonly closeCode?: number } }

const who = { client: 'The program', server: 'The server' } as const
const rest = 'what follows from there is counted, and not shown'

/** What a reader has found wrong; all of it has passed the tap. */
export function wsFault(from: Side, error: Error, messageBytes: number): WsWords {
  const { code, cause } = wsError(error, messageBytes, false)
  if (code === 'message-too-large') {
    const message = `${who[from]} sent a message larger than ${formatLimit(messageBytes)}: ${rest}.`
    return { kind: 'notice', code: 'tap-not-shown', message }
  }
  const isText = code === 'ws-invalid-utf8'
  const isData = cause !== undefined && /^Z_\w+$/.test(cause)
  const words = isText
    ? 'sent text that is not valid UTF-8'
    : isData
      ? 'sent a message whose compressed data cannot be decompressed'
      : `breaks the rules of WebSocket: ${frameFlaw(error.message)}`
  return {
    kind: 'error',
    fault: {
      code,
      message: `${who[from]} ${words}; ${rest}.`,
      ...(cause !== undefined && { cause }),
    },
  }
}

export interface EndedSocket {
  readonly by: Side | 'relay'
  readonly failure: SocketFailure | null
  /** Who has sent a close frame. */
  readonly closed: Readonly<Record<Side, boolean>>
  readonly first: Side | null
}

/** Null where both have closed it, or the tap was stopped. */
export function endedSocket({ by, failure, closed, first }: EndedSocket): WsWords | null {
  if ((closed.client && closed.server) || by === 'relay') return null
  if (first !== null) {
    const other = first === 'client' ? 'server' : 'client'
    const message =
      by === other
        ? `${who[other]} ended the connection without answering the close frame.`
        : `${who[first]} ended the connection before its close frame was answered.`
    return { kind: 'notice', code: 'ws-close-unanswered', message }
  }
  if (by === 'client') {
    const cause = failure === null ? '' : ` (${failure.code})`
    const message = `The program ended the connection without a close frame${cause}.`
    return { kind: 'notice', code: 'tap-client-left', message }
  }
  return { kind: 'error', fault: abnormalClosure(failure?.code) }
}
