// Requests that are alike share one detail.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { sharedRequest } from '../../../../../src/engine/transports/http/sharedRequest.ts'
import type { RequestDetail } from '../../../../../src/shared/frame/httpDetail.ts'
import { isShared } from '../../../../../src/shared/frame/share.ts'

/** A new object each time, as a transport makes it. */
function detail(more: Partial<RequestDetail> = {}): RequestDetail {
  return {
    purpose: 'poll',
    method: 'GET',
    url: 'http://localhost/poll',
    target: '/poll',
    httpVersion: '1.1',
    headers: [['Host', 'localhost']],
    ...more,
  }
}

describe('the detail of a request', () => {
  it('is one shared object from the second of those that are alike', () => {
    const first = sharedRequest(detail())
    assert.equal(isShared(first), false)
    const second = sharedRequest(detail())
    assert.equal(isShared(second), true)
    assert.equal(sharedRequest(detail()), second)
    assert.deepEqual(second, detail())
  })

  const others: readonly (readonly [what: string, other: Partial<RequestDetail>])[] = [
    ['purpose', { purpose: 'companion' }],
    ['method', { method: 'HEAD' }],
    ['URL', { url: 'http://localhost/other' }],
    ['target', { target: '/poll?since=1' }],
    ['header’s value', { headers: [['Host', 'example.com']] }],
    ['header’s name', { headers: [['host', 'localhost']] }],
    [
      'number of headers',
      {
        headers: [
          ['Host', 'localhost'],
          ['Accept', '*/*'],
        ],
      },
    ],
    ['way', { proxy: 'proxy:1' }],
  ]
  for (const [what, other] of others) {
    it(`is another when the ${what} is`, () => {
      for (let n = 0; n < 2; n++) sharedRequest(detail())
      assert.deepEqual(sharedRequest(detail(other)), detail(other))
      assert.deepEqual(sharedRequest(detail()), detail())
    })
  }
})
