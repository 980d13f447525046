// Events of LangGraph's runs in the stream mode that tells messages by the token. [langgraph] cloud/how-tos/streaming

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

export const langGraph: ModelReader = {
  api: 'langgraph',
  /** Of the metadata that come first other services have some, too. */
  knows({ event, value }) {
    if (event === null || !event.startsWith('messages') || !Array.isArray(value)) return false
    const [first, about] = value
    const mode = event.split('|', 1)[0]
    if (mode === 'messages')
      return textAt(first, 'type') !== undefined && textAt(about, 'langgraph_node') !== undefined
    // [langgraph] how-tos/stream_messages, of before: the messages so far.
    if (mode !== 'messages/partial' && mode !== 'messages/complete') return false
    return messageTypes.has(own(first, 'type')) && own(first, 'content') !== undefined
  },
  read({ event, value }) {
    // A subgraph's events have its name behind a bar.
    const mode = event?.split('|', 1)[0]
    if (mode === 'metadata') {
      const answerId = wordAt(value, 'run_id')
      return { deltas: [], note: 'metadata', begins: true, ...(answerId && { answerId }) }
    }
    if (mode === 'messages') return readMessage(Array.isArray(value) ? value[0] : null)
    if (mode === 'error') return { deltas: [], error: errorAt({ error: value }) ?? 'error' }
    if (mode === 'end') return { deltas: [], finish: 'end', ends: true }
    return { deltas: [], note: mode ?? '' }
  },
}

const messageTypes: ReadonlySet<unknown> = new Set(['ai', 'human', 'system', 'tool'])

/** The run's other messages are told, too: those of the user and of tools. */
function readMessage(message: unknown): ChunkSays {
  const type = wordAt(message, 'type') ?? ''
  if (!/^ai/i.test(type)) return { deltas: [], note: `messages ${type}`.trim() }
  const usage = own(message, 'usage_metadata')
  const counts = tokenCounts(
    countAt(usage, 'input_tokens'),
    countAt(usage, 'output_tokens'),
    countAt(usage, 'output_token_details', 'reasoning'),
  )
  const model = wordAt(message, 'response_metadata', 'model_name')
  return {
    deltas: [...textsOf(own(message, 'content')), ...callsOf(message)],
    ...(model !== undefined && { model }),
    ...(counts && { usage: counts }),
  }
}

/** A text, or blocks of which each has its type. */
function textsOf(content: unknown): readonly Delta[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }]
  return listAt({ content }, 'content').flatMap((block): readonly Delta[] => {
    const reasoning = textAt(block, 'reasoning') ?? textAt(block, 'thinking')
    if (reasoning !== undefined) return [{ kind: 'reasoning', text: reasoning }]
    const text = textAt(block, 'text')
    return text === undefined ? [] : [{ kind: 'text', text }]
  })
}

function callsOf(message: unknown): readonly Delta[] {
  return listAt(message, 'tool_call_chunks').flatMap((call): readonly Delta[] => {
    const name = wordAt(call, 'name')
    const text = textAt(call, 'args') ?? ''
    if (text === '' && name === undefined) return []
    const key = `${wordAt(message, 'id') ?? ''} ${countAt(call, 'index') ?? 0}`
    return [{ kind: 'tool', text, key, ...(name !== undefined && { name }) }]
  })
}
