// A capture copies itself, also while it is being written.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import {
  type Capture,
  createCapture,
  openCapture,
} from '../../../../../src/engine/capture/capture.ts'
import type { ExportRun } from '../../../../../src/engine/capture/writing/exportRun.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import { recorded, textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'

const all = { afterSeq: 0, text: '', wire: false }
const limits = defaultLimits

function frameCount(path: string): number {
  const opened = openCapture(path)
  const { frames } = opened
  opened.close()
  return frames
}

/** So much that it is copied in several steps. */
function writeSteps(capture: Capture): void {
  for (let n = 0; n < 30; n++) capture.append(textMessage(randomBytes(1_000_000).toString('hex')))
  capture.flush()
}

/** `onShare` is called each time that the copy has come further. */
function startRun(onShare: (share: number, abort: () => void) => void) {
  const controller = new AbortController()
  const shares: number[] = []
  const run: ExportRun = {
    signal: controller.signal,
    get share() {
      return shares.at(-1) ?? 0
    },
    set share(share) {
      shares.push(share)
      onShare(share, () => controller.abort())
    },
  }
  return { run, shares }
}

const isBetween = (share: number) => share > 0 && share <= 1

describe('a copy of a capture', () => {
  it('holds what was there at one moment while more is written, from the disk and from memory', () =>
    withFolder(async (folder) => {
      for (const path of [join(folder, 'a.db'), null]) {
        const capture = createCapture({ path, ...recorded, limits })
        for (let n = 0; n < 3000; n++) capture.append(textMessage(`${n}`))
        const copy = join(folder, 'copy.db')
        const copying = capture.copyTo(copy)
        for (let n = 3000; n < 6000; n++) capture.append(textMessage(`${n}`))
        await copying
        const opened = openCapture(copy)
        assert.ok(opened.frames >= 3000 && opened.frames <= 6000, `${opened.frames}`)
        assert.deepEqual(
          [...opened.entries(all)].map(({ preview }) => preview),
          Array.from({ length: opened.frames }, (_, index) => `${index}`),
        )
        opened.close()
        capture.close()
        assert.deepEqual(
          readdirSync(folder).filter((name) => name.endsWith('.part')),
          [],
        )
      }
    }))

  it('is whole where two are made at once, and leaves a file of a like name alone', () =>
    withFolder(async (folder) => {
      const capture = createCapture({ path: join(folder, 'a.db'), ...recorded, limits })
      capture.append(textMessage('a'))
      const copy = join(folder, 'copy.db')
      writeFileSync(`${copy}.part`, 'mine')
      await Promise.all([capture.copyTo(copy), capture.copyTo(copy)])
      capture.close()
      assert.equal(frameCount(copy), 1)
      assert.equal(readFileSync(`${copy}.part`, 'utf8'), 'mine')
      assert.deepEqual(readdirSync(folder).toSorted(), ['a.db', 'copy.db', 'copy.db.part'])
    }))

  it('tells how far it is while more is written, and ends where it is not wanted any more', () =>
    withFolder(async (folder) => {
      const capture = createCapture({ path: join(folder, 'a.lifeline'), ...recorded, limits })
      writeSteps(capture)
      const copy = join(folder, 'copy.lifeline')
      const { run, shares } = startRun((share) => {
        if (share < 1) capture.append(textMessage('meanwhile'))
        capture.flush()
      })
      await capture.copyTo(copy, run)
      assert.ok(shares.length >= 2 && shares.every(isBetween), `${shares}`)
      assert.deepEqual(shares.toSorted(), shares, 'it does not begin again')
      assert.equal(frameCount(copy), 30)
      const stopped = startRun((_share, abort) => abort())
      await assert.rejects(capture.copyTo(join(folder, 'b.lifeline'), stopped.run), {
        code: 'cancelled',
      })
      assert.equal(stopped.shares.length, 1)
      capture.close()
      assert.deepEqual(readdirSync(folder).toSorted(), ['a.lifeline', 'copy.lifeline'])
    }))

  it('of a saved one lets a bookmark be set meanwhile', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = createCapture({ path, ...recorded, limits })
      writeSteps(capture)
      capture.close()
      const saved = openCapture(path)
      const refused: unknown[] = []
      const { run, shares } = startRun((share) => {
        if (shares.length === 1 && share < 1) refused.push(saved.bookmark(7, 'here'))
      })
      await saved.copyTo(join(folder, 'copy.lifeline'), run)
      saved.close()
      assert.deepEqual(refused, [null])
      const copy = openCapture(join(folder, 'copy.lifeline'))
      assert.deepEqual([copy.frames, copy.bookmarks().length], [30, 1])
      copy.close()
    }))

  it('does not replace the capture itself', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'a.db')
      const capture = createCapture({ path, ...recorded, limits })
      capture.append(textMessage('a'))
      await assert.rejects(capture.copyTo(path), { code: 'capture-not-writable' })
      await assert.rejects(capture.copyTo(join(folder, 'none', 'b.db')), {
        code: 'capture-not-writable',
      })
      assert.equal(capture.rows(all, 0, 1).total, 1)
      capture.close()
    }))

  it('is readable by its owner only, from the disk and from memory', () =>
    withFolder(async (folder) => {
      for (const path of [join(folder, 'a.lifeline'), null]) {
        const capture = createCapture({ path, ...recorded, limits })
        capture.append(textMessage('x'))
        const copy = join(folder, 'copy.lifeline')
        await capture.copyTo(copy)
        capture.close()
        assert.equal(statSync(copy).mode & 0o777, 0o600)
        assert.equal(frameCount(copy), 1)
      }
    }))
})
