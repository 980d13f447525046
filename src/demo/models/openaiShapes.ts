// Answers as OpenAI's two APIs write them.

import { type ModelCounts, type ModelStep, modelName, toolName } from './modelScript.ts'
import {
  type Ending,
  event,
  eventType,
  type ModelAsked,
  type ModelShape,
  typedEvent,
} from './modelShape.ts'

/** `/v1/chat/completions` */
export function chatShape({ includeUsage }: ModelAsked): ModelShape {
  const chunk = (choices: readonly object[], more: object = {}) =>
    event({
      ...{ id: 'chatcmpl-demo', object: 'chat.completion.chunk', created: 0, model: modelName },
      choices,
      ...more,
    })
  const delta = (said: object, reason: string | null = null) =>
    chunk([{ index: 0, delta: said, finish_reason: reason }])

  function said({ kind, text, begins }: ModelStep): object {
    if (kind === 'text') return { content: text }
    if (kind === 'reasoning') return { reasoning_content: text }
    const head = begins ? { id: 'call_demo', type: 'function' } : {}
    const call = { ...(begins && { name: toolName }), arguments: text }
    return { tool_calls: [{ index: 0, ...head, function: call }] }
  }

  return {
    contentType: eventType,
    begin: () => [delta({ role: 'assistant', content: '' })],
    step: (step) => [delta(said(step))],
    finish: (ending, counts) => [
      delta({}, ending === 'length' ? 'length' : 'tool_calls'),
      ...(includeUsage ? [chunk([], { usage: chatUsage(counts) })] : []),
      event('[DONE]'),
    ],
    error: (message) => [event({ error: { message, type: 'server_error', code: 503 } })],
  }
}

function chatUsage({ input, output, reasoning }: ModelCounts): object {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}

const outputIndex = { reasoning: 0, text: 1, tool: 2 } as const

/** `/v1/responses`. Over WebSocket the same values are messages. */
export function responsesShape(
  write: (value: { readonly type: string }) => string = typedEvent,
): ModelShape {
  let sequence = 0
  const tell = (type: string, more: object) => {
    const value = { type, sequence_number: sequence, ...more }
    sequence++
    return write(value)
  }
  const response = (status: string, more: object = {}) => ({
    response: { id: 'resp_demo', object: 'response', model: modelName, status, ...more },
  })

  function step({ kind, text, begins }: ModelStep): readonly string[] {
    const place = { output_index: outputIndex[kind], delta: text }
    if (kind === 'reasoning')
      return [tell('response.reasoning_text.delta', { ...place, content_index: 0 })]
    if (kind === 'text') return [tell('response.output_text.delta', { ...place, content_index: 0 })]
    const item = { type: 'function_call', call_id: 'call_demo', name: toolName, arguments: '' }
    return [
      ...(begins ? [tell('response.output_item.added', { output_index: 2, item })] : []),
      tell('response.function_call_arguments.delta', place),
    ]
  }

  return {
    contentType: eventType,
    begin: () => [tell('response.created', response('in_progress'))],
    step,
    finish: (ending, counts) => [tell(...responseEnd(ending, counts, response))],
    error: (message) => [
      tell('response.failed', response('failed', { error: { code: 'server_error', message } })),
    ],
  }
}

function responseEnd(
  ending: Ending,
  { input, output, reasoning }: ModelCounts,
  response: (status: string, more: object) => object,
): [type: string, more: object] {
  const usage = {
    input_tokens: input,
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
  }
  if (ending !== 'length') return ['response.completed', response('completed', { usage })]
  const details = { incomplete_details: { reason: 'max_output_tokens' } }
  return ['response.incomplete', response('incomplete', { ...details, usage })]
}
