// Events of OpenAI's Responses API, over SSE and WebSocket, and those of its Realtime API that have their names.
// [openai] types/responses/response_stream_event.py, guides/websocket-mode

import { own } from '../../../shared/unknown.ts'
import {
  type ChunkSays,
  countAt,
  type Delta,
  errorAt,
  type ModelReader,
  ownAt,
  textAt,
  tokenCounts,
  wordAt,
} from './modelChunk.ts'

/** What the `delta` of an event is a piece of. */
const deltaKinds: Readonly<Record<string, Delta['kind']>> = {
  'response.output_text.delta': 'text',
  'response.text.delta': 'text',
  'response.output_audio_transcript.delta': 'text',
  'response.audio_transcript.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_text.delta': 'reasoning',
  'response.reasoning_summary_text.delta': 'reasoning',
  'response.function_call_arguments.delta': 'tool',
  'response.mcp_call_arguments.delta': 'tool',
  'response.custom_tool_call_input.delta': 'tool',
  'response.code_interpreter_call_code.delta': 'tool',
}

const endings: ReadonlySet<string> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  // [openai] Realtime
  'response.done',
])

export const openaiResponses: ModelReader = {
  api: 'openai-responses',
  knows: ({ value }) => {
    const type = own(value, 'type')
    if (typeof type !== 'string' || !type.startsWith('response.')) return false
    return ownAt(value, 'response', 'object') === 'response' || hasPlace(value)
  },
  read({ value }) {
    const type = own(value, 'type')
    if (typeof type !== 'string') return null
    const stream = wordAt(value, 'stream_id')
    const of = stream === undefined ? {} : { stream }
    if (type === 'error') return { ...of, deltas: [], error: errorWords(value) }
    if (!type.startsWith('response.')) return null
    return { ...of, ...readEvent(type, value) }
  },
}

/** Where among the parts of a response it belongs. */
function hasPlace(value: unknown): boolean {
  return countAt(value, 'sequence_number') !== null || countAt(value, 'output_index') !== null
}

function errorWords(value: unknown): string {
  return errorAt(value) ?? errorAt({ error: value }) ?? 'An error without a message.'
}

function readEvent(type: string, value: unknown): ChunkSays {
  const response = own(value, 'response')
  if (endings.has(type)) return readEnd(response)
  if (type === 'response.created') {
    const model = wordAt(response, 'model')
    const answerId = wordAt(response, 'id')
    return {
      ...{ deltas: [], note: type, begins: true },
      ...(model !== undefined && { model }),
      ...(answerId !== undefined && { answerId }),
    }
  }
  if (type === 'response.output_item.added') return { note: type, deltas: toolBegin(value) }
  const kind = Object.hasOwn(deltaKinds, type) ? deltaKinds[type] : undefined
  const text = textAt(value, 'delta')
  if (kind === undefined || text === undefined) return { note: type, deltas: [] }
  return { deltas: [{ kind, text, key: keyOf(kind, value) }] }
}

/** A tool's name comes ahead of its arguments. */
function toolBegin(value: unknown): readonly Delta[] {
  const name = wordAt(value, 'item', 'name')
  return name === undefined ? [] : [{ kind: 'tool', text: '', key: keyOf('tool', value), name }]
}

/** A tool call is one item of the output; a message or a summary has several parts. */
function keyOf(kind: Delta['kind'], value: unknown): string {
  const item = countAt(value, 'output_index') ?? 0
  if (kind === 'tool') return `${item}`
  return `${item} ${countAt(value, 'content_index') ?? countAt(value, 'summary_index') ?? 0}`
}

function readEnd(response: unknown): ChunkSays {
  const status = wordAt(response, 'status')
  const details = own(response, 'incomplete_details') ?? own(response, 'status_details')
  const error = errorAt(response) ?? errorAt(details)
  const usage = own(response, 'usage')
  const counts = tokenCounts(
    countAt(usage, 'input_tokens'),
    countAt(usage, 'output_tokens'),
    countAt(usage, 'output_tokens_details', 'reasoning_tokens'),
  )
  const finish = wordAt(details, 'reason') ?? status ?? 'completed'
  return {
    ...{ deltas: [], ends: true },
    ...(status === 'failed'
      ? { error: error ?? 'The response failed, without a message.' }
      : { finish }),
    ...(counts && { usage: counts }),
  }
}
