// Long polling: data or none, cursors in and out, and the pace of asking.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  firstPace,
  isEmptyAnswer,
  nextPace,
  type PacedAnswer,
  readCursor,
  withCursor,
} from '../../../../src/engine/protocols/longPolling.ts'

describe('An answer to a long poll', () => {
  const empties: readonly (readonly [status: number, sizeBytes: number, empty: boolean])[] = [
    [200, 0, true],
    [200, 1, false],
    [204, 0, true],
    [304, 0, true],
    [408, 20, true],
    [504, 20, true],
    [500, 0, false],
    [404, 0, false],
  ]
  for (const [status, sizeBytes, empty] of empties) {
    it(`with ${status} and ${sizeBytes} bytes has ${empty ? 'no data' : 'data or is an error'}`, () => {
      assert.equal(isEmptyAnswer(status, sizeBytes), empty)
    })
  }
})

describe('A cursor is read', () => {
  const json =
    '{"cursor":"c1","n":7,"big":12345678901234567890,"price":1.10,"yes":true,"none":null,' +
    '"a.b":{"x y":"q"},"items":[{"id":1},{"id":2}],"deep":{"er":["z"]}}'
  const body = new TextEncoder().encode(json)
  const paths: readonly (readonly [path: string, cursor: string | null])[] = [
    ['$.cursor', 'c1'],
    ['cursor', 'c1'],
    ['$.n', '7'],
    ['$.big', '12345678901234567890'],
    ['$.price', '1.10'],
    ['yes', 'true'],
    ['none', null],
    ['nothing', null],
    ['toString', null],
    ['items', null],
    ['items[1].id', '2'],
    ['items.0.id', '1'],
    ['$.items[-1].id', '2'],
    ['items[9].id', null],
    ['items.length', null],
    ['deep.er[0]', 'z'],
    [`$['a.b']["x y"]`, 'q'],
    ['cursor.x', null],
  ]
  for (const [path, cursor] of paths) {
    it(`from JSON at ${path} as ${cursor}`, () => {
      assert.equal(readCursor({ kind: 'json', path }, [], body), cursor)
    })
  }

  it('from a header in any letter case', () => {
    const source = { kind: 'header', name: 'X-Cursor' } as const
    assert.equal(readCursor(source, [['x-CURSOR', 'h']], new Uint8Array()), 'h')
    assert.equal(readCursor(source, [['X-Other', 'h']], new Uint8Array()), null)
  })

  it('from no JSON as none', () => {
    const source = { kind: 'json', path: 'a' } as const
    assert.equal(readCursor(source, [], new TextEncoder().encode('<html>')), null)
    assert.equal(readCursor(source, [], new Uint8Array()), null)
  })
})

describe('A cursor is sent', () => {
  const url = new URL('http://h/p?a=%2F+b&since=0&since=1&c#f')

  it('in the query, where the other parameters stay as they were written', () => {
    const aim = withCursor({ kind: 'query', name: 'since' }, 'x&y z', url, [])
    assert.equal(aim.url.href, 'http://h/p?a=%2F+b&c&since=x%26y+z#f')
    assert.equal(url.search, '?a=%2F+b&since=0&since=1&c')
  })

  it('in a query that was empty', () => {
    const aim = withCursor({ kind: 'query', name: 'q' }, '1', new URL('http://h/'), [])
    assert.equal(aim.url.href, 'http://h/?q=1')
  })

  it('in a header, in the place of the user’s own', () => {
    const target = { kind: 'header', name: 'X-Since' } as const
    const aim = withCursor(target, '9', url, [
      ['x-since', '0'],
      ['X-A', 'b'],
    ])
    assert.deepEqual(aim.headers, [
      ['X-A', 'b'],
      ['X-Since', '9'],
    ])
  })

  it('not at all before there is one', () => {
    assert.deepEqual(withCursor({ kind: 'query', name: 'q' }, null, url, []), { url, headers: [] })
  })
})

describe('The pace of long polling', () => {
  const empty: PacedAnswer = { holdMs: 1, empty: true, repeated: false, advanced: false }
  const data: PacedAnswer = { ...empty, empty: false }
  const repeated: PacedAnswer = { ...data, repeated: true }
  const advanced: PacedAnswer = { ...data, advanced: true }
  const held: PacedAnswer = { ...empty, holdMs: 50 }

  function delays(answers: readonly PacedAnswer[]): number[] {
    let pace = firstPace
    return answers.map((answer) => {
      const next = nextPace(pace, answer, 100)
      pace = next.pace
      return next.delayMs
    })
  }

  const runs: readonly (readonly [string, readonly PacedAnswer[], readonly number[]])[] = [
    ['asks at once while the server holds', [held, held, held, held], [0, 0, 0, 0]],
    [
      'backs off after three quick empty answers, doubling to ten seconds',
      Array<PacedAnswer>(10).fill(empty),
      [0, 0, 250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000],
    ],
    [
      'backs off from the same data at once',
      [data, repeated, repeated, repeated, repeated],
      [0, 0, 100, 250, 500],
    ],
    [
      'is reset by data',
      [empty, empty, empty, advanced, empty, empty, empty],
      [0, 0, 250, 0, 0, 0, 250],
    ],
    ['is reset by a hold', [empty, empty, empty, held, empty], [0, 0, 250, 0, 0]],
    [
      'drains what has piled up at full speed',
      Array<PacedAnswer>(5).fill(advanced),
      [0, 0, 0, 0, 0],
    ],
    [
      'keeps new data at once without a cursor to the shortest interval',
      Array<PacedAnswer>(5).fill(data),
      [0, 0, 100, 100, 100],
    ],
    [
      'backs off when an empty answer moves the cursor as well',
      Array<PacedAnswer>(4).fill({ ...advanced, empty: true }),
      [0, 0, 250, 500],
    ],
  ]
  for (const [title, answers, expected] of runs) {
    it(title, () => assert.deepEqual(delays(answers), expected))
  }

  it('says why it backs off', () => {
    const pace = { quick: 2, idle: 2 }
    assert.equal(nextPace(pace, empty, 0).reason, 'the server answers at once without data')
    assert.equal(
      nextPace(pace, repeated, 0).reason,
      'the server answers at once with the same data',
    )
    assert.equal(nextPace(pace, data, 0).reason, null)
  })
})
