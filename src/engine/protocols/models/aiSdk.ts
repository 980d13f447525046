// Chunks of the Vercel AI SDK's UI message stream. [ai-sdk] packages/ai/src/ui-message-stream/ui-message-chunks.ts

import { isRecord, own } from '../../../shared/unknown.ts'
import {
  type ChunkSays,
  type Delta,
  jsonText,
  type ModelReader,
  textAt,
  wordAt,
} from './modelChunk.ts'

/** The response header that names it. [ai-sdk] ui-message-stream-headers.ts */
export const aiSdkHeader = 'x-vercel-ai-ui-message-stream'

export const aiSdk: ModelReader = {
  api: 'ai-sdk',
  knows({ event, value }, before) {
    const type = own(value, 'type')
    // Its events have no names.
    if (typeof type !== 'string' || (event !== null && event !== 'message')) return false
    if (type === 'tool-input-start')
      return wordAt(value, 'toolCallId') !== undefined && wordAt(value, 'toolName') !== undefined
    const part = /^(text|reasoning)-(?:delta|end)$/.exec(type)?.[1]
    if (part !== undefined) return goesOn(part, value, before()?.value)
    return followsStart(type, value) && isStart(before()?.value)
  },
  read({ value }) {
    const type = wordAt(value, 'type')
    if (type === undefined) return null
    const read = Object.hasOwn(chunks, type) ? chunks[type] : undefined
    return read ? read(value) : { deltas: [], note: type }
  },
}

/** Whether it is of the part that has just begun. */
function goesOn(part: string, value: unknown, before: unknown): boolean {
  const id = wordAt(value, 'id')
  return id !== undefined && own(before, 'type') === `${part}-start` && wordAt(before, 'id') === id
}

function followsStart(type: string, value: unknown): boolean {
  if (type === 'start-step') return true
  if (type === 'error') return wordAt(value, 'errorText') !== undefined
  return (type === 'text-start' || type === 'reasoning-start') && wordAt(value, 'id') !== undefined
}

/** Chunks have no other members than these. */
const startMembers: ReadonlySet<string> = new Set(['type', 'messageId', 'messageMetadata'])

function isStart(value: unknown): boolean {
  if (!isRecord(value) || own(value, 'type') !== 'start') return false
  return Object.keys(value).every((name) => startMembers.has(name))
}

const chunks: Readonly<Record<string, (value: unknown) => ChunkSays>> = {
  start(value) {
    const answerId = wordAt(value, 'messageId')
    return { deltas: [], note: 'start', begins: true, ...(answerId !== undefined && { answerId }) }
  },
  'text-delta': (value) => piece('text', value, 'id', 'delta'),
  'reasoning-delta': (value) => piece('reasoning', value, 'id', 'delta'),
  'tool-input-start': (value) => toolDelta(value, ''),
  'tool-input-delta': (value) => piece('tool', value, 'toolCallId', 'inputTextDelta'),
  'tool-input-available': readInput,
  'tool-input-error': (value) => ({ ...readInput(value), failure: failureOf(value) }),
  'tool-output-error': (value) => ({
    ...{ deltas: [], note: 'tool-output-error' },
    failure: failureOf(value),
  }),
  finish: (value) => ({ deltas: [], finish: wordAt(value, 'finishReason') ?? 'finish' }),
  error: (value) => ({
    deltas: [],
    error: failureOf(value),
  }),
  abort(value) {
    const reason = wordAt(value, 'reason')
    return { deltas: [], error: reason === undefined ? 'Aborted.' : `Aborted: ${reason}` }
  },
}

function failureOf(value: unknown): string {
  return wordAt(value, 'errorText') ?? 'An error without a text.'
}

function piece(kind: Delta['kind'], value: unknown, id: string, from: string): ChunkSays {
  const text = textAt(value, from)
  const key = wordAt(value, id)
  if (text === undefined) return { deltas: [], note: wordAt(value, 'type') ?? '' }
  return { deltas: [{ kind, text, ...(key !== undefined && { key }) }] }
}

function toolDelta(value: unknown, text: string, isWhole = false): ChunkSays {
  const key = wordAt(value, 'toolCallId') ?? ''
  const name = wordAt(value, 'toolName')
  const delta: Delta = { kind: 'tool', text, key, ...(name !== undefined && { name }) }
  const note = wordAt(value, 'type') ?? ''
  return { note, deltas: [isWhole ? { ...delta, isWhole } : delta] }
}

/** The whole input, whether or not its pieces came before. */
function readInput(value: unknown): ChunkSays {
  const input = own(value, 'input')
  return toolDelta(value, typeof input === 'string' ? input : jsonText(input), true)
}
