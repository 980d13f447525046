// A capture copies itself, also while it is being written.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { createCapture, openCapture } from '../../../../../src/engine/capture/capture.ts'
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
