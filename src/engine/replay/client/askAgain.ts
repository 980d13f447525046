// Sends a recorded request again and reads its answer, which may be a stream.

import { lastValue } from '../../../shared/frame/headerFields.ts'
import { multipartBoundary } from '../../protocols/stream/multipart.ts'
import { streamFormat } from '../../protocols/stream/streamFormat.ts'
import { connectionFrames } from '../../transports/connectionFrames.ts'
import type { AnswerHead, BodyPlan } from '../../transports/http/exchange.ts'
import { patienceOf, watchedHop } from '../../transports/http/watchedHop.ts'
import { createStreamFrames } from '../../transports/stream/streamFrames.ts'
import { checkedEmit, type ExchangeContext, patienceMs } from './context.ts'
import type { RequestAgain } from './requestAgain.ts'
import type { SentRequest } from './sends.ts'

/** Resolves when the answer is complete, or the stream was left. */
export async function askAgain(
  of: SentRequest,
  request: RequestAgain & { readonly body: Uint8Array | null },
  context: ExchangeContext,
  onStream: () => void,
): Promise<void> {
  const { plan, io, check, connection, network, speed } = context
  const { limits, resolved } = plan
  const leaving = new AbortController()
  let cancel = () => {}
  let isStream = false
  const leave = () => leaving.abort('All that was recorded of the stream has come.')
  const emit = checkedEmit(context, () => {
    if (isStream && !of.isEnded && of.itemCount > 0 && check.items >= of.itemCount) leave()
  })
  const own = {
    connection,
    emit,
    wire: io.wire,
    signal: AbortSignal.any([io.signal, leaving.signal]),
  }

  function planFor(head: AnswerHead): BodyPlan {
    const format = streamFormat(of.answer?.detail.stream ?? 'auto', head, false)
    if (format === null) return { kind: 'collect' }
    isStream = true
    onStream()
    const isQuiet = !of.isEnded && of.itemCount === 0
    const waitMs = isQuiet && speed > 0 ? of.lengthMs / speed : patienceMs(of, context)
    cancel = io.timers.after(waitMs, leave)
    const frames = createStreamFrames(format, own, {
      limits,
      state: { lastEventId: null, reconnectMs: 0, invalidNoted: false, hadItems: false },
      boundary: multipartBoundary(lastValue(head.headers, 'content-type') ?? ''),
      onTooLarge(fault) {
        connectionFrames(own).error(fault, { replyTo: head.requestSeq })
        leave()
      },
    })
    return {
      kind: 'stream',
      ...(format !== 'sse' && { annotation: { stream: format } }),
      chunk: frames.feed,
      waiting: frames.waiting,
      over: frames.over,
    }
  }

  try {
    const { purpose } = of.frame.detail
    const reading = { purpose, ...patienceOf(resolved), plan: planFor, annotate: () => ({}) }
    for (let repeated = false; ; repeated = true) {
      const hop = { ...reading, repeated }
      const result = await watchedHop(
        request,
        hop,
        { network, limits, io: own },
        patienceOf(resolved),
      )
      // The kept connection was closed; a second time it is a new one.
      if (result.kind !== 'stale' || repeated) return
    }
  } finally {
    cancel()
    check.over()
  }
}
