// A capture whose writer was killed has all that was written.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import { withFolder } from '../../../../support/captures/captureFrames.ts'

const all = { afterSeq: 0, text: '', wire: false }

const floodScript = `
import { createCapture } from '${new URL('../../../../../src/engine/capture/capture.ts', import.meta.url)}'
import { recorded, textMessage } from '${new URL('../../../../support/captures/captureFrames.ts', import.meta.url)}'
import { defaultLimits } from '${new URL('../../../../../src/shared/limits.ts', import.meta.url)}'
const limits = { ...defaultLimits, logBytes: Number(process.argv[2]) }
const capture = createCapture({ path: process.argv[1], ...recorded, limits })
for (let n = 1; ; n++) {
  capture.append(textMessage('frame ' + n))
  if (n % 1000 === 0 && n <= 20000) process.stdout.write(n + '\\n')
}`

describe('a capture whose writer was killed', () => {
  for (const [when, logBytes] of [
    ['', defaultLimits.logBytes],
    [' while its log was moved', 100_000],
  ] as const) {
    it(`has every batch that was written${when}, and stands alone once it was opened`, () =>
      withFolder(async (folder) => {
        const path = join(folder, 'a.db')
        const child = spawn(
          process.execPath,
          ['--input-type=module', '-e', floodScript, path, String(logBytes)],
          {
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        )
        let written = 0
        for await (const chunk of child.stdout) {
          written = Number(String(chunk).trim().split('\n').at(-1))
          if (written >= 20_000) break
        }

        const live = openCapture(path)
        const seen = live.frames
        assert.ok(seen >= written, `${seen} seen, ${written} told`)
        assert.equal(live.rows(all, seen - 1, 1).rows[0]?.preview, `frame ${seen}`)

        child.kill('SIGKILL')
        await once(child, 'exit')
        live.close()
        assert.equal(existsSync(`${path}-wal`), true)
        const opened = openCapture(path)
        const { frames } = opened
        assert.ok(frames >= seen)
        const last = opened.rows(all, frames - 1, 1).rows[0]
        assert.equal(last?.preview, `frame ${frames}`)
        assert.equal(opened.savedStatus().outcome, null)
        opened.close()

        assert.equal(existsSync(`${path}-wal`), false)
        copyFileSync(path, join(folder, 'alone.db'))
        const alone = openCapture(join(folder, 'alone.db'))
        assert.equal(alone.frames, frames)
        alone.close()
      })).timeout(30_000)
  }
})
