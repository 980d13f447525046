// The shapes of Ollama, of the AI SDK, of AG-UI and of LangGraph, from literal chunks.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createModelFold } from '../../../../support/models/modelFold.ts'

describe("Ollama's API", () => {
  const chat = (message: object, rest: object = {}) => ({
    ...{ model: 'm', created_at: '2026-11-28T12:00:00Z', done: false },
    message: { role: 'assistant', content: '', ...message },
    ...rest,
  })

  it('has lines of a chat, the last of which counts tokens', () => {
    const fold = createModelFold()
    fold.record(0, chat({ thinking: 'Hm' }))
    fold.record(1, chat({ content: 'Hel' }))
    fold.record(2, chat({ content: 'lo' }))
    fold.record(3, chat({ tool_calls: [{ function: { name: 'get', arguments: { a: 1 } } }] }))
    const counts = { prompt_eval_count: 4, eval_count: 6 }
    fold.record(4, chat({}, { done: true, done_reason: 'length', ...counts }))
    assert.deepEqual(fold.parts(), ['reasoning: Hm', 'text: Hello', 'tool get: {"a":1}'])
    const [answer] = fold.answers()
    assert.deepEqual([answer?.api, answer?.state], ['ollama', 'complete'])
    assert.deepEqual(answer?.finish, { reason: 'length', isLength: true, seq: 5 })
    assert.deepEqual(answer?.usage, { input: 4, output: 6, reasoning: null, seq: 5 })
  })

  it('completes a prompt, or fails with a line', () => {
    const fold = createModelFold()
    fold.request(0, { model: 'm', prompt: 'Go' }, 'http://a.example:11434/api/generate')
    fold.record(1, { model: 'm', response: 'Hel', done: false })
    fold.record(2, { error: 'out of memory' })
    const [answer] = fold.answers()
    assert.deepEqual(
      [answer?.prompt, answer?.state, answer?.error?.message],
      [...['Go', 'failed', 'out of memory']],
    )
  })
})

describe('The AI SDK', () => {
  it('names itself in a header, repeats the input of tools, and ends with [DONE]', () => {
    const fold = createModelFold()
    fold.response(0, 200, 'OK', [['X-Vercel-AI-UI-Message-Stream', 'v1']])
    const tool = { toolCallId: 't1', toolName: 'get' }
    const events = [
      { type: 'start' },
      { type: 'reasoning-delta', id: 'r', delta: 'Hm' },
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: 'Hel' },
      { type: 'text-delta', id: '1', delta: 'lo' },
      { type: 'tool-input-start', ...tool },
      { type: 'tool-input-delta', toolCallId: 't1', inputTextDelta: '{"a":1}' },
      { type: 'tool-input-available', ...tool, input: { a: 1 } },
      { type: 'tool-input-available', toolCallId: 't2', toolName: 'put', input: { b: 2 } },
      { type: 'finish', finishReason: 'tool-calls' },
    ]
    for (const [at, event] of events.entries()) fold.event(at, event)
    assert.equal(fold.answers()[0]?.state, 'open')
    fold.event(20, '[DONE]')
    assert.deepEqual(fold.parts(2), [
      ...['reasoning: Hm', 'text: Hello', 'tool get: {"a":1}', 'tool put: {"b":2}'],
    ])
    const [answer] = fold.answers()
    assert.deepEqual(
      [answer?.state, answer?.finish?.reason, answer?.chunks],
      [...['complete', 'tool-calls', 10]],
    )
  })

  it('is known without its header by two chunks that belong together, the first of which counts', () => {
    for (const [first, second] of [
      [{ type: 'start', messageId: 'm1' }, { type: 'start-step' }],
      [{ type: 'start' }, { type: 'text-start', id: '1' }],
      [
        { type: 'text-start', id: '1' },
        { type: 'text-delta', id: '1', delta: 'Hi' },
      ],
      [
        { type: 'data-title', data: 'Hi' },
        { type: 'tool-input-start', toolCallId: 't', toolName: 'get' },
      ],
    ] as const) {
      const fold = createModelFold()
      fold.event(0, first)
      assert.deepEqual(fold.answers(), [])
      fold.event(1, second)
      const [answer] = fold.answers()
      assert.deepEqual([answer?.api, answer?.firstSeq], ['ai-sdk', 1])
    }
  })

  it('tells errors and what was aborted', () => {
    for (const [event, message] of [
      [{ type: 'error', errorText: 'Oh.' }, 'Oh.'],
      [{ type: 'abort', reason: 'left' }, 'Aborted: left'],
    ] as const) {
      const fold = createModelFold()
      fold.event(0, { type: 'start', messageId: 'm1' })
      fold.event(1, { type: 'start-step' })
      fold.event(2, event)
      assert.equal(fold.answers()[0]?.error?.message, message)
    }
  })
})

describe('AG-UI', () => {
  it('has runs, several of them one after the other on a stream', () => {
    const fold = createModelFold()
    const events = [
      { type: 'RUN_STARTED', threadId: 't', runId: 'r1' },
      { type: 'REASONING_MESSAGE_CONTENT', messageId: 'a', delta: 'Hm' },
      { type: 'TEXT_MESSAGE_START', messageId: 'b', role: 'assistant' },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'b', delta: 'Hel' },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'b', delta: 'lo' },
      { type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 'get' },
      { type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta: '{}' },
      { type: 'STATE_DELTA', delta: [] },
      { type: 'RUN_FINISHED', threadId: 't', runId: 'r1' },
      { type: 'RUN_STARTED', threadId: 't', runId: 'r2' },
      { type: 'RUN_ERROR', message: 'Oh.', code: 'E1' },
    ]
    for (const [at, event] of events.entries()) fold.event(at, event)
    assert.deepEqual(fold.parts(), ['reasoning: Hm', 'text: Hello', 'tool get: {}'])
    assert.deepEqual(
      fold.answers().map(({ state, finish, error }) => [state, finish?.reason, error?.message]),
      [
        ['complete', 'success', undefined],
        ['failed', undefined, 'E1: Oh.'],
      ],
    )
  })

  it('tells usage at the end of a run, of each model', () => {
    const fold = createModelFold()
    const usage = [
      { provider: 'p', model: 'm-1', inputTokens: 10, outputTokens: 4, reasoningTokens: 1 },
      { provider: 'p', model: 'm-2', inputTokens: 5, totalTokens: 5 },
    ]
    fold.event(0, { type: 'RUN_STARTED', threadId: 't', runId: 'r1' })
    fold.event(1, { type: 'SUBAGENT_ERROR', subagentRunId: 's', message: 'Lost.' })
    fold.event(2, { type: 'RUN_FINISHED', threadId: 't', runId: 'r1', usage })
    const [answer] = fold.answers()
    assert.deepEqual([answer?.state, answer?.error, answer?.model], ['complete', null, 'm-1'])
    const { input, output, reasoning } = answer?.usage ?? {}
    assert.deepEqual([input, output, reasoning], [15, 4, 1])
  })
})

describe('LangGraph', () => {
  it('has messages by the token', () => {
    const fold = createModelFold()
    const chunk = (content: unknown, rest: object = {}) => [
      { type: 'AIMessageChunk', id: 'm1', content, ...rest },
      { langgraph_node: 'agent' },
    ]
    fold.named(0, 'metadata', { run_id: 'r1' })
    fold.named(1, 'messages', [{ type: 'human', content: 'Go' }, { langgraph_node: 'agent' }])
    fold.named(2, 'messages', chunk('Hel'))
    fold.named(3, 'messages|sub', chunk([{ type: 'text', text: 'lo', index: 0 }]))
    const call = (name: string | null, args: string) =>
      chunk('', {
        tool_call_chunks: [{ index: 0, id: null, name, args }],
      })
    fold.named(4, 'messages', call('get', ''))
    fold.named(5, 'messages', call(null, '{}'))
    fold.named(6, 'messages', chunk('', { usage_metadata: { input_tokens: 3, output_tokens: 4 } }))
    fold.named(7, 'end', 'null')
    assert.deepEqual(fold.parts(), ['text: Hello', 'tool get: {}'])
    const [answer] = fold.answers()
    assert.deepEqual([answer?.usage?.input, answer?.usage?.output], [3, 4])
    assert.deepEqual([answer?.state, answer?.firstSeq], ['complete', 1])
  })

  it('is known by whole messages that grow, too', () => {
    const fold = createModelFold()
    fold.named(0, 'metadata', { run_id: 'r1' })
    fold.named(1, 'messages/partial', [{ type: 'ai', content: 'Hel', id: 'm1' }])
    assert.equal(fold.answers()[0]?.api, 'langgraph')
  })
})
