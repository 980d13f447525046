// Compares what comes with what was recorded, counts, and tells of each difference by a notice.

import type { NewFrame } from '../../../shared/frame/frame.ts'
import { isKeptInPart } from '../../../shared/frame/preview.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { connectionFrames } from '../../transports/connectionFrames.ts'
import { bodyDifference, headDifferences, type Kept } from './answerDifference.ts'
import type { SentRequest } from './sends.ts'

export interface Checker {
  /** Of one request and what follows it; `connection` is the new number. */
  check(of: SentRequest, connection: number): Check
  /** `38 answers: 36 the same, 2 differ.` */
  summary(): string
  readonly differ: number
}

export interface Check {
  /** A frame that was recorded as `seq` just now. */
  came(frame: NewFrame, seq: number): void
  /** The exchange is over. */
  over(): void
  /** Items that have come. */
  readonly items: number
  readonly isAnswered: boolean
}

interface CheckerOptions {
  /** Of the recorded frame. */
  payload(seq: number): Uint8Array
  emit(frame: NewFrame): number
}

const none = new Uint8Array(0)

export function createChecker({ payload, emit }: CheckerOptions): Checker {
  let same = 0
  let differ = 0

  function check(of: SentRequest, connection: number): Check {
    const { answer } = of
    const told = connectionFrames({ connection, emit })
    let requestSeq: number | null = null
    let isAnswered = false
    let items = 0

    function judge(words: readonly string[], seq: number | null, recorded: number): void {
      if (words.length === 0) {
        same++
        return
      }
      differ++
      const message = `Differs from #${recorded} of the recording: ${words.join('; ')}.`
      told.notice('replay-differs', message, { replyTo: seq })
    }

    function answered(frame: Extract<NewFrame, { kind: 'response' }>, seq: number): void {
      if (isAnswered) return
      isAnswered = true
      if (answer === null) return
      const words = headDifferences(answer.detail, frame.detail)
      // A stream's body is in its items, a WebSocket's in its messages.
      const isPlain = of.itemCount === 0 && !of.isSocket && frame.sizeBytes + answer.sizeBytes > 0
      const body = isPlain ? bodyDifference(keptOf(answer.seq, answer), nowOf(frame)) : null
      judge(body === null ? words : [...words, body], seq, answer.seq)
    }

    function keptOf(seq: number, frame: Parameters<typeof isKeptInPart>[0]): Kept {
      return { bytes: payload(seq), isCut: isKeptInPart(frame) }
    }

    function item(frame: NewFrame, seq: number): void {
      const recorded = of.items[items++]
      if (!recorded) return
      const type = 'type' in frame.detail ? frame.detail.type : ''
      const words =
        frame.kind !== recorded.kind || type !== recorded.type
          ? [`${type || frame.kind} instead of ${recorded.type || recorded.kind}`]
          : []
      const before = { bytes: payload(recorded.seq), isCut: recorded.isCut }
      const body = bodyDifference(before, nowOf(frame))
      judge(body === null ? words : [...words, body], seq, recorded.seq)
    }

    return {
      came(frame, seq) {
        if (frame.kind === 'request') requestSeq = seq
        else if (frame.kind === 'response') answered(frame, seq)
        else if (frame.direction !== 'in') return
        else if (frame.kind === 'close' && frame.detail.by === 'server') {
          const { code } = frame.detail
          if (of.closeCode === null || of.closeCode === code) return
          judge([`close ${code} instead of ${of.closeCode}`], seq, of.frame.seq)
        } else if (['event', 'record', 'message'].includes(frame.kind)) item(frame, seq)
      },
      over() {
        if (answer === null) return
        if (!isAnswered) {
          judge([`no answer instead of ${answer.detail.status}`], requestSeq, answer.seq)
        } else if (items !== of.itemCount) {
          const counts = `${formatCount(items)} of ${formatCount(of.itemCount)} came`
          const more = `${formatCount(items)} came instead of ${formatCount(of.itemCount)}`
          judge([items < of.itemCount ? counts : more], requestSeq, of.frame.seq)
        }
      },
      get items() {
        return items
      },
      get isAnswered() {
        return isAnswered
      },
    }
  }

  return {
    check,
    summary() {
      const all = same + differ
      const answers = `${formatCount(all)} ${all === 1 ? 'answer' : 'answers'}`
      return `${answers}: ${formatCount(same)} the same, ${formatCount(differ)} ${differ === 1 ? 'differs' : 'differ'}.`
    },
    get differ() {
      return differ
    },
  }
}

function nowOf(frame: NewFrame): Kept {
  return { bytes: frame.payload ?? none, isCut: isKeptInPart(frame) }
}
