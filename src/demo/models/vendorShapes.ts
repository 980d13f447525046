// Answers as Anthropic, Gemini and Ollama write them.

import {
  type ModelCounts,
  type ModelStep,
  modelName,
  toolArguments,
  toolName,
} from './modelScript.ts'
import { event, eventType, type ModelAsked, type ModelShape, typedEvent } from './modelShape.ts'

const blocks = {
  reasoning: { index: 0, block: { type: 'thinking', thinking: '' } },
  text: { index: 1, block: { type: 'text', text: '' } },
  tool: { index: 2, block: { type: 'tool_use', id: 'toolu_demo', name: toolName, input: {} } },
} as const

/** `/v1/messages` */
export function anthropicShape(): ModelShape {
  /** The block that is open. */
  let open: number | null = null

  function stop(): readonly string[] {
    const stopped = open === null ? [] : [typedEvent({ type: 'content_block_stop', index: open })]
    open = null
    return stopped
  }

  function step({ kind, text, begins }: ModelStep): readonly string[] {
    const { index, block } = blocks[kind]
    const told = begins ? [...stop(), blockStart(index, block)] : []
    open = index
    const delta = anthropicDelta(kind, text)
    return [...told, typedEvent({ type: 'content_block_delta', index, delta })]
  }

  return {
    contentType: eventType,
    begin: () => [
      typedEvent({
        type: 'message_start',
        message: {
          ...{ id: 'msg_demo', type: 'message', role: 'assistant', model: modelName, content: [] },
          usage: { input_tokens: 24, output_tokens: 1 },
        },
      }),
      typedEvent({ type: 'ping' }),
    ],
    step,
    finish: (ending, { output }) => [
      ...stop(),
      typedEvent({
        type: 'message_delta',
        delta: { stop_reason: ending === 'length' ? 'max_tokens' : 'tool_use' },
        usage: { output_tokens: output },
      }),
      typedEvent({ type: 'message_stop' }),
    ],
    error: (message) => [
      typedEvent({ type: 'error', error: { type: 'overloaded_error', message } }),
    ],
  }
}

function blockStart(index: number, block: object): string {
  return typedEvent({ type: 'content_block_start', index, content_block: block })
}

function anthropicDelta(kind: ModelStep['kind'], text: string): object {
  if (kind === 'reasoning') return { type: 'thinking_delta', thinking: text }
  if (kind === 'text') return { type: 'text_delta', text }
  return { type: 'input_json_delta', partial_json: text }
}

/** `/v1beta/models/…:streamGenerateContent`, an array without `alt=sse`. A tool is called at once. */
export function geminiShape({ asEvents }: ModelAsked): ModelShape {
  let written = 0

  function chunk(value: object): string {
    written++
    return asEvents ? event(value) : (written === 1 ? '[' : '\n,') + JSON.stringify(value)
  }

  const said = (parts: readonly object[], more: object = {}, counts: object = {}) =>
    chunk({
      candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
      usageMetadata: { promptTokenCount: 24, ...counts },
      ...{ modelVersion: modelName, responseId: 'demo' },
    })
  const close = () => (asEvents ? [] : [']\n'])

  function step({ kind, text, begins }: ModelStep): readonly string[] {
    if (kind === 'reasoning') return [said([{ text, thought: true }])]
    if (kind === 'text') return [said([{ text }])]
    return begins ? [said([{ functionCall: { name: toolName, args: toolArguments } }])] : []
  }

  return {
    contentType: asEvents ? eventType : 'application/json; charset=UTF-8',
    begin: () => [],
    step,
    finish: (ending, counts) => [
      said(
        [{ text: '' }],
        { finishReason: ending === 'length' ? 'MAX_TOKENS' : 'STOP' },
        geminiCounts(counts),
      ),
      ...close(),
    ],
    error: (message) => [
      chunk({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
      ...close(),
    ],
  }
}

function geminiCounts({ output, reasoning }: ModelCounts): object {
  return { candidatesTokenCount: output - reasoning, thoughtsTokenCount: reasoning }
}

/** `/api/chat`. A tool is called at once. */
export function ollamaShape(): ModelShape {
  const line = (value: object) => `${JSON.stringify(value)}\n`
  const chat = (message: object, more: object = {}) =>
    line({
      model: modelName,
      created_at: '2026-01-01T00:00:00Z',
      message: { role: 'assistant', content: '', ...message },
      done: false,
      ...more,
    })

  function step({ kind, text, begins }: ModelStep): readonly string[] {
    if (kind === 'reasoning') return [chat({ thinking: text })]
    if (kind === 'text') return [chat({ content: text })]
    const call = { function: { name: toolName, arguments: toolArguments } }
    return begins ? [chat({ tool_calls: [call] })] : []
  }

  return {
    contentType: 'application/x-ndjson',
    begin: () => [],
    step,
    finish: (ending, { input, output }) => [
      chat(
        {},
        {
          ...{ done: true, done_reason: ending === 'length' ? 'length' : 'stop' },
          ...{ prompt_eval_count: input, eval_count: output },
        },
      ),
    ],
    error: (message) => [line({ error: message })],
  }
}
