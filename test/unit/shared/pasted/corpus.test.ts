// Each command of the corpus is read as its entry says, told what is not followed, or refused with what to change.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { isPasted, parsePasted } from '../../../../src/shared/pasted/parsePasted.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { readCorpus } from '../../../support/pasted/pastedCorpus.ts'

const files = readCorpus()

describe('the corpus of pasted commands', () => {
  it('is large, and says of each what is expected', () => {
    const cases = files.flatMap((file) => file.cases)
    assert.ok(cases.length >= 350, String(cases.length))
    for (const { title, sends, refused } of cases) {
      assert.ok(sends !== undefined || refused !== undefined, title)
      // What curl asks nothing for is refused here, too.
      if (sends?.startsWith('(no request')) assert.ok(refused !== undefined, title)
    }
  })

  for (const { name, cases } of files) {
    for (const { title, text, refused, notes, entry } of cases) {
      it(`${refused === undefined ? 'is read' : 'is refused'}: ${name}: ${title}`, () => {
        assert.ok(isPasted(text))
        const parsed = parsePasted(text)
        if (refused !== undefined) {
          // Some of it is told by the checks of every entry.
          const whole = parsed.ok
            ? parseEndpoint({ method: 'polling', ...parsed.value.entry })
            : parsed
          assert.equal(whole.ok ? JSON.stringify(parsed) : whole.problems[0]?.message, refused)
          return
        }
        assert.ok(parsed.ok, JSON.stringify(parsed))
        assert.deepEqual(parsed.value.notes, notes)
        for (const [field, value] of Object.entries(entry)) {
          assert.deepEqual(parsed.value.entry[field], value, field)
        }
        const endpoint = parseEndpoint({ method: 'polling', ...parsed.value.entry })
        assert.ok(endpoint.ok, JSON.stringify(endpoint))
      })
    }
  }
})
