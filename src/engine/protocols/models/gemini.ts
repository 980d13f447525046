// Chunks of Gemini's generateContent, over SSE or as elements of one JSON array. [gemini] api/generate-content

import { own } from '../../../shared/unknown.ts'
import {
  type ChunkSays,
  countAt,
  type Delta,
  errorAt,
  jsonText,
  listAt,
  type ModelReader,
  ownAt,
  textAt,
  tokenCounts,
  wordAt,
} from './modelChunk.ts'

export const gemini: ModelReader = {
  api: 'gemini',
  knows({ value }) {
    const [first] = listAt(value, 'candidates')
    if (Array.isArray(ownAt(first, 'content', 'parts'))) return true
    if (first !== undefined && typeof own(first, 'finishReason') === 'string') return true
    return countAt(value, 'usageMetadata', 'promptTokenCount') !== null
  },
  read({ value }) {
    const error = errorAt(value) ?? blocked(value)
    if (error !== undefined) return { deltas: [], error }
    const candidates = listAt(value, 'candidates')
    const usage = usageOf(own(value, 'usageMetadata'))
    if (candidates.length === 0 && !usage) return null
    const finish = candidates.map((one) => wordAt(one, 'finishReason')).find(Boolean)
    const model = wordAt(value, 'modelVersion')
    const answerId = wordAt(value, 'responseId')
    return {
      deltas: candidates.flatMap(deltasOf),
      ...(model !== undefined && { model }),
      ...(answerId !== undefined && { answerId }),
      // No sign follows it.
      ...(finish !== undefined && { finish, ends: true }),
      ...(usage && { usage }),
    }
  },
}

/** The prompt was refused, and nothing else comes. */
function blocked(value: unknown): string | undefined {
  const reason = wordAt(value, 'promptFeedback', 'blockReason')
  return reason === undefined ? undefined : `The prompt is blocked: ${reason}`
}

function deltasOf(candidate: unknown): readonly Delta[] {
  const index = countAt(candidate, 'index') ?? 0
  const of = { ...(index > 0 && { choice: index }) }
  const deltas: Delta[] = []
  for (const part of listAt(candidate, 'content', 'parts')) {
    const name = wordAt(part, 'functionCall', 'name')
    if (name !== undefined) {
      const args = jsonText(ownAt(part, 'functionCall', 'args') ?? {})
      deltas.push({ kind: 'tool', text: args, name, isWhole: true, ...of })
    }
    const text = textAt(part, 'text')
    const kind = own(part, 'thought') === true ? 'reasoning' : 'text'
    if (text !== undefined) deltas.push({ kind, text, ...of })
  }
  return deltas
}

/** In every chunk, the sum up to here. Of thoughts it counts beside the answer's. */
function usageOf(usage: unknown): ChunkSays['usage'] {
  const answer = countAt(usage, 'candidatesTokenCount')
  const thoughts = countAt(usage, 'thoughtsTokenCount')
  const output = answer === null && thoughts === null ? null : (answer ?? 0) + (thoughts ?? 0)
  return tokenCounts(countAt(usage, 'promptTokenCount'), output, thoughts)
}
