// The answer 503 that a tap gives on purpose: told as an answer of the server, with a frame that says whose it is.

import type { BodyEnd } from '../protocols/http/bodyLength.ts'
import { type OwnAnswer, ownAnswer } from './ownAnswer.ts'
import { copyOf, type Teller } from './teller.ts'

/** To the request that was told last. Answers with what is to be sent. */
export function tellUnavailable(
  teller: Teller,
  { id, at, method }: { readonly id: number; readonly at: number; readonly method: string },
  retryAfterSeconds: number | null,
): OwnAnswer {
  const fields = retryAfterSeconds === null ? [] : [`Retry-After: ${retryAfterSeconds}`]
  const { head, body } = ownAnswer(method, 503, 'Lifeline answers with 503 on purpose.', fields)
  const bodyEnd: BodyEnd = body.length === 0 ? { by: 'head' } : { by: 'length', bytes: body.length }
  const message = 'Lifeline answered with 503 in the server’s place.'
  teller.tell({ kind: 'fault', id, at, fault: 'unavailable', message })
  teller.tell({ kind: 'response', id, at, head: copyOf(head), changes: [], bodyEnd })
  if (body.length > 0) {
    teller.tell({ kind: 'body', id, from: 'server', at, bytes: copyOf(body) })
  }
  teller.tell({ kind: 'end', id, from: 'server', at })
  return { head, body }
}
