// No text of a profile or a peer becomes a link in VS Code's own messages.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { plainMessage } from '../../../../src/host/window/plainMessage.ts'

// VS Code: src/vs/base/common/linkedText.ts
const linkShape = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i

describe('a message of VS Code', () => {
  for (const text of [
    '[a](command:workbench.action.terminal.new)',
    '“[a](https://b.example/ "c")” was not connected.',
    '[a](file:///b)',
    '[a](command:b)](command:c)',
  ]) {
    it(`has no link in ${text}`, () => {
      assert.match(text, linkShape)
      assert.doesNotMatch(plainMessage(text), linkShape)
    })
  }

  it('shows what would turn it around or hide, and cuts what runs on, line by line', () => {
    const text = `a\u202eb\n${'x'.repeat(60_000)}`
    assert.match(plainMessage(text), /^a\\u202eb\nx{900,999}…$/)
  })

  it('keeps every other text as it is', () => {
    const text = 'Correct [1] (see https://a.example/) and "url".'
    assert.equal(plainMessage(text), text)
  })
})
