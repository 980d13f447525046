// Chunks of OpenAI's chat completions, and of the many servers that speak like it. [openai] types/chat/chat_completion_chunk.py

import { own } from '../../../shared/unknown.ts'
import {
  type ChunkSays,
  countAt,
  type Delta,
  errorAt,
  listAt,
  type ModelReader,
  textAt,
  tokenCounts,
  wordAt,
} from './modelChunk.ts'

/** Completions without a chat have texts in the place of deltas. */
const kinds: ReadonlySet<unknown> = new Set(['chat.completion.chunk', 'text_completion'])

export const openaiChat: ModelReader = {
  api: 'openai-chat',
  knows: ({ value }) => kinds.has(own(value, 'object')),
  read({ value }) {
    // [openai] _streaming.py: a key `error` in any chunk fails the stream.
    const error = errorAt(value)
    if (error !== undefined) return { deltas: [], error }
    const choices = listAt(value, 'choices')
    const usage = usageOf(own(value, 'usage'))
    // Azure begins with a chunk about the prompt, of no kind.
    if (!kinds.has(own(value, 'object')) && !Array.isArray(own(value, 'choices')) && !usage)
      return null
    const deltas = choices.flatMap(deltasOf)
    const finish = choices.map((choice) => wordAt(choice, 'finish_reason')).find(Boolean)
    const role = textAt(choices[0], 'delta', 'role')
    const model = wordAt(value, 'model')
    const answerId = wordAt(value, 'id')
    return {
      deltas,
      ...(role !== undefined && { note: `role ${role}` }),
      ...(answerId !== undefined && { answerId }),
      ...(model !== undefined && { model }),
      ...(finish !== undefined && { finish }),
      ...(usage && { usage }),
    }
  },
}

/** `reasoning_content`: DeepSeek and older vLLM; `reasoning`: newer vLLM and OpenRouter. */
function deltasOf(choice: unknown): readonly Delta[] {
  const delta = own(choice, 'delta')
  const index = countAt(choice, 'index') ?? 0
  const of = { ...(index > 0 && { choice: index }) }
  const deltas: Delta[] = []
  const reasoning = textAt(delta, 'reasoning_content') ?? textAt(delta, 'reasoning')
  if (reasoning !== undefined) deltas.push({ kind: 'reasoning', text: reasoning, ...of })
  const text = textAt(delta, 'content') ?? textAt(choice, 'text')
  if (text !== undefined) deltas.push({ kind: 'text', text, ...of })
  const refusal = textAt(delta, 'refusal')
  if (refusal !== undefined) deltas.push({ kind: 'refusal', text: refusal, ...of })
  for (const call of listAt(delta, 'tool_calls')) {
    const name = wordAt(call, 'function', 'name')
    const key = `${index} ${countAt(call, 'index') ?? wordAt(call, 'id') ?? 0}`
    const part = textAt(call, 'function', 'arguments') ?? ''
    if (part === '' && name === undefined) continue
    deltas.push({ kind: 'tool', text: part, key, ...(name !== undefined && { name }), ...of })
  }
  return deltas
}

function usageOf(usage: unknown): ChunkSays['usage'] {
  return tokenCounts(
    countAt(usage, 'prompt_tokens'),
    countAt(usage, 'completion_tokens'),
    countAt(usage, 'completion_tokens_details', 'reasoning_tokens'),
  )
}
