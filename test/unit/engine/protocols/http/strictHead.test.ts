// Heads that keep to the rules, read by one look: as the reader of flawed ones reads them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { readAnswerHead } from '../../../../../src/engine/protocols/http/answerHead.ts'
import {
  readStrictHead,
  type StrictHead,
} from '../../../../../src/engine/protocols/http/strictHead.ts'

const ok = 'HTTP/1.1 200 OK\r\n'

function read(text: string, method = 'GET'): StrictHead | null {
  return readStrictHead(Buffer.from(text, 'latin1'), method)
}

/** What the reader of flawed heads finds of it; null where it finds a flaw. */
function readClosely(head: string, method = 'GET'): StrictHead | null {
  const reading = readAnswerHead(Buffer.from(head, 'latin1'), method)
  if ('refusal' in reading || reading.mended !== null) return null
  return { size: head.length, status: reading.status, bodyEnd: reading.bodyEnd }
}

describe('A head that keeps to the rules', () => {
  const heads: readonly (readonly [head: string, bodyEnd: unknown, method?: string])[] = [
    [`${ok}Content-Length: 5\r\nX: a\t b \r\n\r\n`, { by: 'length', bytes: 5 }],
    [`${ok}content-length:\t5 \r\n\r\n`, { by: 'length', bytes: 5 }],
    [`${ok}transfer-encoding: Chunked\r\n\r\n`, { by: 'chunks' }],
    [`${ok}X:\r\nY: \r\n\r\n`, { by: 'close' }],
    [`${ok}Accept-Charset: 5\r\nX: \xe4\r\n\r\n`, { by: 'close' }],
    [`${ok}\r\n`, { by: 'close' }],
    ['HTTP/1.0 404\r\n\r\n', { by: 'close' }],
    ['HTTP/1.1 200 \r\n\r\n', { by: 'close' }],
    [`${ok}Content-Length: 5\r\n\r\n`, { by: 'head' }, 'HEAD'],
    ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n', { by: 'head' }],
  ]
  for (const [head, bodyEnd, method = 'GET'] of heads) {
    it(`is read as by a close look: ${JSON.stringify(head)} to ${method}`, () => {
      const strict = read(`${head}HTTP/1.1`, method)
      assert.deepEqual(strict, readClosely(head, method))
      assert.deepEqual(strict?.bodyEnd, bodyEnd)
      for (let end = 0; end < head.length; end++) {
        assert.equal(read(head.slice(0, end), method), null, `its first ${end} bytes`)
      }
    })
  }

  const flawed: readonly string[] = [
    'HTTP/1.2 200 OK\r\n\r\n',
    'http/1.1 200 OK\r\n\r\n',
    'HTTP/1.1  200 OK\r\n\r\n',
    'HTTP/1.1 200OK\r\n\r\n',
    'HTTP/1.1 2x0 OK\r\n\r\n',
    `\r\n${ok}\r\n`,
    `${ok}X: a\0\r\n\r\n`,
    `${ok}X: a\rb\r\n\r\n`,
    `${ok}X : a\r\n\r\n`,
    `${ok}: a\r\n\r\n`,
    `${ok}X\r\n\r\n`,
    `${ok}X: a\r\n b\r\n\r\n`,
    `${ok}X: a\n\r\n`,
    `${ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\n`,
    `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
    `${ok}Content-Length: -5\r\n\r\n`,
    `${ok}Content-Length:\r\n\r\n`,
    `${ok}Content-Length: 1234567890123456\r\n\r\n`,
    `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`,
  ]
  for (const head of flawed) {
    it(`is another than ${JSON.stringify(head)}`, () => assert.equal(read(head), null))
  }

  it('does not hide lengths that contradict each other where there is no body', () => {
    assert.equal(read(`${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`, 'HEAD'), null)
  })

  it('is none where a close look finds a flaw, whatever bytes stand in it', () => {
    let seed = 1
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647
      return seed % below
    }
    const put = [
      '\r',
      '\n',
      '\r\n',
      ':',
      ' ',
      '\t',
      '\0',
      '\x7f',
      '\xe4',
      'A',
      '0',
      'Content-Length: 7\r\n',
    ]
    let sound = 0
    for (let round = 0; round < 20_000; round++) {
      let text = heads[random(heads.length)]?.[0] ?? ''
      for (let change = 0; change < 1 + random(3); change++) {
        const at = random(text.length)
        text = text.slice(0, at) + (put[random(put.length)] ?? '') + text.slice(at + random(3))
      }
      const strict = read(text)
      if (strict === null) continue
      sound++
      assert.deepEqual(strict, readClosely(text.slice(0, strict.size)), JSON.stringify(text))
    }
    assert.ok(sound > 1000)
  })
})
