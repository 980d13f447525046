// Measures of answers: of whole ones, of open ones, and of those of which little is known.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { measureAnswer } from '../../../../src/shared/session/modelMeasures.ts'
import { createModelFold } from '../../../support/models/modelFold.ts'

function chunk(content: string, more: object = {}) {
  const choices = [{ index: 0, delta: { content }, finish_reason: null }]
  return { object: 'chat.completion.chunk', choices, ...more }
}

describe('the measures of an answer', () => {
  it('count from its request, rates from its first token', () => {
    const { request, event, answers } = createModelFold()
    request(1000, { model: 'm', messages: [{ role: 'user', content: 'Go' }] })
    event(1400, chunk(''))
    event(2000, chunk('x'.repeat(30)))
    event(3500, chunk('', { choices: [], usage: { completion_tokens: 11 } }))
    event(4000, '[DONE]')
    const [answer] = answers()
    assert.deepEqual(answer && measureAnswer(answer), {
      ...{ durationMs: 3000, firstChunkMs: 400, firstTokenMs: 1000 },
      ...{ tokenMs: 200, tokensPerSecond: 5.5, charsPerSecond: 15 },
    })
  })

  it('have no tokens without usage, and no times to something without a request', () => {
    const { event, answers } = createModelFold()
    event(1000, chunk('abcd'))
    event(1500, chunk('efgh'))
    const [answer] = answers()
    assert.deepEqual(answer && measureAnswer(answer), {
      ...{ durationMs: 500, firstChunkMs: null, firstTokenMs: null },
      ...{ tokenMs: null, tokensPerSecond: null, charsPerSecond: 16 },
    })
  })

  it('count no tokens of an answer that failed: of those the API had told a part', () => {
    const { named, answers } = createModelFold()
    const message = { role: 'assistant', usage: { input_tokens: 5, output_tokens: 1 } }
    named(0, 'message_start', { type: 'message_start', message })
    const delta = { type: 'text_delta', text: 'abcd' }
    named(500, 'content_block_delta', { type: 'content_block_delta', index: 0, delta })
    named(1500, 'error', { type: 'error', error: { message: 'Oh.' } })
    const [answer] = answers()
    assert.equal(answer?.usage?.output, 1)
    const { tokensPerSecond, charsPerSecond } = measureAnswer(answer ?? assert.fail())
    assert.deepEqual([tokensPerSecond, charsPerSecond], [null, 4])
  })

  it('have no rate while all came at one time', () => {
    const { event, answers } = createModelFold()
    event(1000, chunk('abcd'))
    const [answer] = answers()
    assert.equal(answer && measureAnswer(answer).charsPerSecond, null)
  })
})
