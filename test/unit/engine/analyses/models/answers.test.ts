// The answers of language models, from literal chunks: what was said, how it ended, and when it came.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { modelLimits } from '../../../../../src/shared/session/modelLimits.ts'
import { createModelFold } from '../../../../support/models/modelFold.ts'

function chunk(delta: object, finish: string | null = null, more: object = {}) {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'm-1-2026', choices, ...more }
}

describe('the answers of a session', () => {
  it('have the request, the text, the finish and the usage of a chat completion', () => {
    const { request, event, answers, read } = createModelFold()
    request(1000, {
      model: 'm-1',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Which one?' },
      ],
      stream_options: { include_usage: true },
    })
    event(1400, chunk({ role: 'assistant', content: '' }))
    event(1500, chunk({ content: 'This' }))
    event(1520, chunk({ content: ' one' }))
    event(1540, chunk({}, 'stop'))
    event(1550, {
      ...chunk({}),
      choices: [],
      usage: { prompt_tokens: 9, completion_tokens: 3 },
    })
    event(1560, '[DONE]')
    const [answer] = answers()
    assert.deepEqual(answer, {
      ...{ id: 1, api: 'openai-chat', model: 'm-1-2026', prompt: 'Which one?', state: 'complete' },
      ...{ requestSeq: 1, firstSeq: 2, lastSeq: 6, startedAt: 1000, firstChunkAt: 1400 },
      ...{ firstTokenAt: 1500, lastAt: 1550, endedAt: 1560, endSeq: 7, error: null },
      finish: { reason: 'stop', isLength: false, seq: 5 },
      usage: { input: 9, output: 3, reasoning: null, seq: 6 },
      usageAsked: true,
      ...{ chunks: 5, chars: 8, spans: 2, stalls: [], stallCount: 0, bursts: 5 },
      gaps: answer?.gaps,
    })
    assert.equal(answer?.gaps?.max, 100)
    assert.deepEqual(read(1, 1).piece, {
      ...{ id: 1, from: 1, left: 0 },
      spans: [{ seq: 4, at: 1520, part: 0, kind: 'text', text: ' one' }],
    })
  })

  it('are open from the request on, and cut where the stream ends without a finish', () => {
    const { request, event, wait, answers } = createModelFold()
    request(0, {
      model: 'm',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Go' }] }],
    })
    assert.deepEqual(
      answers().map(({ state, prompt, usageAsked }) => [state, prompt, usageAsked]),
      [['open', 'Go', false]],
    )
    event(10, chunk({ content: 'half' }))
    assert.equal(answers()[0]?.state, 'open')
    wait(20)
    assert.deepEqual(
      answers().map(({ state, endedAt, endSeq }) => [state, endedAt, endSeq]),
      [['cut', 20, 3]],
    )
  })

  it('fail by an error inside of the stream, and by a refused request', () => {
    const one = createModelFold()
    one.event(10, chunk({ content: 'half' }))
    one.event(20, { error: { message: 'Overloaded', code: 529 } })
    assert.deepEqual(one.answers()[0]?.error, { message: '529: Overloaded', seq: 2 })
    assert.equal(one.answers()[0]?.state, 'failed')
    const two = createModelFold()
    two.request(0, { model: 'm', messages: [{ role: 'user', content: 'Go' }] })
    two.response(5, 401, 'Unauthorized')
    assert.deepEqual(two.answers()[0]?.error, { message: '401 Unauthorized', seq: 2 })
  })

  it('know stalls, and chunks that came together', () => {
    const { event, answers } = createModelFold()
    for (const at of [0, 20, 20, 20, 40, 2540, 2560]) event(at, chunk({ content: 'x' }))
    const [answer] = answers()
    assert.deepEqual(answer?.stalls, [{ fromSeq: 5, untilSeq: 6, ms: 2500 }])
    assert.deepEqual([answer?.stallCount, answer?.bursts], [1, 5])
  })

  it('of several connections at once are kept apart, and so are several in a row', () => {
    const { event, answers, parts } = createModelFold()
    event(0, chunk({ content: 'a' }), 1)
    event(1, chunk({ content: 'b' }), 2)
    event(2, chunk({ content: 'c' }), 1)
    event(3, chunk({}, 'stop'), 1)
    event(4, chunk({ content: 'd' }, null, { id: 'chatcmpl-2' }), 1)
    assert.deepEqual(
      answers().map(({ id }) => [id, ...parts(id)]),
      [
        [1, 'text: ac'],
        [2, 'text: b'],
        [5, 'text: d'],
      ],
    )
  })

  it('number their parts, and name tools once', () => {
    const { event, read } = createModelFold()
    const call = (index: number, rest: object) => chunk({ tool_calls: [{ index, function: rest }] })
    event(0, chunk({ reasoning_content: 'Hm' }))
    event(1, chunk({ content: 'Look' }))
    event(2, call(0, { name: 'get', arguments: '' }))
    event(3, call(0, { arguments: '{"a":' }))
    event(4, call(1, { name: 'put', arguments: '{}' }))
    event(5, call(0, { arguments: '1}' }))
    assert.deepEqual(
      read().piece?.spans.map(({ part, kind, text, name }) => [part, kind, text, name]),
      [
        [0, 'reasoning', 'Hm', undefined],
        [1, 'text', 'Look', undefined],
        [2, 'tool', '', 'get'],
        [2, 'tool', '{"a":', undefined],
        [3, 'tool', '{}', 'put'],
        [2, 'tool', '1}', undefined],
      ],
    )
  })

  it('of several choices are told apart', () => {
    const { event, parts } = createModelFold()
    const of = (index: number, content: string) => ({
      ...chunk({}),
      choices: [{ index, delta: { content }, finish_reason: null }],
    })
    event(0, of(0, 'Yes'))
    event(1, of(1, 'No'))
    event(2, of(0, '!'))
    event(3, of(1, '?'))
    assert.deepEqual(parts(), ['text: Yes!', 'text of 1: No?'])
  })

  it('do not begin with a request of people who chat', () => {
    const { request, event, answers } = createModelFold()
    request(0, { messages: [{ role: 'user', content: 'Hi' }] }, 'https://a.example/messages')
    event(5, { text: 'Hello' })
    assert.deepEqual(answers(), [])
  })

  it('leave what no API knows alone', () => {
    const { event, answers } = createModelFold()
    for (let at = 0; at <= modelLimits.firstChunks; at++) event(at, { price: at })
    event(9, chunk({ content: 'late' }))
    assert.deepEqual(answers(), [])
  })

  it('keep the beginning of one that is too long, and say what is left out', () => {
    const { event, read } = createModelFold()
    const long = 'x'.repeat(Math.floor(modelLimits.chars * 0.35))
    for (let at = 0; at < 3; at++) event(at, chunk({ content: long }))
    const { answers, piece } = read()
    assert.equal(piece?.spans.length, 2)
    assert.equal(piece?.left, long.length)
    assert.equal(answers[0]?.chars, 3 * long.length)
  })
})
