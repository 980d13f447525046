// Tells whether a request may be sent again on a new connection, and in what words.

import { isRepeatable } from '../../protocols/stream/streamFormat.ts'
import { ExchangeFailure, type SentRequest } from '../sentRequest.ts'
import type { PlannedHop } from './hopPlan.ts'

const staleWords = 'The server had closed the kept connection: the request goes out on a new one.'

/** What is said of a request that may be sent again on a new connection; null where it may not. */
export function repeatWords(
  req: SentRequest,
  error: Error,
  { meter, reading }: Pick<PlannedHop, 'meter' | 'reading'>,
): string | null {
  if (error instanceof ExchangeFailure) {
    if (!error.unprocessed || reading.repeated === true) return null
    return `The server did nothing with the request (${error.fault.cause}): it goes out again on a new connection.`
  }
  const isUnanswered = req.http2 ? req.http2.headAt() === null : meter.bytesIn() === 0
  return isUnanswered && wasStale(req, error) ? staleWords : null
}

/**
 * Whether a request that got no byte of an answer met a kept connection that the peer was closing,
 * and may be sent again. [rfc9110] 9.2.2, 9.3.1
 */
function wasStale(req: SentRequest, error: Error): boolean {
  if (!req.reusedSocket || !isRepeatable(req.method)) return false
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}
