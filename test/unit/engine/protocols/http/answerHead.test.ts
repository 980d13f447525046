// Heads of answers that break the rules: how curl and browsers read them, and what a strict parser gets.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  findHeadEnd,
  type HeadReading,
  mayBeginAnswer,
  readAnswerHead,
} from '../../../../../src/engine/protocols/http/answerHead.ts'

const ok = 'HTTP/1.1 200 OK\r\n'

function read(text: string, method = 'GET'): HeadReading {
  return readAnswerHead(Buffer.from(text, 'latin1'), method)
}

function mendedOf(reading: HeadReading): string | null {
  assert.ok(!('refusal' in reading), 'it is read')
  return reading.mended === null ? null : Buffer.from(reading.mended).toString('latin1')
}

/** The fields of a head after the status line, what a strict parser gets in their place, and what is said. */
const mendedFields: readonly (readonly [fields: string, mended: string, flaw: RegExp])[] = [
  [
    'Content-Length: 250\r\nTransfer-Encoding: chunked\r\n',
    'Transfer-Encoding: chunked\r\n',
    /Content-Length: 250.*Transfer-Encoding counts/,
  ],
  [
    'transfer-encoding: Chunked\r\ncontent-length: 0\r\n',
    'Transfer-Encoding: chunked\r\n',
    /Transfer-Encoding counts/,
  ],
  ['Content-Length: 5\r\nContent-Length: 5\r\n', 'Content-Length: 5\r\n', /2 times, each time 5/],
  ['Content-Length: 5, 5\r\n', 'Content-Length: 5\r\n', /2 times/],
  ['Content-Length: +5\r\n', 'Content-Length: 5\r\n', /has a sign/],
  [`Content-Length: ${'9'.repeat(30)}\r\n`, '', /more than any body has/],
  ['Transfer-Encoding: identity\r\nContent-Length: 5\r\n', 'Content-Length: 5\r\n', /identity/],
  ['Transfer-Encoding: identity\r\n', '', /identity/],
  ['Transfer-Encoding: chunked, gzip\r\n', 'Transfer-Encoding: chunked, gzip\r\n', /not end in/],
  ['Transfer-Encoding: chunked, chunked\r\n', 'Transfer-Encoding: chunked\r\n', /more than once/],
  ['X-A: one\r\n two\r\n\tthree\r\n', 'X-A: one two three\r\n', /X-A goes on in a second line/],
  ['Content-Length : 5\r\n', 'Content-Length: 5\r\n', /space stands before the colon/],
  ['X Y: 1\r\nX-B: 2\r\n', 'X-B: 2\r\n', /“X Y” is no name/],
  [': 1\r\nX-B: 2\r\n', 'X-B: 2\r\n', /“” is no name/],
  ['X-A: a\rb\x01c\x7f\r\n', 'X-A: a b c \r\n', /X-A holds a control character/],
  ['X-A: 1\nX-B: 2\r\n', 'X-A: 1\r\nX-B: 2\r\n', /LF alone/],
]

const mendedStarts: readonly (readonly [line: string, mended: string, flaw: RegExp])[] = [
  ['http/1.1 200 ok', 'HTTP/1.1 200 ok', /not in capitals/],
  ['HTTP/1.2 200 OK', 'HTTP/1.1 200 OK', /HTTP\/1\.2/],
  ['HTTP/2 200 OK', 'HTTP/1.1 200 OK', /HTTP\/2/],
  ['ICY 200 OK', 'HTTP/1.0 200 OK', /ICY/],
  ['HTTP/1.1  200  OK', 'HTTP/1.1 200 OK', /one space/],
  ['HTTP/1.1 200OK', 'HTTP/1.1 200 OK', /one space/],
]

const refused: readonly (readonly [head: string, why: RegExp])[] = [
  [
    `${ok}Content-Length: 5\r\nContent-Length: 7\r\n\r\n`,
    /: 5” and “Content-Length: 7” contradict/,
  ],
  [`${ok}Content-Length: 5, 7\r\n\r\n`, /contradict each other/],
  [`${ok}Content-Length: -5\r\n\r\n`, /“Content-Length: -5” is no number/],
  [`${ok}Content-Length: abc\r\n\r\n`, /is no number/],
  [`${ok}Content-Length:\r\n\r\n`, /an empty Content-Length/],
  [`${ok}X-A: a\0b\r\n\r\n`, /X-A holds a NUL/],
  [`${ok}no colon here\r\n\r\n`, /no colon/],
  [`${ok} X-A: 1\r\n\r\n`, /begins with a space/],
  ['HTTP/1.1 20 OK\r\n\r\n', /no status line/],
  ['HTTP/1.1 2000 OK\r\n\r\n', /no status line/],
  ['HTTP/3.0 200 OK\r\n\r\n', /no status line/],
  ['HTTP/1.1\t200\tOK\r\n\r\n', /no status line/],
]

describe('The head of an answer', () => {
  it('that keeps to the rules is read as it is', () => {
    const reading = read(`${ok}Content-Length: 5\r\nX-A:  \xe4 \r\nX-a:\r\n\r\n`)
    assert.deepEqual(reading, {
      status: 200,
      statusText: 'OK',
      httpVersion: '1.1',
      headers: [
        ['Content-Length', '5'],
        ['X-A', '\xe4'],
        ['X-a', ''],
      ],
      flaws: [],
      mended: null,
      bodyEnd: { by: 'length', bytes: 5 },
    })
    for (const start of ['HTTP/1.1 200', 'HTTP/1.0 404 ', 'HTTP/1.1 200 O\xe4\tK']) {
      assert.equal(mendedOf(read(`${start}\r\n\r\n`)), null, start)
    }
    assert.equal(mendedOf(read(`\r\n\r\n${ok}\r\n`)), null, 'behind empty lines')
  })

  for (const [fields, mended, flaw] of mendedFields) {
    it(`is mended: ${JSON.stringify(fields.slice(0, 60))}`, () => {
      const reading = read(`${ok}${fields}\r\n`)
      assert.equal(mendedOf(reading), `${ok}${mended}\r\n`)
      assert.ok('flaws' in reading)
      assert.match(reading.flaws.join('; '), flaw)
    })
  }

  for (const [line, mended, flaw] of mendedStarts) {
    it(`is mended: ${line}`, () => {
      const reading = read(`${line}\r\n\r\n`)
      assert.equal(mendedOf(reading), `${mended}\r\n\r\n`)
      assert.ok('flaws' in reading)
      assert.match(reading.flaws.join('; '), flaw)
    })
  }

  it('is mended where its lines end with LF alone', () => {
    const reading = read('HTTP/1.1 200 OK\nX-A: 1\n\n')
    assert.equal(mendedOf(reading), `${ok}X-A: 1\r\n\r\n`)
    assert.ok('flaws' in reading)
    assert.deepEqual(reading.flaws, ['lines end with LF alone'])
  })

  for (const [head, why] of refused) {
    it(`cannot be read: ${JSON.stringify(head)}`, () => {
      const reading = read(head)
      assert.ok('refusal' in reading)
      assert.match(reading.refusal, why)
    })
  }

  it('says where the body ends', () => {
    const ends: readonly (readonly [status: number, fields: string, by: string])[] = [
      [200, '', 'close'],
      [200, 'Transfer-Encoding: gzip, chunked\r\n', 'chunks'],
      [200, 'Transfer-Encoding: gzip\r\n', 'close'],
      [204, '', 'head'],
      [304, 'Content-Length: 5\r\n', 'head'],
      [103, '', 'head'],
    ]
    for (const [status, fields, by] of ends) {
      const reading = read(`HTTP/1.1 ${status} X\r\n${fields}\r\n`)
      assert.ok('bodyEnd' in reading)
      assert.equal(reading.bodyEnd.by, by, `${status} ${fields}`)
    }
    const head = read(`${ok}Content-Length: 5\r\n\r\n`, 'HEAD')
    assert.ok('bodyEnd' in head && head.bodyEnd.by === 'head')
  })

  it('is read soon, whatever its fields are', () => {
    for (const value of [`a${' '.repeat(500_000)}b`, `${'\t '.repeat(250_000)}b`]) {
      const reading = read(`${ok}X-A: ${value}\r\n\r\n`)
      assert.ok('headers' in reading)
      assert.equal(reading.headers[0]?.[1], value.trim())
    }
  })

  it('ends with an empty line, however its lines end', () => {
    for (const [text, end] of [
      ['a\r\n\r\nb', 5],
      ['a\n\nb', 3],
      ['a\r\n\nb', 4],
      ['a\n\r\nb', 4],
      ['a\r\nb\r\n', -1],
      ['a\r\n\r', -1],
    ] as const) {
      assert.equal(findHeadEnd(Buffer.from(text), 0), end, JSON.stringify(text))
    }
  })

  it('is known by its first bytes', () => {
    for (const start of ['', 'H', 'HTTP/1.1 200', 'http/', 'ICY 200', 'IC']) {
      assert.ok(mayBeginAnswer(Buffer.from(start)), start)
    }
    for (const start of ['SSH-2.0', 'HX', 'HTTPS/', 'ICE/', '\0\0\x12\x04', ' HTTP/']) {
      assert.ok(!mayBeginAnswer(Buffer.from(start)), start)
    }
  })

  it('does not hide lengths that contradict each other where there is no body', () => {
    const reading = read(`${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`, 'HEAD')
    assert.ok('refusal' in reading)
  })
})
