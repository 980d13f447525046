import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createMultipartParser,
  type MultipartItem,
  multipartBoundary,
} from '../../../../../src/engine/protocols/stream/multipart.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

function told(item: MultipartItem): string {
  if (item.kind === 'too-large') return item.kind
  const size = ` ${item.wireBytes}`
  if (item.kind === 'ignored') return `${item.why} ${JSON.stringify(text(item.data))}${size}`
  const head = item.headers.map((pair) => pair.join('=')).join(',')
  return `part{${head}} ${JSON.stringify(text(item.body))}${item.cutShort ? ' cut' : ''}${size}`
}

function parse(pieces: readonly string[], boundary = 'b', maxBytes = 1000): string[] {
  const items: string[] = []
  const parser = createMultipartParser(boundary, {
    maxBytes,
    onItem: (item) => items.push(told(item)),
  })
  for (const piece of pieces) parser.feed(Buffer.from(piece, 'latin1'))
  parser.end()
  return items
}

const rows: readonly (readonly [
  title: string,
  body: string,
  items: readonly string[],
  boundary?: string,
])[] = [
  [
    'parts with heads',
    '--b\r\nContent-Type: a/b\r\nX: 1\r\n\r\none\r\n--b\r\n\r\ntwo\r\nlines\r\n--b--\r\n',
    ['part{Content-Type=a/b,X=1} "one" 37', 'part{} "two\\r\\nlines" 19'],
  ],
  ['bare line feeds', '--b\n\none\n--b\n\ntwo\n--b--', ['part{} "one" 9', 'part{} "two" 9']],
  [
    'what stands around the parts',
    'before\r\n--b\r\n\r\none\r\n--b--\r\nafter',
    ['outside-record "before\\r\\n" 8', 'part{} "one" 12', 'outside-record "after" 12'],
  ],
  [
    'GraphQL’s incremental delivery',
    '\r\n---\r\nContent-Type: application/json\r\n\r\n{"data":1}\r\n---\r\n\r\n{"hasNext":false}\r\n-----\r\n',
    [
      'part{Content-Type=application/json} "{\\"data\\":1}" 53',
      'part{} "{\\"hasNext\\":false}" 26',
    ],
    '-',
  ],
  [
    'what only begins like a delimiter',
    '--b\r\n\r\n--bx\r\n -b\r\n--b--',
    ['part{} "--bx\\r\\n -b" 18'],
  ],
  ['a part that is cut short', '--b\r\n\r\none\r\ntw', ['part{} "one\\r\\ntw" cut 14']],
  ['a head that is cut short', '--b\r\nX: 1\r\nY', ['part{X=1} "" cut 12']],
  [
    'a part without content',
    '--b\r\n\r\n\r\n--b\r\nX: 1\r\n\r\n--b--',
    ['part{} "" 9', 'part{X=1} "" 13'],
  ],
  [
    'a length that is too long, and one that is too short',
    '--b\r\nContent-Length: 9\r\n\r\nx\r\n--b\r\nContent-Length: 1\r\n\r\nxyz\r\n--b--',
    [
      'part{Content-Length=9} "x" 30',
      'part{Content-Length=1} "x" 30',
      'outside-record "yz\\r\\n" 4',
    ],
  ],
  [
    'a length that ends within the delimiter',
    '--b\r\nContent-Length: 10\r\n\r\nhello\r\n--b\r\n\r\ntwo\r\n--b--',
    ['part{Content-Length=10} "hello"', 'part{} "two"'],
  ],
  [
    'a length that ends within the last delimiter',
    '--b\r\nContent-Length: 11\r\n\r\nhello\r\n--b--\r\n',
    ['part{Content-Length=11} "hello"'],
  ],
  [
    'a length, and no line end before the delimiter',
    '--b\r\nContent-Length: 5\r\n\r\nhello--b\r\nContent-Length: 3\r\n\r\ntwo--b--\r\n',
    ['part{Content-Length=5} "hello"', 'part{Content-Length=3} "two"'],
  ],
  [
    'a whole part that ends like the begin of a delimiter',
    '--b\r\nContent-Length: 3\r\n\r\nx\n-',
    ['part{Content-Length=3} "x\\n-"'],
  ],
  ['nothing', '', []],
  ['no delimiter', 'all', ['outside-record "all" 3']],
]

describe('A body of several parts', () => {
  for (const [title, body, items, boundary] of rows) {
    it(`has ${title}, wherever it is cut`, () => {
      const bytes = Buffer.from(body).toString('latin1')
      const expected = parse([bytes], boundary)
      assert.deepEqual(
        expected.map((one) => one.replace(/ \d+$/, '')),
        items.map((one) => one.replace(/ \d+$/, '')),
      )
      for (let at = 0; at <= bytes.length; at++) {
        assert.deepEqual(parse([bytes.slice(0, at), bytes.slice(at)], boundary), expected)
      }
      assert.deepEqual(parse([...bytes], boundary), expected)
      const counted = expected.map((one) => Number(/ (\d+)$/.exec(one)?.[1] ?? 0))
      assert.ok(counted.reduce((sum, one) => sum + one, 0) <= bytes.length)
    })
  }

  it('tells a part with a length as soon as it is whole', () => {
    const items: string[] = []
    const parser = createMultipartParser('b', {
      maxBytes: 100,
      onItem: (item) => items.push(told(item)),
    })
    parser.feed(Buffer.from('--b\r\nContent-Length: 3\r\n\r\non'))
    assert.deepEqual(items, [])
    parser.feed(Buffer.from('e'))
    assert.equal(items.length, 1)
    parser.feed(Buffer.from('\r\n--b\r\nContent-Length: 0\r\n\r\n'))
    assert.equal(items.length, 2)
    assert.equal(parser.waitingBytes(), 0)
  })

  it('reads short lines soon', () => {
    const lines = '\n'.repeat(1_000_000)
    const [part] = parse([`--b\r\nContent-Length: 1000000\r\n\r\n${lines}`], 'b', 2_000_000)
    assert.ok(part?.endsWith(' 1000032'), part?.slice(-20))
    const [head] = parse([`--b\r\n${'a:\n '.repeat(1_000_000)}`], 'b', 5_000_000)
    assert.ok(head?.endsWith(' 4000005'), head?.slice(-20))
  })

  it('ends where a part is too large', () => {
    assert.deepEqual(parse(['--b\r\n\r\n', 'x'.repeat(20)], 'b', 16), [
      `too-large "${'x'.repeat(20)}" 27`.replace('too-large', 'too-large'),
      'too-large',
    ])
    assert.equal(parse(['x'.repeat(20)], 'b', 16).at(-1), 'too-large')
  })
})

describe('multipartBoundary', () => {
  for (const [type, boundary] of [
    ['multipart/mixed; boundary=abc', 'abc'],
    ['multipart/mixed;boundary="-"', '-'],
    ['Multipart/X-Mixed-Replace; x="a;b"; BOUNDARY=--frame', '--frame'],
    ['multipart/mixed; boundary="a\\"b c"', 'a"b c'],
    ['multipart/mixed; deferSpec=20220824; boundary="graphql"', 'graphql'],
    ['multipart/mixed', null],
    ['multipart/mixed; boundary=""', null],
    ['text/plain; boundary=a', null],
  ] as const) {
    it(`of ${type} is ${boundary}`, () => assert.equal(multipartBoundary(type), boundary))
  }
})
