// Checks that output keeps its order whatever its reader does: reads late, not at all, or goes away.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { after, describe, it } from 'mocha'
import { createOutput } from '../../../src/cli/output.ts'

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants
const released = () => new Int32Array(new SharedArrayBuffer(4)).fill(1)

describe('the output', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-output-'))
  after(() => rmSync(folder, { recursive: true }))
  let files = 0
  const newPath = () => join(folder, String(files++))

  function newPipe(): string {
    const path = newPath()
    execFileSync('mkfifo', [path])
    return path
  }

  /** Has another process read the pipe into a file; answers when that is complete. */
  function readInto(pipe: string, file: string, first = ''): Promise<unknown> {
    const reader = spawn('/bin/sh', ['-c', `${first} cat "$1" > "$2"`, 'sh', pipe, file])
    return once(reader, 'close')
  }

  /** Lines whose characters take from one to four bytes, so that a block ends in the middle of some. */
  const lines = (count: number) =>
    Array.from({ length: count }, (_, n) => `${n} ${'xé€😀'.repeat(n % 50)}\n`)

  it('is in the order of writing, whatever the size of the pieces', async () => {
    const path = newPath()
    const fd = openSync(path, 'w')
    const output = createOutput({ fd })
    const parts = lines(20_000)
    for (const part of parts) output.write(part)
    output.write(parts.join(''))
    await new Promise(setImmediate)
    output.write('end')
    output.drain()
    closeSync(fd)
    assert.ok(readFileSync(path, 'utf8') === `${parts.join('').repeat(2)}end`)
  })

  it('leaves at the end of the turn', async () => {
    const path = newPath()
    const output = createOutput({ fd: openSync(path, 'w') })
    output.write('a')
    output.write('b')
    assert.equal(readFileSync(path, 'utf8'), '')
    await new Promise(setImmediate)
    assert.equal(readFileSync(path, 'utf8'), 'ab')
  })

  for (const [sort, flags] of [
    ['that blocks', O_WRONLY],
    ['that does not block', O_WRONLY | O_NONBLOCK],
  ] as const) {
    it(`waits for a reader that is late, at a pipe ${sort}`, async () => {
      const pipe = newPipe()
      const file = newPath()
      // Both ends are there from the beginning; the reader takes its time.
      const keeper = openSync(pipe, O_RDWR | O_NONBLOCK)
      const read = readInto(pipe, file, 'sleep 0.3;')
      const fd = openSync(pipe, flags)
      const output = createOutput({ fd })
      const text = lines(20_000).join('')
      output.write(text)
      output.drain()
      for (const end of [fd, keeper]) closeSync(end)
      await read
      assert.ok(readFileSync(file, 'utf8') === text)
    })
  }

  for (const [what, reads] of [
    ['is patient with a reader who takes a little now and then', true],
    ['loses its patience with one who takes nothing', false],
  ] as const) {
    it(`${what}, once it is released`, () => {
      const pipe = openSync(newPipe(), O_RDWR | O_NONBLOCK)
      const some = Buffer.alloc(64 * 1024)
      let looks = 0
      // Each look at the clock is more than half a second later than the one before.
      const now = () => {
        looks++
        // The first is before there is anything; another follows each block.
        if (reads && looks > 1 && looks % 2 === 1) readSync(pipe, some)
        return looks * 600
      }
      const output = createOutput({ fd: pipe, release: released(), now })
      const piece = 'x'.repeat(1024 * 1024)
      let pieces = 0
      for (; output.makeRoom() && pieces < 20; pieces++) output.write(piece)
      assert.equal(pieces, reads ? 20 : 9)
      closeSync(pipe)
    })
  }

  it('has room again when the reader took everything while the thread was busy', () => {
    const pipe = openSync(newPipe(), O_RDWR | O_NONBLOCK)
    let time = 0
    const now = () => {
      time += 300
      return time
    }
    const output = createOutput({ fd: pipe, release: released(), now })
    // More than is kept, and what the pipe holds; but one block less is no more.
    output.write('x'.repeat(8 * 1024 * 1024 + 100_000))
    assert.equal(output.makeRoom(), false)
    readSync(pipe, Buffer.alloc(1024 * 1024))
    assert.equal(output.makeRoom(), true)
    closeSync(pipe)
  })

  it('goes on waiting once it is released, for a reader who takes something', async () => {
    const pipe = newPipe()
    const file = newPath()
    const keeper = openSync(pipe, O_RDWR | O_NONBLOCK)
    const output = createOutput({ fd: keeper, release: released() })
    const piece = 'x'.repeat(100_000)
    const reader = spawn('/bin/sh', ['-c', 'exec < "$1"; echo; exec cat > "$2"', 'sh', pipe, file])
    const read = once(reader, 'close')
    // It has opened the pipe.
    await once(reader.stdout, 'data')
    // No turn of the event loop between them.
    let pieces = 0
    for (; output.makeRoom() && pieces < 500; pieces++) output.write(piece)
    assert.equal(pieces, 500)
    output.drain()
    closeSync(keeper)
    await read
    assert.ok(readFileSync(file, 'utf8') === piece.repeat(pieces))
  })

  it('returns when it is released, and keeps some for a reader who takes nothing', async () => {
    const pipe = newPipe()
    const keeper = openSync(pipe, O_RDWR | O_NONBLOCK)
    const release = new Int32Array(new SharedArrayBuffer(4))
    const output = createOutput({ fd: keeper, release })
    const releaser = new Worker(
      "const { workerData } = require('node:worker_threads')\n" +
        'Atomics.store(workerData, 0, 1)\nAtomics.notify(workerData, 0)',
      { eval: true, workerData: release },
    )
    output.write('x'.repeat(1_000_000))
    assert.equal(Atomics.load(release, 0), 1)
    output.write('x'.repeat(1_000_000))
    assert.equal(output.makeRoom(), true)
    await once(releaser, 'exit')
    closeSync(keeper)
  })

  it('keeps a limited amount for that reader, and hands that over at the end', async () => {
    const pipe = newPipe()
    const file = newPath()
    const keeper = openSync(pipe, O_RDWR | O_NONBLOCK)
    const output = createOutput({ fd: keeper, release: released() })
    const parts = lines(100_000)
    let written = ''
    for (const part of parts) {
      if (!output.makeRoom()) break
      output.write(part)
      written += part
    }
    assert.ok(written.length < parts.join('').length)
    const bytes = Buffer.byteLength(written)
    assert.ok(bytes > 8e6 && bytes < 9e6, `${bytes}`)
    const read = readInto(pipe, file)
    output.write('end')
    output.drain()
    closeSync(keeper)
    await read
    assert.ok(readFileSync(file, 'utf8') === `${written}end`)
  })

  it('ends quietly when the reader goes away, and says so once', () => {
    const pipe = newPipe()
    const reader = openSync(pipe, O_RDONLY | O_NONBLOCK)
    let told = 0
    const output = createOutput({ fd: openSync(pipe, O_WRONLY), onClose: () => told++ })
    output.write('read')
    output.drain()
    const seen = Buffer.alloc(10)
    assert.equal(seen.toString('utf8', 0, readSync(reader, seen)), 'read')
    closeSync(reader)
    for (const text of ['lost', 'lost as well']) {
      output.write(text)
      output.drain()
    }
    assert.deepEqual([told, output.closed, output.failure], [1, true, null])
  })

  // A file of Linux that takes nothing.
  const full = '/dev/full'
  it('keeps the reason when it cannot be written, and says so once', function () {
    if (!existsSync(full)) this.skip()
    let told = 0
    const output = createOutput({ fd: openSync(full, 'w'), onClose: () => told++ })
    for (const text of ['lost', 'lost as well']) {
      output.write(text)
      output.drain()
    }
    assert.deepEqual([told, output.closed], [1, true])
    assert.match(output.failure ?? '', /^ENOSPC/)
  })
})
