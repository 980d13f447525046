// The branches of a JSON tree that are open, from one payload to the next.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createOpenBranches } from '../../../../src/webview/json/openBranches.ts'
import { rootOf } from '../../../support/samples/scannedJson.ts'

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
