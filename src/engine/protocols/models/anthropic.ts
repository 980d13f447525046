// Events of Anthropic's Messages API. [anthropic] build-with-claude/streaming

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

export const anthropic: ModelReader = {
  api: 'anthropic',
  knows: ({ value }) =>
    own(value, 'type') === 'message_start' && ownAt(value, 'message', 'role') === 'assistant',
  read({ value }) {
    const type = own(value, 'type')
    if (typeof type !== 'string') return null
    const read = Object.hasOwn(events, type) ? events[type] : undefined
    // New kinds of events may come. [anthropic] "Other events"
    return read ? read(value) : { deltas: [], note: wordAt(value, 'type') ?? '' }
  },
}

const events: Readonly<Record<string, (value: unknown) => ChunkSays>> = {
  message_start: readStart,
  content_block_start: readBlockStart,
  content_block_delta: readDelta,
  message_delta: readMessageDelta,
  message_stop: () => ({ deltas: [], ends: true }),
  ping: () => ({ deltas: [], keepsAlive: true }),
  error: (value) => ({ deltas: [], error: errorAt(value) ?? 'An error without a message.' }),
}

function readStart(value: unknown): ChunkSays {
  const message = own(value, 'message')
  const model = wordAt(message, 'model')
  const answerId = wordAt(message, 'id')
  const usage = usageOf(own(message, 'usage'))
  return {
    ...{ deltas: [], begins: true, note: 'message_start' },
    ...(model !== undefined && { model }),
    ...(answerId !== undefined && { answerId }),
    ...(usage && { usage }),
  }
}

/** [otel] Of input tokens all are meant, read from a cache or written to it, too. */
function usageOf(usage: unknown): ChunkSays['usage'] {
  const input = countAt(usage, 'input_tokens')
  const cached = ['cache_read_input_tokens', 'cache_creation_input_tokens'].reduce(
    (sum, name) => sum + (countAt(usage, name) ?? 0),
    0,
  )
  return tokenCounts(input === null ? null : input + cached, countAt(usage, 'output_tokens'), null)
}

function keyOf(value: unknown): string {
  return `${countAt(value, 'index') ?? 0}`
}

function readBlockStart(value: unknown): ChunkSays {
  const block = own(value, 'content_block')
  const note = `content_block_start ${wordAt(block, 'type') ?? ''}`.trim()
  const name = wordAt(block, 'name')
  if (name !== undefined)
    return { note, deltas: [{ kind: 'tool', text: '', key: keyOf(value), name }] }
  const text = textAt(block, 'text')
  return { note, deltas: text === undefined ? [] : [{ kind: 'text', text, key: keyOf(value) }] }
}

/** By the type of a delta, where its text is. A signature is none. */
const deltaTypes: Readonly<Record<string, readonly [Delta['kind'], string]>> = {
  text_delta: ['text', 'text'],
  thinking_delta: ['reasoning', 'thinking'],
  input_json_delta: ['tool', 'partial_json'],
}

function readDelta(value: unknown): ChunkSays {
  const delta = own(value, 'delta')
  const type = wordAt(delta, 'type') ?? ''
  const known = Object.hasOwn(deltaTypes, type) ? deltaTypes[type] : undefined
  const text = known && textAt(delta, known[1])
  if (known === undefined || text === undefined) return { deltas: [], note: type }
  return { deltas: [{ kind: known[0], text, key: keyOf(value) }] }
}

/** Its usage is the sum up to here. */
function readMessageDelta(value: unknown): ChunkSays {
  const finish = wordAt(value, 'delta', 'stop_reason')
  const usage = usageOf(own(value, 'usage'))
  return {
    ...{ deltas: [], note: 'message_delta' },
    ...(finish !== undefined && { finish }),
    ...(usage && { usage }),
  }
}
