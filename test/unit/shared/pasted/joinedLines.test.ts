// A command whose lines a text box has joined asks for the same, or is refused: never for something else.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parsePasted } from '../../../../src/shared/pasted/parsePasted.ts'
import { readCorpus } from '../../../support/pasted/pastedCorpus.ts'

/** Line ends within a body are blanks then, or nothing. */
function withoutBlanks(value: unknown): string {
  return JSON.stringify(value).replace(/\\[rnt]|\s/g, '')
}

/** There a backslash before a blank is one that is meant. */
const untold = ['continuation within double quotes', 'continuation within a word']

describe('a pasted command whose lines have been joined', () => {
  for (const { name, cases } of readCorpus()) {
    for (const { title, text, refused } of cases) {
      if (refused !== undefined || !text.includes('\n') || untold.includes(title)) continue
      it(`asks for the same, or is refused: ${name}: ${title}`, () => {
        const whole = parsePasted(text)
        assert.ok(whole.ok)
        for (const end of [' ', '']) {
          const joined = parsePasted(text.replaceAll('\n', end))
          if (joined.ok) {
            assert.equal(withoutBlanks(joined.value.entry), withoutBlanks(whole.value.entry))
          }
        }
      })
    }
  }

  it('is taken where each line but the last goes on', () => {
    const lines = ['curl http://h/', '-H "a: b"', '--data-raw "{}"', '--compressed']
    for (const mark of [' \\', ' ^', ' `']) {
      const text = lines.join(`${mark}\n  `)
      const whole = parsePasted(text)
      assert.ok(whole.ok)
      for (const end of [' ', '']) {
        assert.deepEqual(parsePasted(text.replaceAll('\n', end)), whole, mark + end)
      }
    }
  })
})
