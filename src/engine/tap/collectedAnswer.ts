// An answer that passes a tap and is told when it has ended, as far as it is kept.

import type { ResponseDetail } from '../../shared/frame/httpDetail.ts'
import { formatSize } from '../../shared/text/units.ts'
import { badEncoding } from '../protocols/http/httpFault.ts'
import { isEmptyAnswer, isServerTimeout } from '../protocols/polling/pace.ts'
import type { Annotation } from '../transports/http/exchange.ts'
import { createCollector } from '../transports/http/httpBody.ts'
import { answerDetail, heldMs, type ReadAnswer, type TapAnswer } from './answerDetail.ts'
import { createFramedBody } from './framedBody.ts'
import type { Asking } from './holds/asking.ts'
import { heldAnswer } from './holds/heldAnswer.ts'
import type { TapContext } from './tapContext.ts'
import { decodeWhole } from './wholeBody.ts'

export function createCollectedAnswer(context: TapContext, answer: ReadAnswer): TapAnswer {
  const { limits, taken, holding } = context
  const { request, codings, text } = answer
  const framed = createFramedBody(answer.bodyEnd)
  const collector = createCollector(limits.payloadBytes)
  let wireBytes = answer.headBytes
  /** Of the content, behind what was lost and with it. */
  let missed = 0
  let isCut = false
  /** Its body as on the wire, where it may be held. */
  let kept: Uint8Array[] | null = holding.keeps() ? [] : null
  let asking: Asking | null = null

  /** A body in a coding that is broken stays as it came. */
  function content(isComplete: boolean) {
    const raw = collector.take()
    const rawSize = collector.sizeBytes() + missed
    const isWhole = isComplete && !isCut && raw.length === rawSize
    if (codings.length === 0 || raw.length === 0)
      return { bytes: raw, sizeBytes: rawSize, error: null }
    const decoded = decodeWhole(raw, codings, { isWhole, maxBytes: limits.messageBytes })
    if (!decoded.ok) return { bytes: raw, sizeBytes: rawSize, error: decoded.error }
    const { bytes } = decoded
    const kept = bytes.subarray(0, limits.payloadBytes)
    return {
      bytes: kept,
      sizeBytes: isWhole ? bytes.length : Math.max(bytes.length, rawSize),
      error: null,
    }
  }

  function annotate(bytes: Uint8Array, sizeBytes: number): Annotation {
    const { purpose, repeated } = request.asked
    const judged =
      repeated === null || purpose === 'long-poll'
        ? {}
        : context.pollMemory(repeated, request.head.method).judge({ ...text }, bytes, sizeBytes)
    if (purpose === 'poll') return judged
    if (purpose !== 'long-poll') return {}
    const holdMs = heldMs(answer)
    const empty = isEmptyAnswer(text.status, sizeBytes)
    const timedOut = isServerTimeout(text.status, empty, holdMs)
    return { holdMs, empty, ...(timedOut && { serverTimeout: true }) }
  }

  function askingFor(seq: number, content: Uint8Array): Asking | null {
    const recorded = holding.recorded()
    if (kept === null || recorded?.seq !== seq) return null
    return heldAnswer({
      ...{ seq, connection: request.conversation.number, frames: request.frames, text, content },
      ...{ method: request.head.method, wire: Buffer.concat(kept), changes: answer.changes },
      recorded: {
        detail: recorded.detail as ResponseDetail,
        payload: recorded.payload?.slice() ?? null,
      },
    })
  }

  return {
    isStream: false,
    asking: () => asking,
    body(bytes) {
      wireBytes += bytes.length
      if (wireBytes > limits.payloadBytes) kept = null
      kept?.push(bytes.slice())
      const content = framed.feed(bytes)
      if (isCut) missed += content?.length ?? bytes.length
      else if (content !== null) collector.add(content)
      taken(bytes.length)
    },
    lost(bytes) {
      wireBytes += bytes
      missed += bytes
      isCut = true
      kept = null
      framed.lost()
    },
    over(by, at) {
      const isComplete = by === 'complete'
      const { bytes, sizeBytes, error } = content(isComplete)
      const isWhole = isComplete && error === null && bytes.length === sizeBytes
      const own = kept !== null && isWhole ? bytes.slice() : null
      const annotation = isComplete ? annotate(bytes, sizeBytes) : {}
      const trailers = framed.trailers()
      const detail = answerDetail(context, answer, request.asked.purpose, at, {
        ...annotation,
        ...(trailers.length > 0 && { trailers: context.secrets.hide(trailers, '') }),
        ...(bytes.length < sizeBytes && { truncatedAt: bytes.length }),
      })
      const seq = request.frames.crossed('response', 'in', detail, {
        ...{ at, sizeBytes, wireBytes, replyTo: request.seq },
        payload: bytes.length === 0 ? null : bytes,
      })
      asking = own && askingFor(seq, own)
      kept = null
      request.asked.over(at, heldMs(answer))
      if (error !== null) tellBroken(error, seq, at)
    },
  }

  function tellBroken(error: Error, seq: number, at: number): void {
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      const most = formatSize(limits.messageBytes)
      const message = `The body is more than ${most} when it is decompressed: it is recorded as it came.`
      request.frames.notice('tap-not-shown', message, { at, replyTo: seq })
    } else request.frames.error(badEncoding(codings, error), { at, replyTo: seq })
  }
}
