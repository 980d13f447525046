// The place of a mistake in JSON that is typed: what is underlined in the send box.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { mistakeSpan } from '../../../../src/webview/composer/mistakeSpan.ts'

describe('the mistake in JSON that is underlined', () => {
  for (const [text, underlined] of [
    ['{"price":x1,"size":2}', 'x1'],
    ['{"price" 7, "size": 2}', '7'],
    ['{\n  "price": 7,\n  size: 2\n}', 'size'],
    ['{"price":7,}', '}'],
    ['{"a":"\\q"}', '"\\q"'],
    ['{"a":1}}', '}'],
    ['{"a":1}', null],
    // What reaches the end may still be typed.
    ['{"price":tru', null],
    ['{"price":"B', null],
    ['{"price":', null],
    ['{"price":,} ', ','],
    ['hello', null],
    [`{"price": \${input:price}}`, null],
  ] as const) {
    it(text, () => {
      const span = mistakeSpan(text)
      assert.equal(span && text.slice(span.from, span.to), underlined)
    })
  }
})
