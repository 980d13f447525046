// The bytes of the wire that pieces of a body took, against chunks that are cut into reads of any size.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createBodyWire } from '../../../../../src/engine/protocols/http/bodyWire.ts'

const head = 100

/** Chunks of these sizes on the wire, and where the content of each begins. */
function chunked(sizes: readonly number[], extension = '') {
  let at = 0
  const places = sizes.map((size) => {
    const begin = at + `${size.toString(16)}${extension}\r\n`.length
    at = begin + size + 2
    return { begin, end: begin + size }
  })
  return { places, total: at }
}

/** Reads so many bytes at a time, and takes what of each chunk is in a read as a piece of its own. */
function takeAll(sizes: readonly number[], readBytes: number, extension = '') {
  const { places, total } = chunked(sizes, extension)
  const wire = createBodyWire('chunks', head)
  const taken: number[] = []
  for (let from = 0; from < total; from += readBytes) {
    const to = Math.min(total, from + readBytes)
    for (const { begin, end } of places) {
      const size = Math.min(end, to) - Math.max(begin, from)
      if (size > 0) taken.push(wire.take(size, head + to))
    }
  }
  return { taken, rest: wire.rest(head + total), total }
}

describe('createBodyWire', () => {
  it('counts the lines of a chunk with its content, also of several in one read', () => {
    const { taken, rest } = takeAll([1, 15, 16, 4000, 70_000], 1_000_000)
    assert.deepEqual(taken, [6, 20, 22, 4007, 70_009])
    assert.equal(rest, 0)
  })

  it('counts one chunk a read', () => {
    const wire = createBodyWire('chunks', head)
    assert.equal(wire.take(9, head + 14), 14)
    assert.equal(wire.take(9, head + 28), 14)
    assert.equal(wire.rest(head + 33), 5)
  })

  it('leaves nothing out and counts nothing twice, however reads cut chunks', () => {
    const sizes = [1, 30, 300, 2, 17, 5000, 64, 1]
    for (let readBytes = 1; readBytes < 700; readBytes++) {
      for (const extension of ['', ';a=1']) {
        const { taken, rest, total } = takeAll(sizes, readBytes, extension)
        const sum = taken.reduce((all, one) => all + one, 0)
        assert.equal(sum + rest, total, `${readBytes} bytes a read`)
        assert.ok(taken.every((one) => one > 0))
      }
    }
  })

  it('counts all that was read of a body without chunks or with a coding', () => {
    for (const framing of ['none', 'coded'] as const) {
      const wire = createBodyWire(framing, head)
      assert.equal(wire.take(50, head + 60), 60)
      assert.equal(wire.take(50, head + 60), 0)
      assert.equal(wire.rest(head + 65), 5)
    }
  })
})
