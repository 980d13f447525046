// Values that repeat themselves are found in texts that repeat the same, and take no longer there.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createSecretFinder } from '../../../../../src/shared/secrets/finder/secretFinder.ts'
import { ownMs } from '../../../../support/ownMs.ts'
import {
  byteSpellings,
  lastSpellings,
  outerSpellings,
  randomFrom,
  textSpellings,
} from '../../../../support/samples/spellings.ts'

const ref = `\${secret:token}`
const finderOf = (value: string) => createSecretFinder([{ name: 'token', value }])
const units = [
  'a',
  'ab',
  'a/b +',
  'aab',
  'é',
  '😀k',
  'a%2',
  'a\\b',
  'x…',
  'a\n',
  '0123456789'.repeat(4),
]
const spellings = [...lastSpellings, ...textSpellings, ...byteSpellings]

describe('a value that repeats itself', () => {
  for (const unit of units) {
    it(`is found behind any number of the same, however it is written: ${JSON.stringify(unit)}`, () => {
      const random = randomFrom(5)
      const few = unit.repeat(Math.ceil(90 / unit.length))
      for (const [name, write] of [...lastSpellings, ...textSpellings]) {
        for (const value of [`${few}Z`, `${few}Z${few}`, `${few}Z${few}Y`]) {
          const finder = finderOf(value)
          for (let i = 0; i < 4; i++) {
            const before = unit.repeat(Math.floor(random() * 60))
            const after = unit.repeat(Math.floor(random() * 60))
            const text = write(`${before}-${before}${value}${after}`)
            const expected = write(`${before}-${before}`) + ref + write(after)
            assert.equal(finder.hide(text), expected, JSON.stringify([name, value, text]))
          }
        }
      }
    })

    it(`takes no longer where the text repeats the same: ${JSON.stringify(unit)}`, function () {
      // Most of these took seconds to minutes.
      this.timeout(20_000)
      const many = unit.repeat(Math.ceil(6000 / unit.length))
      const finder = finderOf(`${many}Z`)
      for (const [name, write] of spellings) {
        const written = write(many + many)
        const from = ownMs()
        finder.hide(`${written}!`, { cut: 'likely' })
        const took = ownMs() - from
        assert.ok(took < 1000, `${name}: ${took} ms`)
      }
    })
  }

  it('takes no longer for backslashes that are a few too few', () => {
    const from = ownMs()
    const finder = finderOf('\\'.repeat(10_000))
    const text = `${'\\'.repeat(9999)}x`.repeat(10)
    assert.equal(finder.hide(text), text)
    for (const [, write] of outerSpellings) {
      assert.equal(finder.hide(write('\\'.repeat(10_000))), ref)
    }
    assert.ok(ownMs() - from < 5000)
  })
})
