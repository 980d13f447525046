// Cues of what a capture sent, to be sent again, and what came in answer. Payloads stay in the capture.

import type { ClientMethod } from '../../../shared/endpoint/endpoint.ts'
import type { Frame, FrameOf } from '../../../shared/frame/frame.ts'
import type { SessionPlan } from '../../../shared/session/sessionPlan.ts'

export interface Sends {
  /** In their order. */
  readonly cues: readonly SendCue[]
  /** Of the server to which all of them went: `https://api.example.com`; empty without any. */
  readonly origin: string
  readonly counts: SendCounts
  /** The secrets for which references stand in them; `header`: the field in which, in lower case, null elsewhere. */
  readonly secrets: readonly { readonly name: string; readonly header: string | null }[]
}

/** The names of those that the plan does not give, neither as values nor by a field of the same name. */
export function neededSecrets(
  { secrets }: Pick<Sends, 'secrets'>,
  plan: Pick<SessionPlan, 'secrets' | 'resolved'>,
): readonly string[] {
  const { auth, headers } = plan.resolved
  const given = new Set(headers.map(([name]) => name.toLowerCase()))
  if (auth !== null && auth.type !== 'apiKey') given.add('authorization')
  if (auth?.type === 'apiKey' && auth.in === 'header') given.add(auth.name.toLowerCase())
  const missing = secrets.filter(
    ({ name, header }) =>
      !given.has(header ?? '') && !plan.secrets.some((secret) => secret.name === name),
  )
  return [...new Set(missing.map(({ name }) => name))]
}

export interface SendCounts {
  readonly requests: number
  readonly sockets: number
  readonly messages: number
  /** Requests by a method that changes something, and messages. */
  readonly effects: number
  /** Of another origin. */
  readonly elsewhere: number
  /** Kept only in part. */
  readonly cut: number
  /** Beyond `sendLimits.cues`. */
  readonly beyond: number
}

/** `at`: since the first frame that counts, in ms. */
export type SendCue =
  | { readonly kind: 'request'; readonly at: number; readonly of: SentRequest }
  | ({ readonly kind: 'message'; readonly at: number; readonly of: SentRequest } & SentMessage)
  | {
      readonly kind: 'close'
      readonly at: number
      readonly of: SentRequest
      readonly code: number
      readonly reason: string
    }

export interface SentMessage {
  readonly seq: number
  readonly type: 'text' | 'binary'
  /** So many messages of the server came before. */
  readonly after: number
}

/** A request, or the handshake of a WebSocket. */
export interface SentRequest {
  readonly frame: FrameOf<'request'>
  readonly isSocket: boolean
  /** Null where none was recorded: what comes is compared with nothing. */
  readonly answer: FrameOf<'response'> | null
  /** Events, records or messages that came, in order, as far as they are compared. */
  readonly items: readonly ReceivedItem[]
  /** Of all that came. */
  readonly itemCount: number
  /** The stream or conversation was ended by the server. */
  readonly isEnded: boolean
  /** By which the server closed a WebSocket; null where it did not. */
  readonly closeCode: number | null
  /** How long the stream or conversation was open, in ms. */
  readonly lengthMs: number
}

export interface ReceivedItem {
  readonly seq: number
  readonly kind: Frame['kind']
  /** `text` or `binary`, or the type of an event. */
  readonly type: string
  readonly isCut: boolean
}

/** What the session is called by: the sort of most that it does. */
export function methodOf({ cues, counts }: Pick<Sends, 'cues' | 'counts'>): ClientMethod {
  if (counts.requests === 0) return 'websocket'
  const streams = cues.filter(({ kind, of }) => kind === 'request' && of.itemCount > 0)
  return streams.length > counts.requests / 2 ? 'sse' : 'polling'
}
