// Lists of paths as people write them, and the beginnings of JSON that paths are followed in.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { closeJson } from '../../../../src/shared/text/closeJson.ts'
import { maxShownPaths, parsePathList } from '../../../../src/shared/text/pathList.ts'

describe('a list of paths', () => {
  it('has spaces or commas between them, and each once', () => {
    assert.deepEqual(parsePathList(' symbol, $.price  maker.venue ["a b"].c symbol\n$.symbol '), {
      paths: ['symbol', 'price', 'maker.venue', '$["a b"].c'],
      mistakes: [],
    })
    assert.deepEqual(parsePathList('  '), { paths: [], mistakes: [] })
  })

  it('tells where what is written is no path', () => {
    const { paths, mistakes } = parsePathList('a b..c d[ e')
    assert.deepEqual(paths, ['a', 'e'])
    assert.deepEqual(
      mistakes.map(({ from, to }) => [from, to]),
      [
        [2, 6],
        [7, 9],
      ],
    )
    assert.match(mistakes[0]?.message ?? '', /^A name follows the dot/)
    assert.match(parsePathList('=a').mistakes[0]?.message ?? '', /^Write a path such as price/)
  })

  it('has no more paths than rows have columns', () => {
    const written = Array.from({ length: maxShownPaths + 1 }, (_, n) => `p${n}`).join(' ')
    const { paths, mistakes } = parsePathList(written)
    assert.equal(paths.length, maxShownPaths)
    assert.equal(mistakes.length, 1)
  })
})

describe('the beginning of a JSON text', () => {
  const whole = '{"a":1,"b":[{"c":"x,]}\\"y"},[],-2.5],"d":{"e":null},"f":true}'

  it('is made whole wherever it is cut', () => {
    assert.deepEqual(JSON.parse(closeJson(whole) ?? ''), JSON.parse(whole))
    for (let end = 1; end < whole.length; end++) {
      const closed = closeJson(whole.slice(0, end))
      assert.doesNotThrow(() => JSON.parse(closed ?? ''), `${end}: ${closed}`)
    }
  })

  it('keeps every value that is complete', () => {
    assert.equal(closeJson('{"a":1,"b":[1,{"c":2},3'), '{"a":1,"b":[1,{"c":2}]}')
    assert.equal(closeJson('{"a":12'), '{}')
    assert.equal(closeJson('"abc'), null)
  })
})
