// The words for what came, beside a sentence that may quote it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { cameWords } from '../../../../src/shared/frame/cameWords.ts'

describe('the words for what came', () => {
  it('follow the sentence, and say where it came in place of an answer', () => {
    assert.equal(cameWords('stream-error-text', 'ouch', 'It ended.'), 'What came: ouch')
    assert.equal(
      cameWords('http-invalid', 'SSH-2.0', 'No HTTP answers.'),
      'What came instead: SSH-2.0',
    )
    assert.equal(cameWords(null, null, 'It ended.'), null)
  })

  it('are left out where the sentence quotes it, in JSON as well', () => {
    const said = 'The stream ended with JSON that is no event: “The "model" is overloaded.” (529).'
    const json = JSON.stringify({ error: { code: 529, message: 'The "model" is overloaded.' } })
    assert.equal(cameWords('stream-error-text', json, said), null)
    assert.equal(cameWords('stream-error-text', 'overloaded', said), 'What came: overloaded')
  })
})
