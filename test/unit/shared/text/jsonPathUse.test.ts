// A path that one part writes is read alike by every other: filter, shown fields, plots, profiles, differences.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createNumberFinder } from '../../../../src/engine/analyses/numbers/numberAt.ts'
import { jsonMatcher } from '../../../../src/engine/capture/filtering/jsonMatcher.ts'
import { valueAt, withValueAt } from '../../../../src/engine/protocols/polling/jsonValue.ts'
import { filterForValue } from '../../../../src/shared/filter/filterForValue.ts'
import type { JsonTest } from '../../../../src/shared/filter/filterNode.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'
import { jsonDifference } from '../../../../src/shared/frame/jsonDifference.ts'
import { createShownFields } from '../../../../src/shared/frame/shownFields.ts'
import {
  checkOnePlace,
  formatPath,
  formatShortPath,
  isNamesPath,
  type JsonPath,
  namesPattern,
  onePlacePattern,
  parsePath,
} from '../../../../src/shared/text/jsonPath.ts'
import { parsePathList } from '../../../../src/shared/text/pathList.ts'
import { textMessage } from '../../../support/captures/captureFrames.ts'
import { randomFrom } from '../../../support/samples/spellings.ts'

const nasty = [
  ...['a', 'x-y', '@type', '$ref', '$', 'dc:title', 'a,b', 'changed keys a,b', 'a.b', '..', 'a[0]'],
  ...[
    '',
    ' ',
    '*',
    '-1',
    '0',
    '007',
    '12',
    '"',
    "'",
    '\\',
    '\\"',
    '\n',
    '\u0000',
    '\u2028',
    'größe',
  ],
  ...['\u{1f600}', '\ud800', '__proto__', 'constructor', 'a=b', '>', '~', '(', '|', '`', ';', '{}'],
]

/** An object or list around the value, for each step of the path. */
function around(value: unknown, path: JsonPath): unknown {
  return path.reduceRight<unknown>(
    (inner, step) =>
      typeof step === 'number'
        ? [...Array<number>(step).fill(-1), inner]
        : Object.fromEntries([[String(step), inner]]),
    value,
  )
}

const random = randomFrom(7)
const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
const paths: readonly JsonPath[] = [
  ...nasty.map((name) => [name]),
  ...Array.from({ length: 500 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
      random() < 0.2 ? Math.floor(random() * 3) : one(nasty),
    ),
  ),
]

describe('a path that the tree copies', () => {
  for (const path of paths.slice(0, nasty.length))
    it(`${formatPath(path)} is read`, () => check(path))
  it('is read, however it is put together', () => {
    for (const path of paths.slice(nasty.length)) check(path)
  })
})

function check(path: JsonPath): void {
  const [whole, short] = [formatPath(path), formatShortPath(path)]
  const json = around(70_111.5, path)
  const text = JSON.stringify(json)
  const bytes = new TextEncoder().encode(text)
  const told = `${whole} in ${text}`

  for (const written of [whole, short]) {
    assert.deepEqual(parsePath(written), path, told)
    assert.equal(checkOnePlace(written), null, told)
    assert.match(written, new RegExp(`^${onePlacePattern}$`, 'u'))
    assert.deepEqual(parsePathList(`${written}, z`), { paths: [short, 'z'], mistakes: [] }, told)
    assert.equal(valueAt(json, written), 70_111.5, told)
  }
  assert.deepEqual(valueAt(withValueAt(json, whole, 1), whole), 1, told)
  const areNames = path.every((step) => typeof step === 'string')
  assert.deepEqual(
    [isNamesPath(whole), new RegExp(`^${namesPattern}$`, 'u').test(whole)],
    [areNames, areNames],
  )

  const filter = filterForValue(path, '70111.5') ?? ''
  assert.equal(filter, `${whole} = 70111.5`)
  const { node, mistakes } = parseFilter(filter)
  assert.deepEqual(mistakes, [], told)
  assert.ok(jsonMatcher(node as JsonTest)(text), told)

  const frame = { ...textMessage(text), sizeBytes: bytes.length }
  assert.deepEqual(
    createShownFields([short]).values(frame as never, bytes),
    { [short]: 70_111.5 },
    told,
  )
  assert.equal(createNumberFinder(path)(bytes, bytes.length), 70_111.5, told)
  const { changed } = jsonDifference(json, around(1, path), 10)
  assert.deepEqual(changed, [short], told)
}

describe('a name that the peer escapes', () => {
  for (const [written, name] of [
    ['gr\\u00f6\\u00dfe', 'größe'],
    ['a\\/b', 'a/b'],
    ['\\u0061', 'a'],
  ] as const)
    it(`${written} is the number of ${name}`, () => {
      const bytes = new TextEncoder().encode(`{"x":1,"${written}":7}`)
      assert.equal(createNumberFinder([name])(bytes, bytes.length), 7)
    })
})
