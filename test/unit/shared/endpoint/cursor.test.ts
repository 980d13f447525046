// Paths of a cursor, which are followed step by step.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { valueAt, withValueAt } from '../../../../src/engine/protocols/polling/jsonValue.ts'
import { profilesLimits } from '../../../../src/shared/limits.ts'
import { isNamesPath, parseOnePlace } from '../../../../src/shared/text/jsonPath.ts'

const { pathChars } = profilesLimits

describe('the path of a cursor', () => {
  it('can be as long as 1,000 characters, and is followed to its end', () => {
    const path = 'a.'.repeat(pathChars / 2).slice(0, -1)
    assert.ok(parseOnePlace(path) && isNamesPath(path))
    const made = withValueAt(undefined, path, 1)
    assert.equal(valueAt(made, path), 1)
  })

  for (const step of ['a.', '["a"]', '[0]', 'a']) {
    it(`is none where ${step} makes it longer`, () => {
      const path = `a${step === 'a.' ? '.' : ''}${step.repeat(200_000)}`.replace(/\.$/, '')
      assert.deepEqual([parseOnePlace(path), isNamesPath(path)], [null, false])
    })
  }
})
