// Lines of Ollama's /api/chat and /api/generate. [ollama] docs/api.md

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

export const ollama: ModelReader = {
  api: 'ollama',
  knows: ({ value }) =>
    typeof own(value, 'done') === 'boolean' &&
    typeof own(value, 'model') === 'string' &&
    (typeof own(value, 'response') === 'string' || ownAt(value, 'message', 'role') !== undefined),
  read({ value }) {
    const error = errorAt(value)
    if (error !== undefined) return { deltas: [], error }
    const done = own(value, 'done')
    if (typeof done !== 'boolean') return null
    const model = wordAt(value, 'model')
    const of = model === undefined ? {} : { model }
    const deltas = deltasOf(value)
    if (!done) return { ...of, deltas }
    const usage = usageOf(value)
    const finish = wordAt(value, 'done_reason') ?? 'done'
    return { ...of, deltas, finish, ends: true, ...(usage && { usage }) }
  },
}

function deltasOf(value: unknown): readonly Delta[] {
  const message = own(value, 'message')
  const deltas: Delta[] = []
  const reasoning = textAt(value, 'thinking') ?? textAt(message, 'thinking')
  if (reasoning !== undefined) deltas.push({ kind: 'reasoning', text: reasoning })
  const text = textAt(value, 'response') ?? textAt(message, 'content')
  if (text !== undefined) deltas.push({ kind: 'text', text })
  for (const call of listAt(message, 'tool_calls')) {
    const name = wordAt(call, 'function', 'name')
    const args = jsonText(ownAt(call, 'function', 'arguments') ?? {})
    deltas.push({ kind: 'tool', text: args, isWhole: true, ...(name !== undefined && { name }) })
  }
  return deltas
}

function usageOf(value: unknown): ChunkSays['usage'] {
  return tokenCounts(countAt(value, 'prompt_eval_count'), countAt(value, 'eval_count'), null)
}
