// The log of a capture is moved into its file by another thread, while frames are written.

import assert from 'node:assert/strict'
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { build } from 'esbuild'
import { describe, it } from 'mocha'
import { createCapture, openCapture } from '../../../../../src/engine/capture/capture.ts'
import { createCheckpointer } from '../../../../../src/engine/capture/writing/checkpointer.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import {
  moveIfLost,
  recorded,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { projectFolder } from '../../../../support/places.ts'

const MiB = 1024 * 1024
const limits = { ...defaultLimits, logBytes: MiB }
const all = { afterSeq: 0, text: '', wire: false }

describe('the log of a capture', () => {
  async function writeAndWait(path: string, create: typeof createCapture): Promise<void> {
    const capture = create({ path, ...recorded, limits })
    // Less than what makes the writer itself move it.
    for (let n = 0; n < 500; n++) capture.append(textMessage('x'.repeat(1000)))
    capture.flush()
    while (statSync(path).size < 500_000) await setImmediate()
    capture.close()
  }

  it('is moved into the file while nothing is written', () =>
    withFolder((folder) => writeAndWait(join(folder, 'a.db'), createCapture)))

  it('is moved by a bundle too, in which names are short', () =>
    withFolder(async (folder) => {
      const outfile = join(folder, 'bundle.cjs')
      await build({
        stdin: {
          contents: "export { createCapture } from './src/engine/capture/capture.ts'",
          resolveDir: projectFolder,
        },
        ...{
          bundle: true,
          minify: true,
          platform: 'node',
          format: 'cjs',
          target: 'node22',
          outfile,
        },
      })
      const bundled: { createCapture: typeof createCapture } = createRequire(outfile)(outfile)
      await writeAndWait(join(folder, 'a.db'), bundled.createCapture)
    }))

  it('is not moved into another file that stands in the place of the capture', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'a.db')
      const capture = createCapture({ path, ...recorded, limits })
      // The thread is asked for meanwhile, and has opened nothing yet.
      for (let n = 0; n < 500; n++) capture.append(textMessage('x'.repeat(1000)))
      capture.flush()
      writeFileSync(`${path}.other`, 'somebody’s own')
      renameSync(`${path}.other`, path)
      await setTimeout(500)
      assert.equal(readFileSync(path, 'utf8'), 'somebody’s own')
      assert.match(moveIfLost(capture) ?? '', /replaced by another file.+ none was lost/)
      capture.close()
      assert.equal(readFileSync(path, 'utf8'), 'somebody’s own')
    }))

  it('stays near its limit however much is written, and loses nothing', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = createCapture({ path, ...recorded, limits })
      for (let n = 1; n <= 20_000; n++) capture.append(textMessage(`${n} `.padEnd(2000, 'x')))
      capture.flush()
      const { size } = statSync(`${path}-wal`)
      assert.ok(size < 24 * MiB, `${size} bytes`)
      capture.close()
      assert.equal(existsSync(`${path}-wal`), false)
      const opened = openCapture(path)
      assert.equal(opened.frames, 20_000)
      for (const n of [1, 9_999, 20_000]) {
        const preview = opened.rows(all, n - 1, 1).rows[0]?.preview
        assert.ok(preview?.startsWith(`${n} xxx`), preview ?? 'null')
      }
      opened.close()
    }))

  it('begins anew soon after a pass, though batches came while it was moved', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'a.db')
      const capture = createCapture({
        path,
        ...recorded,
        limits: { ...limits, logBytes: 32 * MiB },
      })
      const write = (count: number) => {
        for (let n = 0; n < count; n++) capture.append(textMessage('x'.repeat(5000)))
        capture.flush()
      }
      // Enough for a pass, for which the thread is begun.
      write(1000)
      while (statSync(path).size < 5 * MiB) await setTimeout(20)
      write(1)
      // Enough for another, and more before it can be over.
      write(1000)
      await setTimeout(1)
      write(1)
      const before = logSalt(path)
      // Not enough for another pass by far.
      for (let n = 0; n < 150 && logSalt(path) === before; n++) {
        await setTimeout(50)
        write(1)
      }
      assert.notEqual(logSalt(path), before)
      capture.close()
      const opened = openCapture(path)
      assert.equal(opened.rows(all, opened.frames - 1, 1).rows.length, 1)
      opened.close()
    })).timeout(20_000)

  it('is the writer’s own to move when the thread cannot open the file', () =>
    withFolder((folder) => {
      const database = new DatabaseSync(join(folder, 'a.db'))
      const checkpointer = createCheckpointer(database, join(folder, 'none', 'a.db'), MiB)
      checkpointer.logged(MiB)
      checkpointer.close()
      checkpointer.logged(MiB)
      checkpointer.close()
      const pages = database.prepare('PRAGMA wal_autocheckpoint').get()?.wal_autocheckpoint
      assert.equal(pages, MiB / 4096)
      database.close()
    }))
})

/** Changes when the log begins anew. [sqlite] fileformat2.html 4.1 */
function logSalt(path: string): number {
  return readFileSync(`${path}-wal`).readUInt32BE(16)
}
