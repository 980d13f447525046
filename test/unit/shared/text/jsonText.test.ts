// Sentences about a message that should be JSON and is not.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { jsonHint } from '../../../../src/shared/text/jsonText.ts'

describe('The hint about JSON', () => {
  for (const text of ['{"a": 1', '[1, 2,]', '  {a: 1}', '{']) {
    it(`says why ${text} is none, and that it is sent all the same`, () => {
      assert.match(jsonHint(text) ?? '', /^This is not yet JSON: .+[^.]\. It is sent as it is\.$/)
    })
  }

  for (const text of ['{"a": 1}', ' [1, 2] ', 'hello', '', 'ping {', '42']) {
    it(`is not given for ${JSON.stringify(text)}`, () => assert.equal(jsonHint(text), null))
  }
})
