// One HTTP exchange with the redirects it is sent on, each drawn as a request and a response of its own.

import type { Fault } from '../protocols/networkError.ts'
import { type Hop, nextHop, publicUrl } from '../protocols/redirect.ts'
import { headerValue } from '../protocols/requestHeaders.ts'
import { now } from './clock.ts'
import type { AnswerHead, ExchangeContext, HopResult, Reading } from './exchange.ts'
import { remark } from './httpFrames.ts'
import { httpHop } from './httpHop.ts'

/** A request, and how to treat its answer. By default a body is collected and nothing is added. */
export type ExchangeRequest = Hop &
  Pick<Reading, 'purpose' | 'timeoutMs'> &
  Partial<Pick<Reading, 'plan' | 'annotate'>>

/** How an exchange ended; what failed has been drawn. */
export type ExchangeResult = Exclude<HopResult, { kind: 'stale' }>

/**
 * Asks, follows redirects and resolves when the last answer is complete. Frames are emitted on the
 * way. `plan` and `annotate` see the answers that are not followed. The timeout counts anew for each
 * request. Rejects only for our own fault.
 */
export async function httpExchange(
  request: ExchangeRequest,
  context: ExchangeContext,
): Promise<ExchangeResult> {
  const visited = new Set<string>()
  let hop: Hop = request
  for (;;) {
    visited.add(`${hop.method} ${hop.url.href}`)
    const current = hop
    const follow = (head: AnswerHead) =>
      nextHop(current, head.status, headerValue(head.headers, 'location'))
    const result = await httpHop(
      hop,
      {
        purpose: request.purpose,
        timeoutMs: request.timeoutMs,
        plan: (head) =>
          (follow(head) ? { kind: 'collect' } : request.plan?.(head)) ?? { kind: 'collect' },
        annotate(head, body, sizeBytes) {
          const next = follow(head)
          if (next === null) return request.annotate?.(head, body, sizeBytes) ?? {}
          return 'code' in next ? {} : { redirectTo: publicUrl(next.url) }
        },
      },
      context,
    )
    // At most once in a row: the new connection is none that was kept, or the pool runs empty.
    if (result.kind === 'stale') continue
    if (result.kind !== 'answered') return result
    const next = follow(result.head)
    if (next === null) return result
    if ('code' in next) return refuse(next, result.head)
    if (visited.has(`${next.method} ${next.url.href}`)) {
      return refuse(
        loop(`The server redirects in a circle, back to ${publicUrl(next.url)}.`),
        result.head,
      )
    }
    if (visited.size > context.limits.redirects) {
      return refuse(
        loop(`The server redirected more than ${context.limits.redirects} times.`),
        result.head,
      )
    }
    if (context.io.signal.aborted) return { kind: 'stopped' }
    hop = next
  }

  function refuse(fault: Fault, head: AnswerHead): ExchangeResult {
    const { io } = context
    const place = { at: now(), connection: io.connection, replyTo: head.requestSeq }
    const { code, ...detail } = fault
    return { kind: 'failed', fault, seq: io.emit(remark('error', 'in', code, detail, place)), head }
  }
}

function loop(message: string): Fault {
  return {
    code: 'redirect-loop',
    message,
    advice: 'Check whether the server wants a cookie, a header or another URL.',
  }
}
