// Patience of the tests: none of a page or a window reads too soon, or waits for a time, and none measures the machine.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { projectFolder } from '../support/places.ts'

/** Each with what to write in its place. */
const hasty: readonly (readonly [words: RegExp, instead: string])[] = [
  [/\.waitForTimeout\(/, 'wait for what the time is to bring: `settled`, a locator, `eventually`'],
  [
    /\.waitForFunction\(/,
    '`eventually`: it takes a promise for true, and a page forbids it to ask again',
  ],
  [/node:timers/, 'wait for what the time is to bring: `eventually`, `comesTo`'],
  [/rows\(\)\.press\(/, '`press`, which resolves when the page is settled'],
  [/page\.keyboard\.press\('(?:Enter|Escape)'\)\n *assert/, 'wait for what the key brings'],
]

describe('tests of pages and windows', () => {
  const folder = join(projectFolder, 'test', 'ui')
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))

  for (const [words, instead] of hasty) {
    it(`do not contain ${words.source}: ${instead}`, () => {
      const wrong = files.filter((name) => words.test(readFileSync(join(folder, name), 'utf8')))
      assert.deepEqual(wrong, [])
    })
  }

  it('read the place of an element of the timeline page once it is settled', () => {
    const wrong = files.filter((name) => {
      return (
        /^timeline/.test(name) && /\.boundingBox\(/.test(readFileSync(join(folder, name), 'utf8'))
      )
    })
    assert.deepEqual(wrong, [], '`boxOf` does')
  })

  it('have been found', () => {
    assert.ok(files.length > 15)
  })
})

describe('unit tests', () => {
  it('set no limit on the time of a clock: `assertLinear`, a count of the work, or `ownMs`', () => {
    const folder = join(projectFolder, 'test', 'unit')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.test.ts'),
    )
    const wrong = files.filter((name) =>
      /\.now\(\) - \w+ [<>]/.test(readFileSync(join(folder, name), 'utf8')),
    )
    assert.deepEqual(wrong, [])
  })
})
