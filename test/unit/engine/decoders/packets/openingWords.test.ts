import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { openingWords } from '../../../../../src/engine/decoders/packets/openingWords.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'

describe('the words for what opens a connection', () => {
  it('keep back what may be a credential, however deep it is shown', () => {
    assert.equal(
      openingWords({ room: 7, authToken: 'abc', headers: { Authorization: 'Bearer x', a: [1] } }),
      '{room: 7, authToken: …, headers: {Authorization: …, a: [1]}}',
    )
    assert.equal(openingWords({ a: { b: { c: { token: 'x' } } } }), '{a: {b: {c: {…}}}}')
  })

  it('are none where there is nothing, and those of JSON of anything else', () => {
    assert.equal(openingWords(undefined), undefined)
    assert.equal(openingWords(null), undefined)
    assert.equal(openingWords({}), '{}')
    assert.equal(openingWords('x'), '"x"')
    assert.equal(openingWords(JSON.parse('{"__proto__":{"a":1}}')), '{__proto__: {a: 1}}')
  })

  it('are short, whatever the peer sends', () => {
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, nth) => [`n${nth}`, nth]))
    assert.ok((openingWords(wide)?.length ?? 0) <= decodeLimits.summaryChars)
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = { deep }
    assert.equal(openingWords(deep), '{deep: {deep: {deep: {…}}}}')
  })
})
