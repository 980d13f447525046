// The contract of an answer that passes a tap, and the detail of its frame.

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { FieldChange, ResponseDetail, Timings } from '../../shared/frame/httpDetail.ts'
import type { AnswerText } from '../protocols/http/answerHead.ts'
import type { BodyEnd } from '../protocols/http/bodyLength.ts'
import { fieldText, receivedFields } from '../protocols/http/fieldBytes.ts'
import { msBetween } from '../transports/clock.ts'
import type { Annotation } from '../transports/http/exchange.ts'
import { knownCodings } from '../transports/http/httpBody.ts'
import type { Asking } from './holds/asking.ts'
import type { TapContext } from './tapContext.ts'
import type { ToldRequest } from './tapRequest.ts'

/** What ended it: its own end, the server, the program, or the tap. */
export type AnswerEnd = 'complete' | 'server' | 'client' | 'relay'

/** Ends with one call of `over`. */
export interface TapAnswer {
  /** It may go on for as long as the program listens. */
  readonly isStream: boolean
  /** The next bytes of its body, as on the wire. They are taken when they have been worked off. */
  body(bytes: Uint8Array, at: number): void
  lost(bytes: number): void
  over(by: AnswerEnd, at: number): void
  /** When it is over: what it was, where that was kept to be held. */
  asking(): Asking | null
}

/** An answer whose head has come. */
export interface ReadAnswer {
  readonly text: AnswerText
  readonly request: ToldRequest
  readonly bodyEnd: BodyEnd
  readonly changes: readonly FieldChange[]
  /** Of its first byte, epoch ms. */
  readonly at: number
  /** Its head and what came ahead of it. */
  readonly headBytes: number
  /** Of the connection that was made for it. */
  readonly dialled: Timings
  readonly reused: boolean
  readonly remoteAddress: string | null
  /** In the order of their removal. */
  readonly codings: readonly string[]
}

/** All that has to be removed of the body, in that order; none where one is not known. */
export function codingsOf({ headers }: AnswerText): readonly string[] {
  return knownCodings(headerValue(headers, 'content-encoding')) ?? []
}

/** How long the server held the request. */
export function heldMs({ at, request }: ReadAnswer): number {
  return Math.max(0, msBetween(request.sentAt, at))
}

/** `endedAt` is null for a stream. */
export function answerDetail(
  { secrets }: TapContext,
  answer: ReadAnswer,
  purpose: ResponseDetail['purpose'],
  endedAt: number | null,
  annotation: Annotation & Pick<ResponseDetail, 'trailers' | 'truncatedAt'>,
): ResponseDetail {
  const { text, request, codings, remoteAddress, changes } = answer
  const { startedAt } = request
  const received = receivedFields(text.headers)
  return {
    purpose,
    status: text.status,
    statusText: fieldText(text.statusText),
    httpVersion: text.httpVersion,
    ...received,
    headers: secrets.hide(received.headers, headerValue(text.headers, 'location') ?? ''),
    timings: {
      ...answer.dialled,
      sentMs: msBetween(startedAt, request.sentAt),
      firstByteMs: msBetween(startedAt, answer.at),
      ...(endedAt !== null && { totalMs: msBetween(startedAt, endedAt) }),
    },
    reused: answer.reused,
    ...(remoteAddress !== null && { remoteAddress }),
    ...(codings.length > 0 && { contentEncoding: [...codings].reverse().join(', ') }),
    ...redirect(text, request.url),
    ...annotation,
    ...(changes.length > 0 && { changes: secrets.hideChanges(changes) }),
  }
}

/** [rfc9110] 15.4 */
function redirect(
  { status, headers }: AnswerText,
  url: string,
): Pick<ResponseDetail, 'redirectTo'> {
  const location = headerValue(headers, 'location')
  const leads = [301, 302, 303, 307, 308].includes(status)
  if (!leads || location === null || !URL.canParse(location, url)) return {}
  return { redirectTo: new URL(location, url).href }
}
