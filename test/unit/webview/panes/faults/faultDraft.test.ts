// Texts that are typed of a fault, read and written.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkFaults } from '../../../../../src/shared/calls/checkFaults.ts'
import { allFaultKinds, tapFaults } from '../../../../../src/shared/session/tapFaults.ts'
import {
  draftOf,
  readDraft,
  readPlace,
} from '../../../../../src/webview/panes/faults/faultDraft.ts'

const everywhere = { path: '', connection: null } as const

describe('what is typed of a fault', () => {
  for (const kind of allFaultKinds) {
    it(`is that of ${kind} as it is first offered, and what the host takes`, () => {
      const { usual } = tapFaults[kind]
      const read = readDraft(kind, draftOf(usual, { path: '/api/*', connection: null }))
      assert.ok(read.ok)
      const checked = checkFaults([read.fault])
      assert.deepEqual(checked, [{ act: usual, path: '/api/*', connection: null, forMs: null }])
    })
  }

  it('has units', () => {
    const draft = {
      ...draftOf(tapFaults.delay.usual, everywhere),
      numbers: { ms: '1.5s', jitterMs: '0ms' },
    }
    const read = readDraft('delay', { ...draft, place: '#7', time: '2m', way: 'server' })
    assert.deepEqual(read, {
      ok: true,
      fault: {
        act: { kind: 'delay', ms: 1500, jitterMs: 0, way: 'server' },
        ...{ path: '', connection: 7, forMs: 120_000 },
      },
    })
  })

  it('names what cannot be read', () => {
    const draft = { ...draftOf(tapFaults.delay.usual, everywhere), place: 'api', time: 'soon' }
    const read = readDraft('delay', { ...draft, numbers: { ms: '', jitterMs: '1h' } })
    assert.deepEqual(read, { ok: false, wrong: new Set(['ms', 'jitterMs', 'place', 'time']) })
  })

  it('may leave a Retry-After out', () => {
    const draft = {
      ...draftOf(tapFaults.unavailable.usual, everywhere),
      numbers: { retryAfterSeconds: ' ' },
    }
    const read = readDraft('unavailable', draft)
    assert.ok(read.ok)
    assert.deepEqual(checkFaults([read.fault])[0]?.act, {
      kind: 'unavailable',
      retryAfterSeconds: null,
    })
  })

  it('is a path, a connection, or everywhere', () => {
    assert.deepEqual(readPlace(' /a/* '), { path: '/a/*', connection: null })
    assert.deepEqual(readPlace('#12'), { path: '', connection: 12 })
    assert.deepEqual(readPlace(''), everywhere)
    for (const text of ['#', '#x', 'a b', '/a b']) assert.equal(readPlace(text), null, text)
  })
})
