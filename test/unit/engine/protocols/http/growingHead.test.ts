// Heads that come in pieces: found and known however they are cut, at a cost that grows with their bytes alone.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createGrowingHead } from '../../../../../src/engine/protocols/http/growingHead.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'

/** Of the first piece after which more than "go on" is said, what is said. */
function grow(text: string, cut: number): number {
  const head = createGrowingHead()
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += cut) {
    const said = head.add(bytes.subarray(at, at + cut))
    if (said >= 0) return said
  }
  assert.deepEqual(Buffer.from(head.take()), bytes)
  return -1
}

const ok = 'HTTP/1.1 200 OK\r\n'

describe('A head that comes in pieces', () => {
  it('ends at its empty line, behind those ahead of it', () => {
    for (const [text, end] of [
      [`${ok}\r\nbody`, 19],
      [`\r\n\n\r\n${ok}a: b\r\n\r\n`, 30],
      [`${ok}a: b\n\nbody`, 23],
      [`${ok}a: b\rc\r\n\r\n`, 27],
      [`${ok}a: b\r\n`, -1],
      ['\r\n\n', -1],
      ['ICY 200 OK\r\n\r\n', 14],
    ] as const) {
      for (const cut of [1, 2, 3, 5, 1000])
        assert.equal(grow(text, cut), end, `${JSON.stringify(text)} by ${cut}`)
    }
  })

  it('is refused where no answer begins so', () => {
    for (const text of ['SSH-2.0-x\r\n', '\nHTTQ/', `${ok.trim()}\rX: 1\r\r`, ' HTTP/1.1']) {
      for (const cut of [1, 2, 3, 5, 1000]) assert.equal(grow(text, cut), 0, JSON.stringify(text))
    }
  })

  it('is not copied where it comes in one piece, however much follows it', () => {
    const piece = Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n`.repeat(1000))
    const head = createGrowingHead()
    assert.equal(head.add(piece), 25)
    assert.equal(head.take(), piece)
  })

  it('costs no more for each byte where there are many', () => {
    for (const text of ['\n', '\r', 'HTTP/1.1 200 ', `${ok}a\n`, `${'\n'.repeat(7500)}${ok}a:`]) {
      assertLinear(15_000, (size) => grow(text.padEnd(size, text.at(-1)), 1), text.slice(-20))
    }
  })
})
