// A fault that is told has nothing of what it was about.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { harmlessFault } from '../../../../src/shared/text/harmlessFault.ts'

const value = 'swordfish-0123456789'

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('harmlessFault', () => {
  for (const [what, run] of [
    ['JSON', () => JSON.parse(`${value}{`)],
    ['a regular expression', () => new RegExp(`(${value}`)],
    ['percent-encoding', () => decodeURIComponent(`%${value}`)],
    ['a URL', () => new URL(`http://${value}:x`)],
    ['an argument of Node', () => Buffer.from('', value as BufferEncoding)],
    [
      'what is no error',
      () => {
        throw value
      },
    ],
    [
      'lines like calls',
      () => {
        throw new SyntaxError(`a\n    at ${value}\n    at b`)
      },
    ],
  ] as const) {
    it(`says nothing of ${what}`, () => {
      const fault = harmlessFault(thrownBy(run))
      assert.ok(!`${fault.message}${fault.stack}`.includes(value), fault.stack)
      assert.deepEqual(
        Object.keys(fault).filter((key) => key !== 'name'),
        [],
      )
    })
  }

  it('tells where it was, and words of ours without secrets', () => {
    const fault = harmlessFault(new RangeError(`unknown ${value}`), (text) =>
      text.replaceAll(value, '…'),
    )
    assert.equal(fault.message, 'unknown …')
    assert.match(fault.stack ?? '', /^RangeError: unknown …\n {4}at .*harmlessFault\.test/)
  })

  it('takes no longer for a long message', () => {
    assert.equal(harmlessFault(new Error('x'.repeat(1e6))).message.length, 200)
  })
})
