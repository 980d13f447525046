// The values that references stood for.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createReferenceFiller } from '../../../../src/engine/session/fillReferences.ts'

const reference = (name: string) => `\${secret:${name}}`

describe('references that are filled in', () => {
  it('stand for what stood in their place', () => {
    const filler = createReferenceFiller()
    const recorded = `{"a":"${reference('a')}","b":[${reference('b')},1]}${reference('a')}`
    filler.learn(recorded, '{"a":"one","b":[22,1]}one')
    assert.equal(filler.fill(`${reference('b')}-${reference('a')}!`), '22-one!')
  })

  it('are refused where several values stood there, or none is known', () => {
    const filler = createReferenceFiller()
    filler.learn(`${reference('a')} and ${reference('a')}`, 'one and two')
    for (const name of ['a', 'b']) {
      assert.throws(() => filler.fill(reference(name)), { code: 'secret-unknown' })
    }
    filler.learn(`x${reference('b')}`, 'another text')
    assert.throws(() => filler.fill(reference('b')), { code: 'secret-unknown' })
  })
})
