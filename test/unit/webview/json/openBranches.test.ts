// The branches of a JSON tree that are open, from one payload to the next.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { pathsTo } from '../../../../src/webview/json/jsonPlaces.ts'
import { createOpenBranches } from '../../../../src/webview/json/openBranches.ts'
import { rootOf } from '../../../support/samples/scannedJson.ts'

describe('the places of values', () => {
  it('are found by one walk over an object, however many are sought in it', () => {
    const names = Array.from({ length: 30_000 }, (_, n) => `"name \\u00e9${n}":{"x":${n}}`)
    const root = rootOf(`{${names.join()}}`)
    let passed = 0
    function* children(from?: number) {
      for (const child of root.children(from)) {
        passed++
        yield child
      }
    }
    const sought = Array.from({ length: 500 }, (_, n) => [`name é${29_499 - n}`, 'x'])
    assert.deepEqual(
      pathsTo({ ...root, children }, sought),
      sought.map((_, n) => `$.${29_499 - n}.0`),
    )
    assert.equal(passed, 29_500)
    assert.deepEqual(pathsTo({ ...root, children }, [[], ['name']]), ['$', null])
    assert.equal(passed, 59_500)
  })

  it('are those of names as they are read, whatever way they are written', () => {
    const root = rootOf(String.raw`{"\u0061":1,"a":2,"\"":3,"b\\":4,"__proto__":5,"":6}`)
    const names = ['a', '"', 'b\\', '__proto__', '', 'u0061']
    assert.deepEqual(
      pathsTo(
        root,
        names.map((name) => [name]),
      ),
      ['$.0', '$.2', '$.3', '$.4', '$.5', null],
    )
  })
})

describe('the branches of a JSON tree', () => {
  it('are as the user left them in the next payload, by their names', () => {
    const branches = createOpenBranches()
    const root = rootOf('{"a":{"x":1},"b":{"c":[1]}}')
    branches.begin(root)
    branches.fold(root, '$.0', false)
    branches.fold(root, '$.1.0', false)
    branches.begin(rootOf('{"b":{"d":[2],"c":[1]},"a":{"x":2}}'))
    assert.deepEqual([...branches.paths].sort(), ['$', '$.0', '$.0.0'])
  })

  it('are opened and folded again where as many are remembered as there may be', () => {
    const root = rootOf(`[${Array.from({ length: 250 }, () => '{"a":1}').join()}]`)
    const branches = createOpenBranches()
    branches.begin(root)
    for (let item = 0; item < 250; item++) branches.fold(root, `$.${item}`, true)
    branches.fold(root, '$.7', false)
    branches.begin(root)
    const isOpen = (item: number) => branches.paths.has(`$.${item}`)
    assert.deepEqual([6, 7, 199, 200].map(isOpen), [true, false, true, false])
  })
})
