// The answer 503 that a tap gives on purpose: told as an answer of the server, with a frame that says whose it is.

import { type OwnAnswer, ownAnswer } from './ownAnswer.ts'
import { copyOf, type Teller } from './teller.ts'

/** To the request that was told last. Answers with what is to be sent. */
export function tellUnavailable(
  teller: Teller,
  { id, at }: { readonly id: number; readonly at: number },
  retryAfterSeconds: number | null,
): OwnAnswer {
  const fields = retryAfterSeconds === null ? [] : [`Retry-After: ${retryAfterSeconds}`]
  const answer = ownAnswer(503, 'Lifeline answers with 503 on purpose.', fields)
  const bodyEnd = { by: 'length', bytes: answer.body.length } as const
  const message = 'Lifeline answered with 503 in the server’s place.'
  teller.tell({ kind: 'fault', id, at, fault: 'unavailable', message })
  teller.tell({ kind: 'response', id, at, head: copyOf(answer.head), changes: [], bodyEnd })
  teller.tell({ kind: 'body', id, from: 'server', at, bytes: copyOf(answer.body) })
  teller.tell({ kind: 'end', id, from: 'server', at })
  return answer
}
