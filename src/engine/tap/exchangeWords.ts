// Words about an exchange that passes a tap: what comes ahead of its answer, what is wrong with it, who has left it.

import { formatSize } from '../../shared/text/units.ts'
import type { ReadHead } from '../protocols/http/answerHead.ts'
import { networkError } from '../protocols/http/networkError.ts'
import type { SocketFailure } from '../relay/relayEvents.ts'
import { informationalWords } from '../transports/http/nodeHead.ts'
import type { TapAnswer } from './answerDetail.ts'
import type { TapContext } from './tapContext.ts'
import type { ToldRequest } from './tapRequest.ts'

/** An informational answer. */
export function tellAhead(context: TapContext, told: ToldRequest, text: ReadHead): void {
  const headers = context.secrets.hide(text.headers, '')
  const { status: statusCode, statusText: statusMessage } = text
  const message = informationalWords({ statusCode, statusMessage, rawHeaders: headers.flat() })
  if (!context.isNews(`${told.url} ${message}`)) return
  told.frames.notice('http-informational', message, { direction: 'in', replyTo: told.seq })
}

/** What the server has sent behind the answer, which passes unread. */
export function tellBehind({ frames, seq }: ToldRequest, why: string, at: number): void {
  const message = `What came behind the answer is not read: ${why}. It passes as it is.`
  frames.notice('http-surplus', message, { direction: 'in', at, replyTo: seq })
}

export function tellFlaws(context: TapContext, told: ToldRequest, { flaws }: ReadHead): void {
  if (flaws.length === 0) return
  const message = `The head of the answer breaks the rules of HTTP: ${flaws.join('; ')}.`
  if (!context.isNews(`${told.url} ${message}`)) return
  told.frames.notice('http-flawed-head', message, { direction: 'in', replyTo: told.seq })
}

/** `answered`: the head of its answer had come. */
export function tellServerLeft(
  { server }: TapContext,
  told: ToldRequest,
  failure: SocketFailure | null,
  answered: boolean,
): void {
  // As Node says it.
  const words = answered ? 'aborted' : 'socket hang up'
  const { code, message } = failure ?? { code: 'ECONNRESET', message: words }
  const { host, secure, certified } = server
  const webSocket = told.asked.purpose === 'handshake'
  const place = { host, secure, certified, answered, webSocket }
  const fault = networkError(Object.assign(new Error(message), { code }), place)
  told.frames.error(fault, { replyTo: told.seq })
}

/** `answer`: what had begun to come. */
export function tellClientLeft(
  told: ToldRequest,
  answer: Pick<TapAnswer, 'isStream'> | null,
  at: number,
): void {
  const message =
    answer === null
      ? 'The program ended the connection before an answer came.'
      : answer.isStream
        ? 'The program has left the stream.'
        : 'The program ended the connection before the answer had come to its end.'
  told.frames.notice('tap-client-left', message, { at, replyTo: told.seq })
}

export function tellStreamEnded(told: ToldRequest, at: number): void {
  const message = 'The server has ended the stream.'
  told.frames.notice('tap-stream-ended', message, { at, replyTo: told.seq })
}

export function tellStopped(told: ToldRequest, at: number): void {
  const message = 'The tap ended the connection while the answer was still arriving.'
  told.frames.notice('stopped-in-body', message, { at, replyTo: told.seq })
}

export function tellLate(told: ToldRequest, bytes: number, at: number): void {
  const message = `${formatSize(bytes)} of the request’s body came behind the start of its answer, and are not in its frame.`
  told.frames.notice('tap-not-shown', message, { at, replyTo: told.seq })
}
