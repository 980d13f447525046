// Memory of frames that hold secrets, and the values that references stood for.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createReferenceFiller } from '../../../../src/engine/session/fillReferences.ts'
import { createOriginals } from '../../../../src/engine/session/originals.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'

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

describe('what crossed the wire', () => {
  const frame = (payload: string) =>
    ({ kind: 'message', payload: Buffer.from(payload) }) as unknown as NewFrame

  it('is remembered up to a limit, beyond which it is told as lost', () => {
    const originals = createOriginals(2600)
    for (const seq of [3, 5, 6]) originals.keep(seq, frame(`m${seq}`), frame('recorded'))
    assert.equal(originals.of(3), 'lost')
    assert.equal(originals.of(2), 'lost')
    assert.equal(originals.of(4), 'same')
    const kept = originals.of(5)
    assert.ok(typeof kept === 'object')
    assert.equal(String(kept.payload), 'm5')
  })

  it('is copied where the capture keeps the same bytes', () => {
    const originals = createOriginals()
    const one = frame('same')
    originals.keep(1, one, { ...one })
    one.payload?.fill(0)
    const kept = originals.of(1)
    assert.ok(typeof kept === 'object')
    assert.equal(Buffer.from(kept.payload ?? []).toString(), 'same')
  })
})
