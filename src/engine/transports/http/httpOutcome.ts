// The outcome of a poll that failed or was answered with an error status.

import type { ErrorCode } from '../../../shared/frame/errorCodes.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Fault } from '../../protocols/fault.ts'
import { http2Only, wantsHttp2 } from '../../protocols/http/http2Only.ts'
import { parseRetryAfter } from '../../protocols/http/retryAfter.ts'
import { statusFault } from '../../protocols/http/statusFault.ts'
import { fittingMethod } from '../../protocols/stream/fittingMethod.ts'
import { now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { ConnectionIo, Outcome } from '../transport.ts'
import type { AnswerHead } from './exchange.ts'
import { statusReason } from './nodeHead.ts'

const lasting: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file-not-readable',
  'http2-only',
  'http2-unavailable',
  'message-too-large',
  'redirect-loop',
  'redirect-refused',
  'request-invalid',
  'tls-client-certificate',
  'tls-setup',
])

/** What an answer's status tells, and when to ask again. */
type StatusHead = Pick<AnswerHead, 'status' | 'headers'>

/** Trying again would meet the same. */
export function isLasting(fault: Fault): boolean {
  return lasting.has(fault.code)
}

/** After a fault that has been drawn. */
export function faultOutcome(fault: Fault): Outcome {
  return { kind: isLasting(fault) ? 'refused' : 'lost', message: fault.message }
}

/**
 * After an error status that will pass; null for any other. One that comes with a time to ask again will
 * pass, whatever it is: 403 at some limits of rates.
 */
export function passingOutcome(
  head: StatusHead,
  message: string,
  limits: Limits,
): Extract<Outcome, { kind: 'lost' }> | null {
  const fault = statusFault(head.status, statusReason(head.status))
  if (fault === null) return null
  const delayMs = retryAfterMs(head, limits)
  if (delayMs !== null && delayMs >= limits.minIntervalMs) {
    return { kind: 'lost', message, delayMs, reason: 'retry-after' }
  }
  if (fault.kind !== 'passing') return null
  // The server names a time that has passed or comes at once: no time to wait for, but it wants to be asked again.
  return { kind: 'lost', message, ...(delayMs !== null && { reason: 'back-off' }) }
}

/** An answer, and what was asked. */
interface AnsweredPoll {
  readonly head: AnswerHead
  /** As far as it is kept. */
  readonly body: Uint8Array
  readonly purpose: 'poll' | 'long-poll'
  /** Credentials went with the request. */
  readonly credentials: boolean
}

/** After an error status, which is drawn; null when it is none. */
export function statusOutcome(
  { head, body, purpose, credentials }: AnsweredPoll,
  io: ConnectionIo,
  limits: Limits,
): Outcome | null {
  const { status, headers } = head
  if (wantsHttp2(head, body)) {
    const fault = http2Only(head.url.host, false)
    connectionFrames(io).error(fault, { replyTo: head.requestSeq })
    return { kind: 'refused', message: fault.message }
  }
  const fault = statusFault(status, statusReason(status), { headers, credentials, body })
  if (fault === null) return null
  const { kind: _, ...told } = fault
  const { message } = fault
  const fits = fittingMethod(purpose, head)
  connectionFrames(io).error({ ...told, ...fits }, { replyTo: head.requestSeq })
  const passing = passingOutcome(head, message, limits)
  // The server is there: unlike a first connection that fails, a first answer that fails is asked again.
  return passing === null ? { kind: 'refused', message } : { reason: 'back-off', ...passing }
}

/** What the server's Retry-After asks for, as far as a timer reaches; null when it asks for nothing. */
export function retryAfterMs(head: StatusHead, limits: Limits): number | null {
  const delayMs = parseRetryAfter(headerValue(head.headers, 'retry-after'), now())
  return delayMs === null ? null : Math.min(Math.ceil(delayMs), limits.maxDelayMs)
}
