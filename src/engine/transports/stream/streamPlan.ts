// The plan for an answer to a request for a stream: read as one, refused, or judged by its first bytes.

import type { StreamFormat } from '../../../shared/endpoint/endpoint.ts'
import type { Limits } from '../../../shared/limits.ts'
import { formatDelay } from '../../../shared/text/units.ts'
import { beginsEventStream } from '../../protocols/stream/eventStreamStart.ts'
import { beginsJsonArray } from '../../protocols/stream/jsonArray.ts'
import {
  type AnswerFormat,
  isGood,
  isJson,
  streamFormat,
} from '../../protocols/stream/streamFormat.ts'
import type { AnswerHead, BodyPlan, SettledPlan } from '../http/exchange.ts'

export interface StreamPlan {
  planFor(answer: AnswerHead): BodyPlan
  /** The start of the body that was refused; null where none was. */
  refusedStart(): Uint8Array | null
  /** The exchange is over. */
  end(): void
}

interface StreamPlanOptions {
  readonly wanted: StreamFormat
  /** The request is one that `EventSource` makes. */
  readonly asBrowser: boolean
  readonly limits: Limits
  streamed(format: AnswerFormat, answer: AnswerHead): SettledPlan
  /** Enough came of a body that is no stream's. */
  stop(reason: string): void
}

/** What refuses a stream may be a stream without an end: its body is read for so long. */
const refusedBodyMs = 2000
const refusedWords = `The body was still arriving when Lifeline stopped reading: what is no stream is read for ${formatDelay(refusedBodyMs)}.`
/** So much of it tells what it begins like, or that its server wants TLS or HTTP/2. */
const startBytes = 4096
const noBytes = new Uint8Array(0)

export function createStreamPlan(options: StreamPlanOptions): StreamPlan {
  const { wanted, asBrowser, limits, streamed, stop } = options
  let timer: NodeJS.Timeout | undefined
  let start: Uint8Array | null = null

  function refused(): SettledPlan {
    timer = setTimeout(stop, refusedBodyMs, refusedWords)
    start = noBytes
    return {
      kind: 'collect',
      stopAtBytes: limits.refusalBytes,
      arrived(bytes) {
        const had = start ?? noBytes
        const room = startBytes - had.length
        if (room > 0) start = Buffer.concat([had, bytes.subarray(0, room)])
      },
    }
  }

  return {
    planFor(answer) {
      const format = streamFormat(wanted, answer, asBrowser)
      if (format !== null) return streamed(format, answer)
      // What no `EventSource` asks for may come under any content type, an error as well as a stream.
      if (asBrowser || wanted !== 'auto' || !isGood(answer)) return refused()
      return {
        kind: 'undecided',
        decide(bytes, isWhole) {
          const begins = beginsEventStream(bytes)
          if (begins === true) return streamed('sse', answer)
          const isArray = isJson(answer.headers) ? beginsJsonArray(bytes) : false
          if (isArray === true) return streamed('json-array', answer)
          return (begins === null || isArray === null) && !isWhole ? null : refused()
        },
      }
    },
    refusedStart: () => start,
    end: () => clearTimeout(timer),
  }
}
