// Long polling: data or none, cursors in and out, and the pace of asking.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  type Cursor,
  findCursor,
  firstPace,
  isEmptyAnswer,
  isServerTimeout,
  nextPace,
  type PacedAnswer,
  withCursor,
} from '../../../../../src/engine/protocols/polling/cursorAndPace.ts'
import type { NamedValues } from '../../../../../src/shared/text/namedValues.ts'

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
      assert.equal(findCursor({ kind: 'json', path }, [], body)?.text ?? null, cursor)
    })
  }

  it('from a header in any letter case', () => {
    const source = { kind: 'header', name: 'X-Cursor' } as const
    const cursor = findCursor(source, [['x-CURSOR', 'h"']], new Uint8Array())
    assert.deepEqual(cursor, { text: 'h"', json: '"h\\""' })
    assert.equal(findCursor(source, [['X-Other', 'h']], new Uint8Array()), null)
  })

  it('from no JSON as none', () => {
    const source = { kind: 'json', path: 'a' } as const
    assert.equal(findCursor(source, [], new TextEncoder().encode('<html>')), null)
    assert.equal(findCursor(source, [], new Uint8Array()), null)
  })
})

describe('A cursor of both validators', () => {
  const source = { kind: 'validators' } as const
  const target = { kind: 'validators' } as const
  const modified = 'Sun, 06 Nov 1994 08:49:37 GMT'
  const none = new Uint8Array()

  it('is read from Last-Modified and ETag, and sent as their conditions', () => {
    const cursor = findCursor(
      source,
      [
        ['ETag', '2'],
        ['last-modified', modified],
      ],
      none,
    )
    assert.equal(cursor?.text, `${modified} 2`)
    const given: NamedValues = [
      ['if-none-match', '0'],
      ['X-A', 'b'],
    ]
    assert.deepEqual(withCursor(target, cursor, { url, headers: given, body: null })?.headers, [
      ['X-A', 'b'],
      ['If-Modified-Since', modified],
      ['If-None-Match', '2'],
    ])
  })

  it('may be one of them', () => {
    const cursor = findCursor(source, [['Last-Modified', modified]], none)
    assert.deepEqual(withCursor(target, cursor, { url, headers: [], body: null })?.headers, [
      ['If-Modified-Since', modified],
    ])
    assert.equal(findCursor(source, [['Date', modified]], none), null)
  })
})

const url = new URL('http://h/p?a=%2F+b&since=0&since=1&c#f')

function cursor(text: string, json = JSON.stringify(text)): Cursor {
  return { text, json }
}

describe('A cursor is sent', () => {
  const plain = { url, headers: [], body: null }

  it('in the query, where the other parameters stay as they were written', () => {
    const aim = withCursor({ kind: 'query', name: 'since' }, cursor('x&y z'), plain)
    assert.equal(aim?.url.href, 'http://h/p?a=%2F+b&c&since=x%26y+z#f')
    assert.equal(url.search, '?a=%2F+b&since=0&since=1&c')
  })

  it('in a query that was empty', () => {
    const request = { ...plain, url: new URL('http://h/') }
    const aim = withCursor({ kind: 'query', name: 'q' }, cursor('1'), request)
    assert.equal(aim?.url.href, 'http://h/?q=1')
  })

  it('in a header, in the place of the user’s own', () => {
    const target = { kind: 'header', name: 'X-Since' } as const
    const headers: NamedValues = [
      ['x-since', '0'],
      ['X-A', 'b'],
    ]
    assert.deepEqual(withCursor(target, cursor('9'), { ...plain, headers })?.headers, [
      ['X-A', 'b'],
      ['X-Since', '9'],
    ])
  })

  it('not at all before there is one', () => {
    assert.equal(withCursor({ kind: 'query', name: 'q' }, null, plain), plain)
  })

  const big = cursor('12345678901234567890', '12345678901234567890')
  const bodies: readonly (readonly [string | null, string, Cursor, string | null])[] = [
    [null, 'since', cursor('a'), '{"since":"a"}'],
    ['{"room":1}', '$.since', big, '{"room":1,"since":12345678901234567890}'],
    [
      '{"id":98765432109876543210,"p":1.10}',
      's',
      cursor('a'),
      '{"id":98765432109876543210,"p":1.10,"s":"a"}',
    ],
    ['{"a":{"since":0},"b":"n1"}', 'a.since', cursor('7', '7'), '{"a":{"since":7},"b":"n1"}'],
    ['[{"q":"x"}]', '[0].since', cursor('"'), '[{"q":"x","since":"\\""}]'],
    ['{"a":5}', 'a.b', cursor('x'), null],
    ['no JSON', 'a', cursor('x'), null],
  ]
  for (const [body, path, at, expected] of bodies) {
    it(`in the body ${body} at ${path}: ${expected ?? 'there is no place'}`, () => {
      const aim = withCursor({ kind: 'body', path }, at, { ...plain, body })
      assert.equal(aim?.body ?? null, expected)
      if (aim) assert.deepEqual(aim.headers, [['Content-Type', 'application/json']])
    })
  }

  it('in a body whose type the user named', () => {
    const headers: NamedValues = [['content-type', 'application/vnd.x+json']]
    const aim = withCursor({ kind: 'body', path: 'a' }, cursor('x'), { ...plain, headers })
    assert.deepEqual(aim?.headers, headers)
  })
})

describe('A server’s time limit', () => {
  for (const [status, empty, holdMs, expected] of [
    [204, true, 30_000, true],
    [200, true, 60, true],
    [204, true, 3, false],
    [408, true, 3, true],
    [504, true, 3, true],
    [200, false, 30_000, false],
  ] as const) {
    it(`is ${expected ? '' : 'not '}told by ${status}, ${empty ? 'empty' : 'with data'}, after ${holdMs} ms`, () => {
      assert.equal(isServerTimeout(status, empty, holdMs), expected)
    })
  }
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
