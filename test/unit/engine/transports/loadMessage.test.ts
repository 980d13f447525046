// Messages of a profile that stand in files.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { loadMessage } from '../../../../src/engine/transports/loadMessage.ts'

describe('the file of a message', () => {
  it('is sent as bytes', async () => {
    const message = await loadMessage({ kind: 'file', value: new URL(import.meta.url).pathname })
    assert.ok(message.type === 'binary' && message.bytes.length > 0)
  })

  it('cannot be a device, which has no end', async () => {
    await assert.rejects(loadMessage({ kind: 'file', value: '/dev/zero' }), /no file with a size/)
  })
})
