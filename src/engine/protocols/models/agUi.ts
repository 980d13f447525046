// Events of AG-UI, by which agents speak to user interfaces. [ag-ui] concepts/events

import { own } from '../../../shared/unknown.ts'
import {
  type ChunkSays,
  countAt,
  type Delta,
  listAt,
  type ModelReader,
  textAt,
  tokenCounts,
  wordAt,
} from './modelChunk.ts'

/** What the `delta` of an event is a piece of, and what tells the parts apart. */
const deltaKinds: Readonly<Record<string, readonly [Delta['kind'], string]>> = {
  TEXT_MESSAGE_CONTENT: ['text', 'messageId'],
  TEXT_MESSAGE_CHUNK: ['text', 'messageId'],
  REASONING_MESSAGE_CONTENT: ['reasoning', 'messageId'],
  REASONING_MESSAGE_CHUNK: ['reasoning', 'messageId'],
  THINKING_TEXT_MESSAGE_CONTENT: ['reasoning', 'messageId'],
  TOOL_CALL_START: ['tool', 'toolCallId'],
  TOOL_CALL_ARGS: ['tool', 'toolCallId'],
  TOOL_CALL_CHUNK: ['tool', 'toolCallId'],
}

export const agUi: ModelReader = {
  api: 'ag-ui',
  knows({ value }) {
    const type = own(value, 'type')
    if (type === 'RUN_STARTED') return wordAt(value, 'runId') !== undefined
    return type === 'TEXT_MESSAGE_START' && wordAt(value, 'messageId') !== undefined
  },
  read({ value }) {
    const type = wordAt(value, 'type')
    if (type === undefined || !/^[A-Z][A-Z_]*$/.test(type)) return null
    if (type === 'RUN_STARTED') {
      const answerId = wordAt(value, 'runId')
      return { deltas: [], note: type, begins: true, ...(answerId !== undefined && { answerId }) }
    }
    if (type === 'RUN_FINISHED')
      return { deltas: [], finish: outcomeOf(value), ends: true, ...usageOf(value) }
    if (type === 'RUN_ERROR') return { deltas: [], error: errorWords(value), ...usageOf(value) }
    if (type === 'SUBAGENT_ERROR') return { deltas: [], note: type, failure: errorWords(value) }
    const known = Object.hasOwn(deltaKinds, type) ? deltaKinds[type] : undefined
    return known ? readDelta(type, value, ...known) : { deltas: [], note: type }
  },
}

function readDelta(type: string, value: unknown, kind: Delta['kind'], id: string): ChunkSays {
  const text = textAt(value, 'delta')
  const name = wordAt(value, 'toolCallName')
  // Of chunks only the first one has to say whose it is.
  const key = wordAt(value, id)
  if (text === undefined && name === undefined) return { deltas: [], note: type }
  const delta: Delta = {
    kind,
    text: text ?? '',
    ...(key !== undefined && { key }),
    ...(name !== undefined && { name }),
  }
  return { deltas: [delta], ...(text === undefined && { note: type }) }
}

/** `success` unless it says otherwise: an interrupt waits for the user. */
function outcomeOf(value: unknown): string {
  return wordAt(value, 'outcome', 'type') ?? wordAt(value, 'outcome') ?? 'success'
}

/** An entry for each model. [ag-ui] 1.0 */
function usageOf(value: unknown): Pick<ChunkSays, 'usage' | 'model'> {
  const entries = listAt(value, 'usage')
  const sumOf = (name: string) => {
    const counts = entries.map((entry) => countAt(entry, name)).filter((count) => count !== null)
    return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count)
  }
  const usage = tokenCounts(sumOf('inputTokens'), sumOf('outputTokens'), sumOf('reasoningTokens'))
  const model = wordAt(entries[0], 'model')
  return { ...(usage && { usage }), ...(model !== undefined && { model }) }
}

function errorWords(value: unknown): string {
  const words = [wordAt(value, 'code'), wordAt(value, 'message')].filter(Boolean)
  return words.length === 0 ? 'An error without a message.' : words.join(': ')
}
