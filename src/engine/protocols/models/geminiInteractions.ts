// Events of Gemini's Interactions API, in steps and in the older form of contents. [gemini] api/interactions-api

import { own } from '../../../shared/unknown.ts'
import {
  type ChunkSays,
  countAt,
  type Delta,
  errorAt,
  type ModelReader,
  textAt,
  tokenCounts,
  wordAt,
} from './modelChunk.ts'

export const geminiInteractions: ModelReader = {
  api: 'gemini-interactions',
  knows: ({ value }) => {
    const type = own(value, 'event_type')
    return typeof type === 'string' && /^interaction\.(created|start)$/.test(type)
  },
  read({ value }) {
    const type = wordAt(value, 'event_type')
    if (type === undefined) return null
    if (type === 'error')
      return { deltas: [], error: errorAt(value) ?? 'An error without a message.' }
    if (type === 'interaction.created' || type === 'interaction.start')
      return { ...aboutIt(value), begins: true, note: type }
    if (type === 'interaction.completed' || type === 'interaction.complete') return readEnd(value)
    if (type === 'step.start' || type === 'content.start')
      return { note: type, ...readStart(value) }
    if (type === 'step.delta' || type === 'content.delta') return readDelta(value)
    return { deltas: [], note: type }
  },
}

function aboutIt(value: unknown): ChunkSays {
  const model = wordAt(value, 'interaction', 'model')
  const answerId = wordAt(value, 'interaction', 'id')
  return {
    deltas: [],
    ...(model !== undefined && { model }),
    ...(answerId !== undefined && { answerId }),
  }
}

function readEnd(value: unknown): ChunkSays {
  const interaction = own(value, 'interaction')
  const status = wordAt(interaction, 'status') ?? 'completed'
  const usage = own(interaction, 'usage')
  const answer = countAt(usage, 'total_output_tokens')
  const thoughts = countAt(usage, 'total_thought_tokens')
  const output = answer === null && thoughts === null ? null : (answer ?? 0) + (thoughts ?? 0)
  const counts = tokenCounts(countAt(usage, 'total_input_tokens'), output, thoughts)
  const said = { ...aboutIt(value), ends: true as const, ...(counts && { usage: counts }) }
  if (status !== 'failed') return { ...said, finish: status }
  return { ...said, error: errorAt(interaction) ?? 'The interaction failed, without a message.' }
}

function keyOf(value: unknown): string {
  return `${countAt(value, 'index') ?? 0}`
}

/** Of a step that calls a tool its name. */
function readStart(value: unknown): ChunkSays {
  const name = wordAt(value, 'step', 'name') ?? wordAt(value, 'content', 'name')
  if (name === undefined) return { deltas: [] }
  return { deltas: [{ kind: 'tool', text: '', key: keyOf(value), name }] }
}

function readDelta(value: unknown): ChunkSays {
  const delta = own(value, 'delta')
  const type = wordAt(delta, 'type') ?? ''
  const key = keyOf(value)
  const said = (kind: Delta['kind'], text: string | undefined): ChunkSays =>
    text === undefined ? { deltas: [], note: type } : { deltas: [{ kind, text, key }] }
  if (type === 'text') return said('text', textAt(delta, 'text'))
  if (type === 'thought_summary') return said('reasoning', textAt(delta, 'content', 'text'))
  if (type === 'arguments_delta') return said('tool', textAt(delta, 'arguments'))
  return { deltas: [], note: type }
}
