// Long polling: cursors in and out.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  type Cursor,
  findCursor,
  withCursor,
} from '../../../../../src/engine/protocols/polling/cursor.ts'
import { linkTarget } from '../../../../../src/engine/protocols/polling/linkTarget.ts'
import type { NamedValues } from '../../../../../src/shared/text/namedValues.ts'

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
      assert.equal(findCursor({ kind: 'json', path }, [], body).cursor?.text ?? null, cursor)
    })
  }

  it('from a header in any letter case', () => {
    const source = { kind: 'header', name: 'X-Cursor' } as const
    const { cursor } = findCursor(source, [['x-CURSOR', 'h"']], new Uint8Array())
    assert.deepEqual(cursor, { text: 'h"', json: '"h\\""', field: 'h"' })
    assert.equal(findCursor(source, [['X-Other', 'h']], new Uint8Array()).cursor, null)
  })

  it('from no JSON as none', () => {
    const source = { kind: 'json', path: 'a' } as const
    assert.equal(findCursor(source, [], new TextEncoder().encode('<html>')).cursor, null)
    assert.equal(findCursor(source, [], new Uint8Array()).cursor, null)
  })
})

describe('A step is added to a cursor', () => {
  const body = new TextEncoder().encode(
    '{"n":7,"big":99999999999999999999,"text":"41","minus":-1,"half":1.5,"exp":1e3,"word":"x1","yes":true}',
  )
  const rows: readonly (readonly [path: string, step: number, json: string | null])[] = [
    ['n', 1, '8'],
    ['n', -10, '-3'],
    ['big', 1, '100000000000000000000'],
    ['text', 1, '"42"'],
    ['minus', 1, '0'],
    ['half', 1, null],
    ['exp', 1, null],
    ['word', 1, null],
    ['yes', 1, null],
    ['none', 1, null],
  ]
  for (const [path, step, json] of rows) {
    it(`${path} and ${step} is ${json ?? 'no whole number'}`, () => {
      const found = findCursor({ kind: 'json', path, step }, [], body)
      assert.equal(found.cursor?.json ?? null, json)
      assert.equal(found.flaw === null, json !== null)
    })
  }

  it('has so many digits that adding takes no time', () => {
    const long = new TextEncoder().encode(`{"n":${'9'.repeat(2000)}}`)
    const source = { kind: 'json', path: 'n' } as const
    assert.match(findCursor({ ...source, step: 1 }, [], long).flaw ?? '', /more than 1,000 digits/)
    assert.equal(findCursor(source, [], long).cursor?.text.length, 2000)
  })

  it('in a header too', () => {
    const source = { kind: 'header', name: 'x-seq', step: 1 } as const
    assert.equal(findCursor(source, [['X-Seq', '009']], body).cursor?.text, '10')
    assert.match(findCursor(source, [['X-Seq', 'a']], body).flaw ?? '', /no whole number/)
  })
})

describe('An answer whose list is empty', () => {
  const rows: readonly (readonly [path: string, json: string, noItems: boolean])[] = [
    ['result[-1].update_id', '{"ok":true,"result":[]}', true],
    ['[0].id', '[]', true],
    ['result.0.id', '{"result":[]}', true],
    ['result[-1].update_id', '{"result":[{"id":1}]}', false],
    ['result[-1].update_id', '{"result":{}}', false],
    ['result[-1].update_id', '{}', false],
    ['cursor', '{"items":[]}', false],
  ]
  for (const [path, json, noItems] of rows) {
    it(`${json} at ${path} has ${noItems ? 'no data' : 'data'}`, () => {
      const found = findCursor({ kind: 'json', path }, [], new TextEncoder().encode(json))
      assert.deepEqual([found.cursor, found.noItems], [null, noItems])
    })
  }
})

describe('A link', () => {
  const rows: readonly (readonly [field: string, target: string | null])[] = [
    ['</p?a=1,2>; rel="next"', '/p?a=1,2'],
    ['<a>; rel=prev, <b>;rel=Next', 'b'],
    ['<a>; title="x, <y>; rel=next"; rel="last", <b>; rel="first next"', 'b'],
    ['<a>;rel="next"; title="t"', 'a'],
    ['<a>', null],
    ['a; rel=next', null],
    ['<a; rel=next', null],
  ]
  for (const [field, target] of rows) {
    it(`${field} leads to ${target}`, () => {
      assert.equal(linkTarget([['LINK', field]], 'next'), target)
    })
  }

  it('is read soon, whatever the field is', () => {
    for (const one of ['<', '"', '<a>,', ';', ',', '<a>;"\\'])
      assert.equal(linkTarget([['link', one.repeat(50_000)]], 'next'), null)
  })
})

describe('A cursor of both validators', () => {
  const source = { kind: 'validators' } as const
  const target = { kind: 'validators' } as const
  const modified = 'Sun, 06 Nov 1994 08:49:37 GMT'
  const none = new Uint8Array()

  it('is read from Last-Modified and ETag, and sent as their conditions', () => {
    const { cursor } = findCursor(
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
    const { cursor } = findCursor(source, [['Last-Modified', modified]], none)
    assert.deepEqual(withCursor(target, cursor, { url, headers: [], body: null })?.headers, [
      ['If-Modified-Since', modified],
    ])
    assert.equal(findCursor(source, [['Date', modified]], none).cursor, null)
    assert.equal(findCursor(source, [['ETag', '"\x01"']], none).cursor, null)
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

  const urls: readonly (readonly [text: string, next: string | null])[] = [
    ['/q?after=1', 'http://me:pw@h/q?after=1'],
    ['?after=1', 'http://me:pw@h/p?after=1'],
    ['http://h/q#f', 'http://me:pw@h/q'],
    ['http://other:x@h/q', 'http://me:pw@h/q'],
    ['//elsewhere/q', null],
    ['https://h/q', null],
    ['http://h:81/q', null],
    ['javascript:1', null],
    ['http://', null],
  ]
  for (const [text, next] of urls) {
    it(`as the next URL: ${text}`, () => {
      const from = { ...plain, url: new URL('http://me:pw@h/p?a') }
      assert.equal(withCursor({ kind: 'url' }, cursor(text), from)?.url.href ?? null, next)
    })
  }

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
