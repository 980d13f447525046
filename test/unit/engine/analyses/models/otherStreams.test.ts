// Streams that are another than their request looks like, and requests that are sent more than once.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createCapture } from '../../../../../src/engine/capture/capture.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import { modelLimits } from '../../../../../src/shared/session/modelLimits.ts'
import { createModelFold } from '../../../../support/models/modelFold.ts'
import { testEndpoint } from '../../../../support/samples/testEndpoint.ts'

const messages = [{ role: 'user', content: 'Go' }]

function chunk(content: string, finish: string | null = null) {
  const choices = [{ index: 0, delta: { content }, finish_reason: finish }]
  return { object: 'chat.completion.chunk', choices }
}

describe('an answer', () => {
  it('is of the API that its chunks are of, whatever its path is used for elsewhere', () => {
    const { request, record, event, answers, parts } = createModelFold()
    request(0, { model: 'm', messages }, 'https://a.example/api/chat')
    assert.equal(answers()[0]?.api, 'ollama')
    event(1, chunk('Hi'))
    assert.deepEqual(
      [answers()[0]?.api, answers().length, ...parts()],
      [...['openai-chat', 1, 'text: Hi']],
    )
    // From now on it is known.
    record(2, { model: 'm', response: 'no', done: false })
    assert.deepEqual(parts(), ['text: Hi'])
  })

  it('is of the AI SDK where its header says so', () => {
    const { request, response, event, answers } = createModelFold()
    request(0, { model: 'm', messages }, 'https://a.example/api/chat')
    response(1, 200, 'OK', [['x-vercel-ai-ui-message-stream', 'v1']])
    event(2, { type: 'start' })
    assert.deepEqual(
      answers().map(({ api, state, chunks }) => [api, state, chunks]),
      [['ai-sdk', 'open', 1]],
    )
  })

  it('has its model from the path of a deployment', () => {
    const { request, event, answers } = createModelFold()
    const path = '/openai/deployments/my-model/chat/completions?api-version=1'
    request(0, { messages }, `https://a.example${path}`)
    event(1, { object: '', choices: [], prompt_filter_results: [] })
    event(2, chunk('Hi'))
    const [answer] = answers()
    assert.deepEqual([answer?.model, answer?.requestSeq, answer?.chunks], ['my-model', 1, 2])
  })

  it('of completions without a chat is read, too', () => {
    const { event, parts, answers } = createModelFold()
    const of = (text: string, finish_reason: string | null) => ({
      object: 'text_completion',
      choices: [{ index: 0, text, finish_reason }],
    })
    event(0, of('Hel', null))
    event(1, of('lo', 'length'))
    event(2, '[DONE]')
    assert.deepEqual(parts(), ['text: Hello'])
    assert.equal(answers()[0]?.finish?.isLength, true)
  })

  it('is one where its request was redirected, and two where it was refused before', () => {
    const redirected = createModelFold()
    redirected.request(0, { model: 'm', messages })
    redirected.response(1, 307, 'Temporary Redirect', [], { redirectTo: 'https://b.example/' })
    redirected.request(2, { model: 'm', messages })
    redirected.event(3, chunk('Hi', 'stop'))
    assert.deepEqual(
      redirected.answers().map(({ state, startedAt, chunks }) => [state, startedAt, chunks]),
      [['open', 0, 1]],
    )
    const refused = createModelFold()
    refused.request(0, { model: 'm', messages })
    refused.response(1, 401, 'Unauthorized')
    refused.request(2, { model: 'm', messages })
    refused.event(3, chunk('Hi'))
    assert.deepEqual(
      refused.answers().map(({ state, chunks }) => [state, chunks]),
      [
        ['failed', 0],
        ['open', 1],
      ],
    )
  })

  it('is none where something else comes than a model says', () => {
    const whole = createModelFold()
    whole.request(0, { model: 'm', messages }, 'https://a.example/messages')
    whole.event(1, { text: 'Hello' })
    whole.wait(2)
    assert.deepEqual(whole.answers(), [])
    const open = createModelFold()
    open.request(0, { model: 'm', messages }, 'https://a.example/messages')
    for (let at = 1; at <= modelLimits.firstChunks; at++) open.event(at, 'not JSON')
    assert.deepEqual(open.answers(), [])
  })

  it('is none in streams whose words are like those of the AI SDK or of LangGraph', () => {
    const streams: readonly (readonly (readonly [type: string, data: object])[])[] = [
      [
        ['message', { type: 'start', messageId: 'm1' }],
        ['message', { type: 'text-start', offset: 4 }],
        ['message', { type: 'progress', id: '1', delta: 5 }],
      ],
      [
        ['message', { type: 'text-start', id: '1' }],
        ['message', { type: 'text-delta', id: '2', delta: 'Hi' }],
      ],
      [
        ['start', { type: 'start' }],
        ['step', { type: 'start-step' }],
      ],
      [
        ['metadata', { run_id: '1ef4a9d7-2b1c-6d0e-8f3a-0242ac120002' }],
        ['updates', { step: 'build' }],
        ['messages', [{ type: 'info', text: 'Built' }, { step: 'build' }]],
        ['end', {}],
      ],
    ]
    for (const events of streams) {
      const fold = createModelFold()
      for (const [at, [type, data]] of events.entries()) fold.named(at, type, data)
      fold.wait(9)
      assert.deepEqual(fold.answers(), [])
    }
  })

  it('fails with its exchange, and is cut where it ends without a chunk', () => {
    const failed = createModelFold()
    failed.request(0, { model: 'm', messages })
    failed.fault(1)
    assert.deepEqual(failed.answers()[0]?.error, { message: 'Oh.', seq: 2 })
    const refused = createModelFold()
    refused.request(0, { model: 'm', messages })
    const body = { error: { message: 'No such key.', type: 'invalid_request_error' } }
    refused.response(1, 401, 'Unauthorized', [], {}, body)
    assert.equal(
      refused.answers()[0]?.error?.message,
      '401 Unauthorized: invalid_request_error: No such key.',
    )
    const empty = createModelFold()
    empty.request(0, { model: 'm', messages })
    empty.response(1, 200, 'OK')
    empty.wait(2)
    assert.deepEqual([empty.answers()[0]?.state, empty.answers()[0]?.chunks], ['cut', 0])
  })

  it('goes on after an error that was not the end', () => {
    const { event, fault, wait, answers } = createModelFold()
    event(0, chunk('Hi'))
    fault(1)
    assert.equal(answers()[0]?.state, 'cut')
    event(2, chunk(' there'))
    assert.equal(answers()[0]?.state, 'open')
    wait(3)
    assert.equal(answers()[0]?.state, 'cut')
  })
})

describe('a capture', () => {
  const at = 1_760_000_000_000
  const event = (said: object, ms: number): NewFrame => {
    const payload = Buffer.from(JSON.stringify(said))
    return {
      ...{ kind: 'event', at: at + ms, connection: 1, direction: 'in', replyTo: null, code: null },
      ...{ sizeBytes: payload.length, wireBytes: payload.length + 8, payload },
      detail: { type: 'message', lastEventId: '' },
    }
  }

  it('tells answers while it is written, and their spans from any of them on', () => {
    const path = null
    const endpoint = testEndpoint({ method: 'sse', url: 'https://a.example/' })
    const capture = createCapture({ path, name: 'Run', endpoint, limits: defaultLimits })
    const spans = (from: number) => {
      const scope = { afterSeq: 0, answer: { id: 1, from } }
      const { result, complete } = capture.analysis('answers', scope)
      assert.ok(complete)
      return [result.answers[0]?.spans, ...(result.piece?.spans ?? []).map(({ text }) => text)]
    }
    const long = 'x'.repeat(2000)
    capture.append(event(chunk('a'), 0))
    capture.append(event(chunk(long), 10))
    capture.flush()
    assert.deepEqual(spans(0), [2, 'a', long])
    capture.append(event(chunk('c'), 20))
    capture.flush()
    assert.deepEqual(spans(2), [3, 'c'])
    assert.deepEqual(spans(3), [3])
    capture.close()
  })
})
