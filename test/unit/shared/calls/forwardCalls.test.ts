// Calls that pass through to whoever answers them at that time.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type CallTable, forwardCalls } from '../../../../src/shared/calls/forwardCalls.ts'

interface Sums {
  add(a: number, b: number): Promise<number>
}

const table: CallTable<Sums> = { add: [Number, Number] }

describe('forwarded calls', () => {
  it('reach the method of the one who answers now, which may answer at once', async () => {
    const answers = [{ add: (a: number, b: number) => a + b }, { add: async () => 0 }]
    const forwarded = forwardCalls(table, () => answers.shift() ?? assert.fail())
    assert.equal(await forwarded.add(1, 2), 3)
    assert.equal(await forwarded.add(1, 2), 0)
  })

  it('reject where nobody answers, and with what the method throws', async () => {
    const nobody = forwardCalls(table, () => Promise.reject(new Error('gone')))
    await assert.rejects(nobody.add(1, 2), /gone/)
    const failing = forwardCalls(table, () => ({
      add() {
        throw new Error('too many')
      },
    }))
    await assert.rejects(failing.add(1, 2), /too many/)
  })
})
