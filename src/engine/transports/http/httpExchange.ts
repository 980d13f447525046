// One HTTP exchange with the redirects it is sent on, each drawn as a request and a response of its own.

import type { Fault, OrFault } from '../../protocols/fault.ts'
import { ofOtherUrl } from '../../protocols/http/ofOtherUrl.ts'
import { type HttpRequest, nextHop, publicUrl, saidUrl } from '../../protocols/http/redirect.ts'
import { connectionFrames } from '../connectionFrames.ts'
import { readBodyFile } from '../profileFiles.ts'
import type { AnswerHead, BodyPlan, ExchangeContext, HopResult, Reading } from './exchange.ts'
import { type Patience, watchedHop } from './watchedHop.ts'

/** A request, and how to treat its answer. By default a body is collected and nothing is added. */
export type ExchangeRequest = HttpRequest &
  Partial<Patience> & { readonly bodyFile?: string | null } & Pick<
    Reading,
    'purpose' | 'timeoutMs'
  > &
  Partial<Pick<Reading, 'plan' | 'annotate' | 'sent' | 'unanswered'>>

const collect: BodyPlan = { kind: 'collect' }

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
  let isFirst = true
  let hop: HttpRequest = request
  let repeated = false
  if (typeof request.bodyFile === 'string') {
    const body = await readBodyFile(request.bodyFile, context.limits)
    if (!body.ok) return refuse(body.fault, null)
    hop = { ...hop, body: body.value }
  }
  for (;;) {
    const from = hop
    const asked = keyOf(hop)
    // `plan` sets it: without the cast the checker takes it for null all along.
    let next = null as OrFault<HttpRequest> | null
    let again = false as boolean
    const result = await watchedHop(
      hop,
      {
        purpose: request.purpose,
        timeoutMs: request.timeoutMs,
        ...(request.sent && isFirst && { sent: request.sent }),
        repeated,

        ...(request.unanswered && { unanswered: request.unanswered }),
        plan(head) {
          const digest = context.network.digestFor(from.url)
          again = digest?.takeAnswer(head.status, head.headers) ?? false
          if (again) return { ...collect, stopAtBytes: context.limits.refusalBytes }
          next = nextHop(from, head.status, head.headers, context.network.holdsSecret)
          return (next === null ? request.plan?.(head) : null) ?? collect
        },
        annotate(head, body, sizeBytes) {
          if (again) return {}
          if (next === null) return request.annotate?.(head, body, sizeBytes) ?? {}
          return next.ok ? { redirectTo: publicUrl(next.value.url) } : {}
        },
      },
      context,
      request,
    )
    // At most once in a row: the new connection is none that was kept, or the pool runs empty.
    repeated = result.kind === 'stale'
    if (result.kind === 'stale') continue
    if (result.kind !== 'answered') return result
    isFirst = false
    if (again) continue
    if (next === null) return result
    if (!next.ok) return refuse(next.fault, result.head)
    visited.add(asked)
    if (visited.has(keyOf(next.value))) {
      return refuse(
        loop(`The server redirects in a circle, back to ${saidUrl(next.value.url)}.`),
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
    hop = next.value
  }

  /** With its cookies, for many a server sets one and sends the client back to the same URL. */
  function keyOf({ method, url }: HttpRequest): string {
    const cookies = context.network.cookies?.addTo([], url) ?? []
    return [method, url.href, ...cookies.flat()].join(' ')
  }

  function refuse(found: Fault, head: AnswerHead | null): ExchangeResult {
    const fault = request.purpose === 'companion' ? ofOtherUrl(found) : found
    const place = { direction: head ? 'in' : 'local', replyTo: head?.requestSeq ?? null } as const
    const seq = connectionFrames(context.io).error(fault, place)
    return { kind: 'failed', fault, seq, head }
  }
}

function loop(message: string): Fault {
  return {
    code: 'redirect-loop',
    message,
    advice: 'Check whether the server wants a cookie, a header or another URL.',
    fields: ['url'],
  }
}
