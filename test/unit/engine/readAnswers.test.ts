// Answers of models read from a capture for a report, and the words of that.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createCapture } from '../../../src/engine/capture/capture.ts'
import { allAnswers } from '../../../src/engine/readAnswers.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { answersMarkdown } from '../../../src/shared/session/answerWords.ts'
import { modelLimits } from '../../../src/shared/session/modelLimits.ts'
import { createModelFold } from '../../support/models/modelFold.ts'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'

function event(said: object, connection = 1): NewFrame {
  const payload = Buffer.from(JSON.stringify(said))
  return {
    ...{ kind: 'event', at: 1_760_000_000_000, connection, direction: 'in', replyTo: null },
    ...{ sizeBytes: payload.length, wireBytes: payload.length + 8, payload, code: null },
    detail: { type: 'message', lastEventId: '' },
  }
}

function chunk(delta: object, finish: string | null = null, more: object = {}) {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return { object: 'chat.completion.chunk', model: 'm_1', choices, ...more }
}

function readOf(...said: readonly NewFrame[]) {
  const endpoint = testEndpoint({ method: 'sse', url: 'https://a.example/' })
  const capture = createCapture({ path: null, name: 'Run', endpoint, limits: defaultLimits })
  for (const frame of said) capture.append(frame)
  capture.flush()
  const read = allAnswers(capture)
  capture.close()
  return read
}

describe('the answers of a capture', () => {
  it('are read with what they say, part after part, without reasoning', () => {
    const [said, ...others] = readOf(
      event(chunk({ reasoning_content: 'Hm' })),
      event(chunk({ content: 'Let me ' })),
      event(chunk({ content: 'look.' })),
      event(chunk({ tool_calls: [{ index: 0, function: { name: 'get', arguments: '{' } }] })),
      event(chunk({ tool_calls: [{ index: 0, function: { arguments: '}' } }] })),
    )
    assert.deepEqual(others, [])
    assert.equal(said?.text, 'Let me look.\n\nget({})')
    assert.equal(said?.isCut, false)
  })

  it('are those that came last, each by its beginning', () => {
    const long = 'x'.repeat(modelLimits.reportChars + 5)
    const count = modelLimits.reported + 2
    const read = readOf(
      ...Array.from({ length: count }, (_, index) => event(chunk({ content: long }), index + 1)),
    )
    assert.equal(read.length, modelLimits.reported)
    assert.equal(read.at(-1)?.answer.id, count)
    assert.deepEqual([read[0]?.text.length, read[0]?.isCut], [modelLimits.reportChars, true])
  })
})

describe('a report of answers', () => {
  it('tells how each began, came and ended, and what it says as no markup', () => {
    const { request, event: came, answers } = createModelFold()
    request(0, { model: 'm', messages: [{ role: 'user', content: 'Which *one*?' }] })
    came(400, chunk({ content: 'a' }))
    came(500, chunk({ content: 'b' }, 'stop'))
    came(1400, chunk({}, null, { choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } }))
    came(1400, '[DONE]')
    const [answer] = answers()
    assert.ok(answer)
    assert.equal(
      answersMarkdown([{ answer, text: '```\n@all', isCut: true }]),
      [
        '**Answer #1** · OpenAI chat · m\\_1 · “Which \\*one\\*?”  ',
        'Finished: stop. 1.4 s in all. First token after 400 ms. Between chunks 100 / 900 ms (half / 95 %). 9 tokens in, 3 out, 3.0 tokens/s.',
        '',
        '````markdown',
        '```',
        '@all',
        '````',
        '',
        'The rest is left out.',
        '',
        '',
      ].join('\n'),
    )
  })

  it('tells failures and cuts, and characters where nothing counts tokens', () => {
    const failed = createModelFold()
    failed.event(0, chunk({ content: 'a' }))
    failed.event(5, { error: { message: 'Busy.', code: 503 } })
    const cut = createModelFold()
    cut.event(0, chunk({ content: 'ab' }))
    cut.wait(1000)
    const said = [...failed.answers(), ...cut.answers()].map((answer) => ({
      ...{ answer, text: '', isCut: false },
    }))
    const text = answersMarkdown(said)
    assert.match(text, /^Failed: 503: Busy\. 5\.0 ms in all\./m)
    assert.match(text, /^Cut: it ended without its finish sign\. .* 2\.0 characters\/s\.$/m)
    assert.equal(answersMarkdown([]), '')
  })
})
