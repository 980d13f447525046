// Captures whose pages were made by hand: whatever they say, opening and reading them ends soon.

import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { createCapture } from '../../../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import {
  binaryMessage,
  endFrame,
  recorded,
  request,
  response,
  sseEvent,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { multiplied, rootOf } from '../../../../support/captures/craftedPages.ts'
import { readInProcess } from '../../../../support/captures/readInProcess.ts'

/** Of the frame that has rows in `piece`. */
const longSeq = 24

function smallCapture(folder: string): string {
  const path = join(folder, 'a.lifeline')
  const capture = createCapture({ path, ...recorded, limits: defaultLimits })
  capture.append(request('http://h/', [['A', 'b']]))
  capture.append(response([['A', 'b']], Buffer.from('x'), 1))
  for (let n = 0; n < 20; n++) capture.append(textMessage(`x ${n}`))
  capture.append(sseEvent('trade', '{}'))
  assert.equal(capture.append(binaryMessage(new Uint8Array(40_000).fill(7))), longSeq)
  capture.append(endFrame('Disconnected.'))
  capture.close()
  return path
}

describe('a capture whose pages point at each other', () => {
  for (const table of ['sqlite_schema', 'session', 'shape', 'frame', 'piece']) {
    it(`is refused or read soon, whatever its keys say: ${table}`, () =>
      withFolder(async (folder) => {
        const path = smallCapture(folder)
        const root = rootOf(path, table)
        const original = readFileSync(path)
        const paths = [0, 3, longSeq, 2 ** 40].map((key) => {
          const crafted = join(folder, `${key}.lifeline`)
          writeFileSync(crafted, multiplied(original, root, 200, key))
          return crafted
        })
        const { said, tookMs, rssBytes } = await readInProcess(paths)
        assert.match(said, /^((read \d+|capture-not-readable .+)(\n|$)){4}$/)
        assert.ok(tookMs < 10_000, `${tookMs} ms`)
        assert.ok(rssBytes < 400e6, `${rssBytes}`)
      })).timeout(30_000)
  }
})

/** The same numbers in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** The file with some of its heads, pointers and bytes written anew. */
function mutated(file: Buffer, random: (below: number) => number): Buffer {
  const bytes = Buffer.from(file)
  const pageBytes = 16_384
  for (let changes = 1 + random(6); changes > 0; changes--) {
    const page = random(bytes.length / pageBytes)
    const head = page * pageBytes + (page === 0 ? 100 : 0)
    const values = [0, 1, 2, 5, 10, 13, 255, random(256)]
    const places = [
      head,
      head + 3 + random(9),
      head + 8 + random(64),
      head + random(pageBytes - 100),
    ]
    bytes[places[random(places.length)] ?? 0] = values[random(values.length)] ?? 0
  }
  return bytes
}

describe('a capture whose pages are damaged at random', () => {
  it('is refused or read soon, all 300 of them', () =>
    withFolder(async (folder) => {
      const original = readFileSync(smallCapture(folder))
      const random = createRandom(6)
      const paths = Array.from({ length: 300 }, (_, index) => {
        const path = join(folder, `${index}.lifeline`)
        writeFileSync(path, mutated(original, random))
        return path
      })
      const { said } = await readInProcess(paths, 120_000)
      const lines = said.split('\n')
      assert.equal(lines.length, paths.length)
      for (const line of lines) assert.match(line, /^(read \d+|capture-not-readable .+)$/)
    })).timeout(150_000)
})

describe('a capture whose log was made by hand', () => {
  /** A capture and its log, as a writer leaves them that was killed. */
  function killed(folder: string): string {
    const path = join(folder, 'killed.lifeline')
    const live = join(folder, 'live.lifeline')
    const capture = createCapture({ path: live, ...recorded, limits: defaultLimits })
    for (let n = 0; n < 3; n++) {
      for (let message = 0; message < 10; message++) capture.append(textMessage('x'.repeat(5000)))
      capture.flush()
    }
    for (const suffix of ['', '-wal']) copyFileSync(live + suffix, path + suffix)
    capture.close()
    return path
  }

  it('is refused when its first page is not the only one of the list of tables', () =>
    withFolder(async (folder) => {
      const path = killed(folder)
      const log = readFileSync(`${path}-wal`)
      for (const at of firstPagesOf(log)) log[at + 24 + 100] = 0x05
      sumUp(log)
      writeFileSync(`${path}-wal`, log)
      const { said } = await readInProcess([path])
      assert.match(said, /^capture-not-readable .* it is not a capture\.$/)
    }))

  it('is opened when its last page is half written', () =>
    withFolder(async (folder) => {
      const path = killed(folder)
      const log = readFileSync(`${path}-wal`)
      const last = firstPagesOf(log).at(-1) ?? assert.fail()
      log.fill(0x05, last + 24 + 100, last + 24 + 8000)
      writeFileSync(`${path}-wal`, log)
      const { said } = await readInProcess([path])
      assert.match(said, /^read \d0$/)
    }))
})

const frameBytes = 24 + 16_384

/** Where the copies of the first page begin, their heads first. */
function firstPagesOf(log: Buffer): number[] {
  const all = Array.from({ length: (log.length - 32) / frameBytes }, (_, n) => 32 + n * frameBytes)
  return all.filter((at) => log.readUInt32BE(at) === 1)
}

/** Makes the sums right again. [sqlite] fileformat2.html 4.2 */
function sumUp(log: Buffer): void {
  const isLittle = log.readUInt32BE(0) % 2 === 0
  const read = (at: number) => (isLittle ? log.readUInt32LE(at) : log.readUInt32BE(at))
  let [one, other] = [log.readUInt32BE(24), log.readUInt32BE(28)]
  const add = (from: number, to: number) => {
    for (let at = from; at < to; at += 8) {
      one = (one + read(at) + other) >>> 0
      other = (other + read(at + 4) + one) >>> 0
    }
  }
  for (let at = 32; at + frameBytes <= log.length; at += frameBytes) {
    add(at, at + 8)
    add(at + 24, at + frameBytes)
    log.writeUInt32BE(one, at + 16)
    log.writeUInt32BE(other, at + 20)
  }
}
