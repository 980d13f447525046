// One hop that ends when the first byte of its answer, or any later one, is too long in coming.

import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { Fault } from '../../protocols/fault.ts'
import { firstByteFault, silenceFault } from '../../protocols/http/httpFault.ts'
import type { HttpRequest } from '../../protocols/http/redirect.ts'
import { now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import { type SilenceWatch, watchSilence } from '../silence.ts'
import type {
  AnswerHead,
  BodyPlan,
  ExchangeContext,
  HopResult,
  Reading,
  SettledPlan,
} from './exchange.ts'
import { httpHop } from './httpHop.ts'

export type Patience = Pick<Endpoint, 'firstByteTimeoutMs' | 'silenceTimeoutMs'>

/** How long an exchange of the endpoint waits, for what. */
export function patienceOf({
  timeoutMs,
  firstByteTimeoutMs,
  silenceTimeoutMs,
}: Endpoint): Patience & Pick<Endpoint, 'timeoutMs'> {
  return { timeoutMs, firstByteTimeoutMs, silenceTimeoutMs }
}

/** As `httpHop`. What had come when the patience ended is recorded, before the fault. */
export function watchedHop(
  hop: HttpRequest,
  reading: Reading,
  context: ExchangeContext,
  { firstByteTimeoutMs = null, silenceTimeoutMs = null }: Partial<Patience>,
): Promise<HopResult> {
  return firstByteTimeoutMs === null && silenceTimeoutMs === null
    ? httpHop(hop, reading, context)
    : impatientHop(hop, reading, context, { firstByteTimeoutMs, silenceTimeoutMs })
}

async function impatientHop(
  hop: HttpRequest,
  reading: Reading,
  context: ExchangeContext,
  { firstByteTimeoutMs, silenceTimeoutMs }: Patience,
): Promise<HopResult> {
  const { io } = context
  const own = new AbortController()
  let fault: Fault | null = null
  let head: AnswerHead | null = null
  let requestSeq: number | null = null
  let watch: SilenceWatch | null = null
  /** Something of an answer has come, be it of a head or of data that gives nothing yet. */
  let hasBegun = false

  function wait(limitMs: number | null, words: (limitMs: number) => Fault): void {
    watch?.stop()
    watch = watchSilence(limitMs, () => {
      fault = words(limitMs ?? 0)
      own.abort('The body was still arriving when the server fell silent.')
    })
  }

  /** Over HTTP/2 the first is the head, and what follows the content. */
  function heard(at: number): void {
    if (hasBegun) watch?.heard(at)
    else {
      hasBegun = true
      wait(silenceTimeoutMs, silenceFault)
    }
  }

  const result = await httpHop(
    hop,
    {
      ...reading,
      sent(at) {
        if (!hasBegun) wait(firstByteTimeoutMs, firstByteFault)
        return reading.sent?.(at) ?? {}
      },
      plan(answer) {
        head = answer
        heard(now())
        return listening(reading.plan(answer), heard)
      },
    },
    {
      ...context,
      io: {
        ...io,
        heard,
        signal: AbortSignal.any([io.signal, own.signal]),
        emit(frame) {
          const seq = io.emit(frame)
          if (frame.kind === 'request') requestSeq = seq
          return seq
        },
      },
    },
  ).finally(() => watch?.stop())
  if (fault === null || result.kind !== 'stopped' || io.signal.aborted) return result
  const { untold = null } = result
  const place = { direction: 'local', replyTo: requestSeq, came: untold } as const
  const seq = connectionFrames(io).error(fault, place)
  return { kind: 'failed', fault, seq, head }
}

/** The plan, with each chunk's time told. */
function listening(plan: BodyPlan, heard: (at: number) => void): BodyPlan {
  if (plan.kind !== 'undecided') return settled(plan, heard)
  return {
    ...plan,
    decide(start, ended) {
      const decided = plan.decide(start, ended)
      return decided && settled(decided, heard)
    },
  }
}

function settled(plan: SettledPlan, heard: (at: number) => void): SettledPlan {
  if (plan.kind === 'collect') {
    return {
      ...plan,
      arrived(bytes, at) {
        heard(at)
        plan.arrived?.(bytes, at)
      },
    }
  }
  return {
    ...plan,
    chunk(bytes, at, wireBytes) {
      heard(at)
      return plan.chunk(bytes, at, wireBytes)
    },
  }
}
