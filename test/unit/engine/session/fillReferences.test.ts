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

  it('stand for no part of a value that holds the text after its reference', () => {
    const filler = createReferenceFiller()
    filler.learn(`${reference('a')}-${reference('b')};${reference('c')}`, 'on-e-two;three')
    assert.equal(filler.fill(reference('c')), 'three')
    for (const name of ['a', 'b']) {
      assert.throws(() => filler.fill(reference(name)), { code: 'secret-unknown' })
    }
    filler.learn(`a=${reference('a')}`, 'a=on-e')
    assert.equal(filler.fill(reference('a')), 'on-e')
  })

  it('stand for themselves where they were sent so', () => {
    const filler = createReferenceFiller()
    const text = `${reference('a-b')}-${reference('c')}`
    filler.learn(text, text)
    assert.equal(filler.fill(text), text)
  })

  it('are never filled with another value than theirs', () => {
    for (let round = 0; round < 2000; round++) {
      const word = (least: number) =>
        Array.from({ length: least + Math.floor(Math.random() * 3) }, () =>
          Math.random() < 0.5 ? 'x' : 'y',
        ).join('')
      const values = [word(1), word(1), word(1)]
      const texts = [word(0), word(1), word(1), word(0)]
      const join = (of: (i: number) => string) =>
        texts.map((text, i) => text + (i < values.length ? of(i) : '')).join('')
      const filler = createReferenceFiller()
      filler.learn(
        join((i) => reference(`${i}`)),
        join((i) => values[i] ?? ''),
      )
      for (const [i, value] of values.entries()) {
        let filled = value
        try {
          filled = filler.fill(reference(`${i}`))
        } catch {}
        assert.equal(filled, value, JSON.stringify({ texts, values, i }))
      }
    }
  })
})
