// The filters that a profile keeps: read, written again, and corrected.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { formatProfile } from '../../../../src/shared/profile/formatProfile.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { assertProblem } from '../../../support/assertProblem.ts'
import { accept } from '../../../support/samples/resolveEndpoint.ts'

const polling = { url: 'http://localhost/', method: 'polling' }

describe('the filters of a profile', () => {
  it('are kept as they were written, for every method', () => {
    const filters = [{ name: 'Large', filter: '$.price > 7 or "a b"' }]
    for (const method of ['polling', 'sse', 'websocket']) {
      const url = method === 'websocket' ? 'ws://localhost/' : 'http://localhost/'
      const endpoint = accept({ url, method, filters })
      assert.deepEqual(endpoint.filters, filters)
      assert.deepEqual(formatProfile('P', endpoint).filters, filters)
    }
    assert.equal('filters' in formatProfile('P', accept(polling)), false)
  })

  const wrong: readonly (readonly [filters: unknown, path: string, says: RegExp])[] = [
    ['is:error', 'filters', /Write "filters" as a list/],
    [['is:error'], 'filters[0]', /Write it as an object/],
    [[{ name: 'A' }], 'filters[0].filter', /Add a "filter"/],
    [[{ filter: 'a' }], 'filters[0].name', /Add a "name"/],
    [[{ name: 'A', filter: 'a', mode: 1 }], 'filters[0].mode', /mode/],
    [
      [
        { name: 'A', filter: 'dir:in' },
        { name: 'B', filter: 'x dir:up' },
      ],
      'filters[1].filter',
      /Correct the filter\. `dir:` takes in, out or local\./,
    ],
    [
      [
        { name: 'A', filter: 'a' },
        { name: 'A', filter: 'b' },
      ],
      'filters[1].name',
      /stands further up already/,
    ],
  ]
  for (const [filters, path, says] of wrong) {
    it(`are corrected in ${JSON.stringify(filters)}`, () => {
      assertProblem(parseEndpoint({ ...polling, filters }), path, says)
    })
  }
})
