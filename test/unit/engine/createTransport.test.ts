// The transport of a method, with what every transport has.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'

describe('A transport', () => {
  it('tells what is repeated now, not what was when it was made', async () => {
    const endpoint = testEndpoint({ url: 'ws://localhost:1/', method: 'websocket' })
    const transport = createTransport(testOptions(endpoint))
    assert.equal(transport.sender?.repeatMs, null)
    transport.sender?.repeat({ type: 'text', text: 'tick' }, 500)
    assert.equal(transport.sender?.repeatMs, 500)
    transport.sender?.repeat(null, 0)
    assert.equal(transport.sender?.repeatMs, null)
    assert.ok(transport.cookies)
    await transport.close()
  })
})
