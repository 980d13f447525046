// The measures of a model's answer, under the names of OpenTelemetry's semantic conventions.
// [otel] semantic-conventions-genai docs/gen-ai/gen-ai-metrics.md

import type { ModelAnswer } from './modelAnswers.ts'

/** Milliseconds, and rates a second; null what is not known, or not yet. */
export interface ModelMeasures {
  /** From the request to the end; of an answer that is open to its last chunk. */
  readonly durationMs: number
  readonly firstChunkMs: number | null
  /** To the first chunk that says something. */
  readonly firstTokenMs: number | null
  /** From the first token to the end, by the tokens after it. Only of a whole answer whose usage tells how many those are. */
  readonly tokenMs: number | null
  readonly tokensPerSecond: number | null
  readonly charsPerSecond: number | null
}

/** As OpenTelemetry calls them; the server's names stand for what it measures only there. */
export const measureNames = {
  duration: 'gen_ai.client.operation.duration',
  firstChunk: 'gen_ai.client.operation.time_to_first_chunk',
  firstToken: 'gen_ai.server.time_to_first_token',
  chunkGap: 'gen_ai.client.operation.time_per_output_chunk',
  token: 'gen_ai.server.time_per_output_token',
  usage: 'gen_ai.client.token.usage',
} as const

/** A gap between chunks is a stall where it is longer than both: there is no standard. */
const leastStallMs = 1000
const stallTimesMedian = 10

/** `medianMs`: of the gaps. */
export function isStall(gapMs: number, medianMs: number): boolean {
  return gapMs > leastStallMs && gapMs > medianMs * stallTimesMedian
}

/** How long no chunk has come by `now`, epoch ms, where that is a stall; null where it is none, or nobody can tell yet. */
export function openStallMs({ state, lastAt, gaps }: ModelAnswer, now: number): number | null {
  const ms = now - lastAt
  return state === 'open' && gaps !== null && isStall(ms, gaps.p50) ? ms : null
}

export function measureAnswer(answer: ModelAnswer): ModelMeasures {
  const { startedAt, firstChunkAt, firstTokenAt, lastAt, endedAt, usage, chars } = answer
  const until = endedAt ?? lastAt
  // Clocks may be set back.
  const since = (at: number) => Math.max(0, at - startedAt)
  const writingMs = firstTokenAt === null ? 0 : Math.max(0, until - firstTokenAt)
  const perSecond = (count: number) => (writingMs > 0 ? (count * 1000) / writingMs : null)
  // An answer without a request may have begun long before its first chunk.
  const isTimed = answer.requestSeq !== null
  // Before its end an API may have counted but a part: Anthropic begins with 1.
  const output = answer.state === 'complete' ? (usage?.output ?? null) : null
  return {
    durationMs: since(until),
    firstChunkMs: isTimed && firstChunkAt !== null ? since(firstChunkAt) : null,
    firstTokenMs: isTimed && firstTokenAt !== null ? since(firstTokenAt) : null,
    tokenMs: output !== null && output > 1 && writingMs > 0 ? writingMs / (output - 1) : null,
    tokensPerSecond: output === null ? null : perSecond(output),
    charsPerSecond: perSecond(chars),
  }
}
