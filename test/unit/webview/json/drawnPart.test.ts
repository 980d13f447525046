// The part of a long name or value that a line of a JSON tree draws.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { drawnPart, splitAtHits } from '../../../../src/webview/json/drawnPart.ts'

const long = `${'k'.repeat(500_000)}Needle${'k'.repeat(499_994)}`

describe('a name or value in a line of a JSON tree', () => {
  it('is drawn whole, or where it is long its start and how long it is', () => {
    assert.equal(drawnPart('"BTC-EUR"', ''), '"BTC-EUR"')
    assert.equal(drawnPart(long, ''), `${'k'.repeat(4000)}… 1,000,000 characters`)
    assert.equal(drawnPart(long, 'absent'), drawnPart(long, ''))
    assert.equal(drawnPart(long, 'kk'), drawnPart(long, ''))
  })

  it('is drawn around what is sought where that lies further on', () => {
    const drawn = drawnPart(long, 'needle')
    assert.equal(drawn.indexOf('Needle'), 41)
    assert.match(drawn, /^…k+Needlek+… 1,000,000 characters$/)
    assert.ok(drawnPart(`${'k'.repeat(9000)}end`, 'END').endsWith('kend'))
  })

  it('has each hit marked, however many there are', () => {
    assert.deepEqual(splitAtHits('a Bc b', 'b'), ['a ', 'B', 'c ', 'b', ''])
    assert.deepEqual(splitAtHits('abc', ''), ['abc'])
    assert.equal(splitAtHits('k'.repeat(4000), 'k').length, 8001)
  })
})
