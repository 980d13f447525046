// The outcome of a stream that was accepted, when it has ended, broken off, or never begun.

import type { Fault } from '../../protocols/fault.ts'
import type { AnswerFormat } from '../../protocols/stream/streamFormat.ts'
import { faultOutcome } from '../http/httpOutcome.ts'
import type { Outcome } from '../transport.ts'
import type { StreamFrames } from './streamFrames.ts'

export interface StreamOver {
  /** What broke it off. */
  readonly fault: Fault | null
  /** Null where no stream began. */
  readonly frames: Pick<StreamFrames, 'hasItems' | 'errorTold'> | null
  /** The format where `EventSource` was not asked about it. */
  readonly readAs: AnswerFormat | null
  /** The request had left. */
  readonly hasLeft: boolean
  /** A stream of the session has brought an event or a record. */
  readonly hadItems: boolean
}

export interface StreamAsked {
  readonly method: string
  readonly repeatable: boolean
  /** It comes back as a browser does. */
  readonly asBrowser: boolean
  /** Until the next request. */
  readonly delayMs: number
}

/** Whether it is asked for again decides what was asked, the format, and whether an error has been told. */
export function streamOutcome(
  { fault, frames, readAs, hasLeft, hadItems }: StreamOver,
  { method, repeatable, asBrowser, delayMs }: StreamAsked,
): Outcome {
  if (fault !== null) {
    const outcome = faultOutcome(fault)
    if (outcome.kind === 'refused') return outcome
  }
  const error = fault?.message ?? frames?.errorTold() ?? null
  const message = error ?? endWords(frames, readAs)
  // What came in place of the first event would come again. A server that has sent some may get well.
  const isHopeless = fault === null && error !== null && !hadItems
  if (isHopeless && !asBrowser) return { kind: 'refused', message }
  const comesBack = repeatable ? readAs === null || readAs === 'sse' : !hasLeft
  if (comesBack || asBrowser) {
    const end = { kind: 'lost', reason: 'retry', delayMs, message } as const
    return error === null ? { ...end, orderly: true } : end
  }
  // [rfc9110] 9.2.2: what has been done once is not done again unasked, such as asking a paid model.
  if (!repeatable) {
    const words = `${message} ${method} is not repeated automatically: reconnect to send it again.`
    return { kind: error === null ? 'done' : 'refused', message: words }
  }
  // These formats know no coming back: their end is the end of what was asked for.
  if (error === null) return { kind: 'done', message }
  return { kind: fault === null ? 'refused' : 'lost', message }
}

function endWords(frames: StreamOver['frames'], readAs: AnswerFormat | null): string {
  if (frames === null || frames.hasItems()) return 'The stream ended.'
  const unit = readAs === null || readAs === 'sse' ? 'an event' : 'a record'
  return `The stream ended without ${unit}.`
}
