// Model APIs as packets, from literal chunks: recognised by request, header or first chunk, and read as rows read them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { describe as describeFrame } from '../../../../../src/shared/frame/describe.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { createDataFrames } from '../../../../support/samples/dataFrames.ts'

type Samples = ReturnType<typeof createDataFrames>
type Sample = ReturnType<Samples['event']>

/** The line of each frame that has packets, after the name of its protocol. */
function linesOf(samples: readonly Sample[], decode = 'auto'): readonly string[] {
  const decoding = createDecoding(decode)
  return samples.flatMap(({ frame, payload }) =>
    decoding.push(frame, payload).map(({ frame: of, packets }) => {
      const decoded = packets.map((packet) => toPacket(packet, of.at))
      return `${decoded[0]?.protocol}: ${describeFrame(of, null, decoded).text}`
    }),
  )
}

function chunk(delta: object, finish: string | null = null, more: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', choices, ...more })
}

const chatUrl = 'https://a.example/v1/chat/completions'

describe('a decoder of model APIs', () => {
  it('tells a chat from its request to [DONE]', () => {
    const { request, event } = createDataFrames()
    const body = { model: 'm-1', messages: [{ role: 'user', content: 'Which\none?' }] }
    const usage = { prompt_tokens: 9, completion_tokens: 1 }
    assert.deepEqual(
      linesOf([
        request(JSON.stringify(body), 'stream', { url: chatUrl }),
        event(chunk({ role: 'assistant', content: '' })),
        event(chunk({ content: ' keeps\n' })),
        event(chunk({ reasoning_content: 'Hm' })),
        event(chunk({ tool_calls: [{ index: 0, function: { name: 'get', arguments: '{' } }] })),
        event(chunk({}, 'length')),
        event(chunk({}, null, { choices: [], usage })),
        event('[DONE]'),
      ]),
      [
        'openai-chat: POST /rpc ▸ m-1 “Which↵one?”',
        'openai-chat: ◂ role assistant m-1 · 10 ms',
        'openai-chat: text “·keeps↵”',
        'openai-chat: reasoning “Hm”',
        'openai-chat: ▸ tool get “{”',
        'openai-chat: finish length, cut by a limit of tokens',
        'openai-chat: usage 1 token, 9 in',
        'openai-chat: done',
      ],
    )
  })

  it('tells events by their packets, pings as heartbeats, and an error as one', () => {
    const { event } = createDataFrames()
    const message = { role: 'assistant', model: 'm-3', usage: { input_tokens: 1234 } }
    const samples = [
      event(JSON.stringify({ type: 'message_start', message }), 'message_start'),
      event('{"type":"ping"}', 'ping'),
      event(
        '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}',
        'content_block_delta',
      ),
      event('{"type":"error","error":{"type":"overloaded_error","message":"Busy"}}', 'error'),
      event('{"type":"message_stop"}', 'message_stop'),
    ]
    assert.deepEqual(linesOf(samples), [
      'anthropic: usage 1,234 in',
      'anthropic: ping',
      'anthropic: text “Hi”',
      'anthropic: error overloaded_error: Busy',
      'anthropic: done',
    ])
    const decoding = createDecoding()
    const levels = samples.flatMap(({ frame, payload }) =>
      decoding.push(frame, payload).flatMap(({ packets }) => packets.map(({ level }) => level)),
    )
    assert.deepEqual(levels, ['app', 'heartbeat', 'app', 'app', 'control'])
    const tones = samples.map(({ frame, payload }) => {
      const [of] = decoding.push(frame, payload)
      const decoded = of?.packets.map((packet) => toPacket(packet, frame.at))
      return describeFrame(frame, null, decoded).tone
    })
    assert.deepEqual(tones, ['normal', 'muted', 'normal', 'error', 'muted'])
  })

  it('knows the AI SDK by its header, and others by their first chunk', () => {
    const one = createDataFrames()
    const headers = [['x-vercel-ai-ui-message-stream', 'v1']] as const
    assert.deepEqual(
      linesOf([
        one.response(' ', 0, 'stream', { headers }),
        one.event('{"type":"start"}'),
        one.event('{"type":"text-delta","id":"1","delta":"Hi"}'),
      ]),
      ['ai-sdk: start', 'ai-sdk: text “Hi”'],
    )
    const first: readonly (readonly [string, string])[] = [
      ['gemini', '{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}]}'],
      ['ollama', '{"model":"m","message":{"role":"assistant","content":"Hi"},"done":false}'],
    ]
    for (const [api, text] of first)
      assert.deepEqual(linesOf([createDataFrames().record(text)]), [`${api}: text “Hi”`])
  })

  it('tells what fails beside an answer, which goes on', () => {
    const { event } = createDataFrames()
    const call = { toolCallId: 'c', toolName: 'get' }
    const lines = linesOf(
      [
        { type: 'start', messageId: 'm' },
        { type: 'start-step' },
        { type: 'tool-input-error', ...call, input: {}, errorText: 'No symbol.' },
        { type: 'tool-output-error', toolCallId: 'c', errorText: 'Timed out.' },
        { type: 'text-delta', id: '1', delta: 'Hi' },
      ].map((one) => event(JSON.stringify(one))),
    )
    assert.deepEqual(lines, [
      'ai-sdk: start',
      'ai-sdk: start-step',
      'ai-sdk: ▸ tool get “{}”, tool-input-error No symbol.',
      'ai-sdk: tool-output-error Timed out.',
      'ai-sdk: text “Hi”',
    ])
    const agents = createDataFrames()
    assert.deepEqual(
      linesOf([
        agents.event('{"type":"RUN_STARTED","threadId":"t","runId":"r"}'),
        agents.event('{"type":"SUBAGENT_ERROR","subagentRunId":"s","message":"Lost.","code":"E1"}'),
      ]),
      ['ag-ui: RUN_STARTED', 'ag-ui: SUBAGENT_ERROR E1: Lost.'],
    )
  })

  it('goes by the chunks where a request looks like that of another API', () => {
    const { request, event } = createDataFrames()
    const body = '{"model":"m-1","messages":[{"role":"user","content":"Go"}]}'
    assert.deepEqual(
      linesOf([
        request(body, 'stream', { url: 'https://a.example/api/chat' }),
        event(chunk({ content: 'Hi' })),
      ]),
      ['ollama: POST /rpc ▸ m-1 “Go”', 'openai-chat: ◂ text m-1 · 10 ms · “Hi”'],
    )
  })

  it('pairs the messages of a WebSocket by the stream that they name', () => {
    const { message } = createDataFrames()
    const create = (stream_id: string) =>
      JSON.stringify({ type: 'response.create', stream_id, model: 'm-2', input: 'Go' })
    const created = (stream_id: string) =>
      JSON.stringify({ type: 'response.created', stream_id, response: { object: 'response' } })
    assert.deepEqual(
      linesOf([
        message('out', create('a')),
        message('out', create('b')),
        message('in', created('a')),
        message('in', created('b')),
      ]),
      [
        ...['▸ m-2 “Go”', '▸ m-2 “Go”'],
        ...['◂ response.created m-2 · 20 ms', '◂ response.created m-2 · 20 ms'],
      ].map((line) => `openai-responses: ${line}`),
    )
  })

  it('tells the error of an answer that opens no stream', () => {
    const { request, response } = createDataFrames()
    const body = '{"model":"m-1","messages":[{"role":"user","content":"Go"}]}'
    const lines = linesOf([
      request(body, 'stream', { url: chatUrl }),
      response('{"error":{"message":"No such model","code":404}}', 1, 'stream'),
    ])
    assert.match(lines[1] ?? '', /◂ error 404: No such model · m-1 · 10 ms/)
  })

  it('claims no chat between people, no event that is named alike, and no JSON of another kind', () => {
    const { request, event, message } = createDataFrames()
    for (const sample of [
      request('{"messages":[{"role":"user","content":"Hi"}]}', 'stream', {
        url: 'https://a.example/api/messages',
      }),
      event('{"type":"ping"}', 'ping'),
      event('{"type":"error","message":"Oh"}', 'error'),
      event('{"id":1}', 'message_start'),
      event('{"candidates":[{"name":"Ada"}]}'),
      event('{"type":"start"}'),
      message('in', '{"type":"response.ready"}'),
      message('in', '{"done":true,"response":"ok"}'),
    ])
      assert.deepEqual(linesOf([sample]), [])
  })

  it('tells no more packets of a frame than others do', () => {
    const calls = Array.from({ length: 150 }, (_, index) => ({
      index,
      function: { name: `f${index}`, arguments: '{}' },
    }))
    const choices = [0, 1].map((index) => ({ index, delta: { tool_calls: calls } }))
    const { frame, payload } = createDataFrames().event(chunk({}, null, { choices }))
    const [decoded] = createDecoding().push(frame, payload)
    assert.equal(decoded?.packets.length, decodeLimits.packets + 1)
    assert.equal(decoded?.packets.at(-1)?.name, '100 not decoded')
  })
})
