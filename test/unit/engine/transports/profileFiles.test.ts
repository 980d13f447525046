import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { loadMessage, readBodyFile } from '../../../../src/engine/transports/profileFiles.ts'
import { defaultLimits } from '../../../../src/shared/limits.ts'

describe('the file of a body', () => {
  for (const [path, words] of [
    ['/dev/zero', /is a device or a pipe, which has no end: \/dev\/zero/],
    ['/', /is a folder|cannot be read/],
    ['/nowhere/at/all', /\/nowhere/],
  ] as const) {
    it(`cannot be ${path}`, async () => {
      const body = await readBodyFile(path, defaultLimits)
      assert.ok(!body.ok)
      assert.equal(body.fault.code, 'file-not-readable')
      assert.match(body.fault.message, words)
    })
  }

  it('may be empty or small', async () => {
    const body = await readBodyFile(new URL(import.meta.url).pathname, defaultLimits)
    assert.ok(body.ok && body.value instanceof Uint8Array)
  })
})

describe('the file of a message', () => {
  it('is sent as bytes', async () => {
    const message = await loadMessage({ kind: 'file', value: new URL(import.meta.url).pathname })
    assert.ok(message.ok && message.value.type === 'binary' && message.value.bytes.length > 0)
  })

  it('cannot be a device, which has no end', async () => {
    const message = await loadMessage({ kind: 'file', value: '/dev/zero' })
    assert.ok(!message.ok)
    assert.match(
      message.fault.message,
      /The file of the message is a device or a pipe, which has no end: \/dev\/zero/,
    )
  })
})
