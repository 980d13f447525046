// The shapes of each model API, from literal chunks: parts, finish, usage, errors.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createModelFold, type ModelFold } from '../../../../support/models/modelFold.ts'

/** What is told of the only answer. */
function told({ answers }: ModelFold) {
  const [answer, ...others] = answers()
  assert.deepEqual(others, [])
  const { api, model, state, finish, error, usage, chunks } = answer ?? assert.fail()
  return {
    ...{ api, model, state, chunks },
    finish: finish && (finish.isLength ? `${finish.reason}, length` : finish.reason),
    error: error?.message ?? null,
    usage: usage && [usage.input, usage.output, usage.reasoning],
  }
}

describe("OpenAI's Responses API", () => {
  const created = {
    type: 'response.created',
    sequence_number: 0,
    response: { id: 'resp_1', object: 'response', model: 'm-2', status: 'in_progress' },
  }
  const delta = (type: string, text: string, place: object) => ({
    ...{ type: `response.${type}.delta`, sequence_number: 1, delta: text },
    ...place,
  })

  it('has parts by item and content, tools by name, and no [DONE]', () => {
    const fold = createModelFold()
    const events = [
      created,
      delta('reasoning_summary_text', 'Hm', { output_index: 0, summary_index: 0 }),
      delta('output_text', 'Hel', { output_index: 1, content_index: 0, obfuscation: 'xxxx' }),
      delta('output_text', 'lo', { output_index: 1, content_index: 0 }),
      {
        type: 'response.output_item.added',
        output_index: 2,
        item: { type: 'function_call', name: 'get' },
      },
      delta('function_call_arguments', '{"a":', { output_index: 2 }),
      delta('function_call_arguments', '1}', { output_index: 2 }),
      {
        type: 'response.completed',
        response: {
          status: 'completed',
          usage: {
            input_tokens: 5,
            output_tokens: 7,
            output_tokens_details: { reasoning_tokens: 2 },
          },
        },
      },
    ]
    for (const [at, event] of events.entries()) fold.named(at, event.type, event)
    assert.deepEqual(fold.parts(), ['reasoning: Hm', 'text: Hello', 'tool get: {"a":1}'])
    assert.deepEqual(told(fold), {
      ...{ api: 'openai-responses', model: 'm-2', state: 'complete', chunks: 8 },
      ...{ finish: 'completed', error: null, usage: [5, 7, 2] },
    })
  })

  it('is incomplete by a limit, or fails', () => {
    const short = createModelFold()
    short.event(0, created)
    short.event(1, {
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    })
    assert.equal(told(short).finish, 'max_output_tokens, length')
    const failed = createModelFold()
    failed.event(0, created)
    const error = { code: 'server_error', message: 'Oh.' }
    failed.event(1, { type: 'response.failed', response: { status: 'failed', error } })
    assert.deepEqual([told(failed).state, told(failed).error], ['failed', 'server_error: Oh.'])
  })

  it('answers several messages of a WebSocket at once, by the stream that each names', () => {
    const fold = createModelFold()
    const ask = (stream_id: string, input: string) =>
      fold.message(0, { type: 'response.create', stream_id, model: 'm', input }, 'out')
    ask('a', 'One?')
    ask('b', 'Two?')
    for (const stream_id of ['a', 'b']) fold.message(1, { ...created, stream_id })
    const place = { output_index: 0, content_index: 0 }
    fold.message(2, { ...delta('output_text', 'A', place), stream_id: 'a' })
    fold.message(3, { ...delta('output_text', 'B', place), stream_id: 'b' })
    const done = { type: 'response.completed', response: { status: 'completed' } }
    fold.message(4, { ...done, stream_id: 'b' })
    assert.deepEqual(
      fold.answers().map(({ id, prompt, state }) => [prompt, state, ...fold.parts(id)]),
      [
        ['One?', 'open', 'text: A'],
        ['Two?', 'complete', 'text: B'],
      ],
    )
  })
})

describe("Anthropic's API", () => {
  const start = {
    type: 'message_start',
    message: {
      ...{ id: 'msg_1', role: 'assistant', model: 'm-3' },
      usage: { input_tokens: 5, cache_read_input_tokens: 20, output_tokens: 1 },
    },
  }
  const block = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta })

  it('has blocks, pings that are no chunks, and usage that is the sum up to then', () => {
    const fold = createModelFold()
    const events = [
      start,
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'ping' },
      block(0, { type: 'thinking_delta', thinking: 'Hm' }),
      block(0, { type: 'signature_delta', signature: 'EqQB' }),
      block(1, { type: 'text_delta', text: 'Hel' }),
      block(1, { type: 'text_delta', text: 'lo' }),
      {
        type: 'content_block_start',
        index: 2,
        content_block: { type: 'tool_use', name: 'get', input: {} },
      },
      block(2, { type: 'input_json_delta', partial_json: '' }),
      block(2, { type: 'input_json_delta', partial_json: '{}' }),
      {
        type: 'message_delta',
        delta: { stop_reason: 'max_tokens' },
        usage: { output_tokens: 9 },
      },
      { type: 'message_stop' },
    ]
    for (const [at, event] of events.entries()) fold.named(at, event.type, event)
    assert.deepEqual(fold.parts(), ['reasoning: Hm', 'text: Hello', 'tool get: {}'])
    assert.deepEqual(told(fold), {
      ...{ api: 'anthropic', model: 'm-3', state: 'complete', chunks: 10 },
      ...{ finish: 'max_tokens, length', error: null, usage: [25, 9, null] },
    })
  })

  it('fails inside of a 200', () => {
    const fold = createModelFold()
    fold.named(0, 'message_start', start)
    const error = { type: 'overloaded_error', message: 'Overloaded' }
    fold.named(1, 'error', { type: 'error', error })
    assert.deepEqual(
      [told(fold).state, told(fold).error],
      ['failed', 'overloaded_error: Overloaded'],
    )
  })
})

describe("Gemini's API", () => {
  const parts = (list: object[], rest: object = {}) => ({
    candidates: [{ content: { parts: list, role: 'model' }, ...rest }],
    ...{ modelVersion: 'm-4', responseId: 'r1' },
    usageMetadata: { promptTokenCount: 4, candidatesTokenCount: 6, thoughtsTokenCount: 3 },
  })

  it('has thoughts, whole calls, and an end by its finish reason', () => {
    const fold = createModelFold()
    const body = { contents: [{ role: 'user', parts: [{ text: 'Go' }] }] }
    fold.request(0, body, 'https://a.example/v1beta/models/m-4-pro:streamGenerateContent')
    fold.record(1, parts([{ text: 'Hm', thought: true }]))
    fold.record(2, parts([{ text: 'Hel' }]))
    fold.record(3, parts([{ text: 'lo' }, { functionCall: { name: 'get', args: { a: 1 } } }]))
    fold.record(4, parts([{ functionCall: { name: 'get', args: { a: 2 } } }]))
    fold.record(5, parts([{ text: '' }], { finishReason: 'STOP' }))
    assert.deepEqual(fold.parts(), [
      ...['reasoning: Hm', 'text: Hello', 'tool get: {"a":1}', 'tool get: {"a":2}'],
    ])
    assert.deepEqual(told(fold), {
      ...{ api: 'gemini', model: 'm-4', state: 'complete', chunks: 5 },
      ...{ finish: 'STOP', error: null, usage: [4, 9, 3] },
    })
  })

  it('refuses a prompt, and fails', () => {
    const refused = createModelFold()
    refused.event(0, {
      promptFeedback: { blockReason: 'SAFETY' },
      usageMetadata: { promptTokenCount: 4 },
    })
    assert.equal(told(refused).error, 'The prompt is blocked: SAFETY')
    const failed = createModelFold()
    failed.record(0, parts([{ text: 'Hel' }]))
    failed.record(1, { error: { code: 503, message: 'Busy.', status: 'UNAVAILABLE' } })
    assert.equal(told(failed).error, '503: Busy.')
  })

  it('has the steps of an interaction', () => {
    const fold = createModelFold()
    const step = (index: number, delta: object) => ({ event_type: 'step.delta', index, delta })
    for (const [at, event] of [
      { event_type: 'interaction.created', interaction: { id: 'v1_1', model: 'm-5' } },
      step(0, { type: 'thought_summary', content: { type: 'text', text: 'Hm' } }),
      step(1, { type: 'text', text: 'Hello' }),
      { event_type: 'step.start', index: 2, step: { type: 'function_call', name: 'get' } },
      step(2, { type: 'arguments_delta', arguments: '{}' }),
      {
        event_type: 'interaction.completed',
        interaction: {
          status: 'completed',
          usage: { total_input_tokens: 3, total_output_tokens: 5, total_thought_tokens: 2 },
        },
      },
    ].entries())
      fold.event(at, event)
    assert.deepEqual(fold.parts(), ['reasoning: Hm', 'text: Hello', 'tool get: {}'])
    assert.deepEqual(told(fold), {
      ...{ api: 'gemini-interactions', model: 'm-5', state: 'complete', chunks: 6 },
      ...{ finish: 'completed', error: null, usage: [3, 7, 2] },
    })
  })
})
