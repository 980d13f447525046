// Two filters as one.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { bothFilters } from '../../../../src/shared/filter/bothFilters.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'

describe('two filters', () => {
  it('are one that asks for both', () => {
    assert.equal(bothFilters('', 'trade'), 'trade')
    assert.equal(bothFilters('trade', ''), 'trade')
    assert.equal(bothFilters('one or two', 'three or -four'), '(one or two) (three or -four)')
    assert.deepEqual(
      parseFilter(bothFilters('one (two or three)', ':)')).node,
      parseFilter('one (two or three) ":)"').node,
    )
  })
})
