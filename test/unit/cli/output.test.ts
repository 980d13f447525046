// Checks that output keeps its order and that a reader may go away.

import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { describe, it } from 'mocha'
import { createOutput } from '../../../src/cli/output.ts'

function collector() {
  const writes: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (chunk.length > 0) writes.push(chunk.toString())
      done()
    },
  })
  return { writes, stream }
}

describe('the output', () => {
  it('joins what one turn writes and keeps the order', async () => {
    const { writes, stream } = collector()
    const output = createOutput(stream, assert.fail)
    output.write('a')
    output.write('b')
    await new Promise(setImmediate)
    output.write('c')
    await output.drained()
    assert.deepEqual(writes, ['ab', 'c'])
  })

  it('ends quietly when the reader goes away, and says so once', async () => {
    const { writes, stream } = collector()
    let told = 0
    const output = createOutput(stream, () => told++)
    stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    await new Promise(setImmediate)
    output.write('lost')
    await output.drained()
    assert.deepEqual([writes, told, output.closed, output.failure], [[], 1, true, null])
  })

  it('keeps the reason when it cannot be written, and says so once', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(full) })
    let told = 0
    const output = createOutput(stream, () => told++)
    output.write('lost')
    await output.drained()
    output.write('lost as well')
    await output.drained()
    assert.deepEqual([told, output.closed, output.failure], [1, true, full])
  })
})
