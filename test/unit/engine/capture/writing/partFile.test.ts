// Files in which exports grow: those that a killed process has left go, and nothing else does.

import assert from 'node:assert/strict'
import { closeSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { openPart } from '../../../../../src/engine/capture/writing/partFile.ts'
import { withFolder } from '../../../../support/captures/captureFrames.ts'

const dayMs = 24 * 3600 * 1000
const ours = '.lifeline-0123456789abcdef.part'

async function openIn(folder: string): Promise<string> {
  const { path, fd } = await openPart(join(folder, 'a.txt'))
  closeSync(fd)
  return path
}

describe('the part of an export', () => {
  it('takes the place of those that were left in its folder', () =>
    withFolder(async (folder) => {
      for (const name of [ours, `${ours}-journal`, `${ours}-wal`, `${ours}-shm`]) {
        writeFileSync(join(folder, name), 'x')
        age(join(folder, name), dayMs + 60_000)
      }
      const path = await openIn(folder)
      assert.deepEqual(
        readdirSync(folder).map((name) => join(folder, name)),
        [path],
      )
    }))

  it('leaves those that may be growing, and what only looks like one', () =>
    withFolder(async (folder) => {
      const old = [
        '.lifeline-0123456789abcdeF.part',
        '.lifeline-0123456789abcdef.part.txt',
        '.lifeline-0123456789abcde.part',
        'lifeline-0123456789abcdef.part',
        'a.lifeline-0123456789abcdef.part',
        'a.txt',
      ]
      for (const name of old) {
        writeFileSync(join(folder, name), 'x')
        age(join(folder, name), 2 * dayMs)
      }
      const growing = ours.replace('0', 'a')
      writeFileSync(join(folder, growing), 'x')
      age(join(folder, growing), dayMs - 60_000)
      mkdirSync(join(folder, ours))
      age(join(folder, ours), 2 * dayMs)
      const link = ours.replace('0', 'b')
      symlinkSync(join(folder, 'a.txt'), join(folder, link))
      await openIn(folder)
      const left = readdirSync(folder)
      for (const name of [...old, growing, ours, link]) assert.ok(left.includes(name), name)
      assert.equal(left.length, old.length + 4)
    }))

  it('cannot be made where there is no folder', () =>
    withFolder(async (folder) => {
      await assert.rejects(openPart(join(folder, 'none', 'a.txt')), { code: 'ENOENT' })
    }))
})

function age(path: string, ms: number): void {
  const at = (Date.now() - ms) / 1000
  utimesSync(path, at, at)
}
