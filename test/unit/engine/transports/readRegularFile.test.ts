// Files that a profile names, read whole and up to a size.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import {
  readRegularFile,
  readRegularFileSync,
} from '../../../../src/engine/transports/readRegularFile.ts'

const ways = [
  ['readRegularFile()', readRegularFile],
  ['readRegularFileSync()', async (path: string, most: number) => readRegularFileSync(path, most)],
] as const

for (const [title, read] of ways) {
  describe(title, () => {
    let folder = ''
    before(function () {
      if (process.platform === 'win32') this.skip()
      folder = mkdtempSync(join(tmpdir(), 'lifeline-file-'))
      execFileSync('mkfifo', [join(folder, 'fifo')])
      for (const size of [0, 1, 4096, 4097])
        writeFileSync(join(folder, String(size)), 'x'.repeat(size))
    })
    after(() => rmSync(folder, { recursive: true, force: true }))

    it('reads a file up to the size', async () => {
      for (const size of [0, 1, 4096]) {
        const bytes = await read(join(folder, String(size)), 4096)
        assert.equal(Buffer.from(bytes).toString(), 'x'.repeat(size))
      }
      await assert.rejects(read(join(folder, '4097'), 4096), { reason: 'too-large' })
    })

    it('waits for no pipe and reads no device', async () => {
      await assert.rejects(read(join(folder, 'fifo'), 10), { reason: 'endless' })
      await assert.rejects(read('/dev/zero', 10), { reason: 'endless' })
    })

    it('stops at the size where a file says that it has none', async function () {
      if (process.platform !== 'linux') this.skip()
      await assert.rejects(read('/proc/self/status', 10), { reason: 'too-large' })
      assert.match(Buffer.from(await read('/proc/self/status', 100_000)).toString(), /^Name:/)
    })

    it('tells a folder and a name that leads nowhere by the system’s codes', async () => {
      await assert.rejects(read(folder, 10), { code: 'EISDIR' })
      await assert.rejects(read(join(folder, 'none'), 10), { code: 'ENOENT' })
    })
  })
}
