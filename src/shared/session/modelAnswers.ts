// The answers of language models that a session has streamed: what was said, how it ended, and when its chunks came.

import type { ModelApi } from '../frame/modelApis.ts'

export type { ModelApi }

/** Oldest first; of more than `modelLimits.answers` the oldest are forgotten and counted. */
export interface AnswersRead {
  readonly answers: readonly ModelAnswer[]
  readonly forgotten: number
  /** What `AnalysisScope.answer` asks for; null where that is absent, or the answer is not known. */
  readonly piece: AnswerPiece | null
}

/** Times are epoch ms, as those of frames. */
export interface ModelAnswer {
  /** Sequence number of its request, or of its first frame where that is not known. */
  readonly id: number
  readonly api: ModelApi
  readonly model: string | null
  /** The beginning of the last thing that the user said, at most `modelLimits.promptChars` characters. */
  readonly prompt: string | null
  /** `cut`: ended without its finish sign. `failed`: by an error, its own or of the exchange. */
  readonly state: 'open' | 'complete' | 'cut' | 'failed'
  readonly requestSeq: number | null
  /** Of its chunks; of an answer without any, its `id`. */
  readonly firstSeq: number
  readonly lastSeq: number
  /** The request was sent; where that is not known the first chunk came. */
  readonly startedAt: number
  readonly firstChunkAt: number | null
  /** The first chunk with text, reasoning, a refusal or a tool call that is not empty. */
  readonly firstTokenAt: number | null
  /** The last chunk; before it, `startedAt`. */
  readonly lastAt: number
  readonly endedAt: number | null
  /** The frame that ended it: its own end or that of its stream. */
  readonly endSeq: number | null
  /** The reason in the API's words. `isLength`: a limit of tokens ended it. */
  readonly finish: {
    readonly reason: string
    readonly isLength: boolean
    readonly seq: number
  } | null
  readonly error: { readonly message: string; readonly seq: number } | null
  readonly usage: AnswerUsage | null
  /** Whether the request asked for usage; null where the API tells it unasked, or nobody knows. */
  readonly usageAsked: boolean | null
  readonly chunks: number
  /** Of text, reasoning, refusals and tool calls. */
  readonly chars: number
  /** Deltas with text or a tool's name, each of which is one span: all of them, whatever a limit has left out. */
  readonly spans: number
  /** Milliseconds from one chunk to the next. */
  readonly gaps: { readonly p50: number; readonly p95: number; readonly max: number } | null
  /** Gaps above 1 s and ten times the median: the longest, in order of time. */
  readonly stalls: readonly AnswerStall[]
  readonly stallCount: number
  /** Groups of chunks that came together, in less than `modelLimits.burstGapMs` from one to the next. */
  readonly bursts: number
}

/** The last frame of it that has come: a chunk, or what told its end or its usage. */
export function lastFrameOf({ lastSeq, finish, usage, error }: ModelAnswer): number {
  return Math.max(lastSeq, finish?.seq ?? 0, usage?.seq ?? 0, error?.seq ?? 0)
}

/** Tokens, as the API counts them. */
export interface AnswerUsage {
  /** Those read from a cache or written to one included. */
  readonly input: number | null
  /** Those of reasoning included. */
  readonly output: number | null
  readonly reasoning: number | null
  /** Of the last chunk that told some of it. */
  readonly seq: number
}

/** The chunks before and after a gap. */
export interface AnswerStall {
  readonly fromSeq: number
  readonly untilSeq: number
  readonly ms: number
}

/** Spans of one answer from the nth on, which only ever become more: at most `modelLimits.piece` at once. */
export interface AnswerPiece {
  readonly id: number
  readonly from: number
  readonly spans: readonly AnswerSpan[]
  /** Characters at the end of the answer that a limit has left out. */
  readonly left: number
}

/** What one chunk added to one part. */
export interface AnswerSpan {
  readonly seq: number
  readonly at: number
  /** Block of text or of reasoning, or tool call, from 0 in order of their beginning. */
  readonly part: number
  readonly kind: 'text' | 'reasoning' | 'refusal' | 'tool'
  /** Of a tool call its arguments, a piece of JSON text. */
  readonly text: string
  /** Of a tool call, in the span in which it became known. */
  readonly name?: string
  /** Of several answers to one request, from 1 on; absent for the first. */
  readonly choice?: number
}
