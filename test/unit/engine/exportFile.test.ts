// Exports into files: what is there already keeps its rights, a link leads on to it, and no other file is touched.

import assert from 'node:assert/strict'
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'mocha'
import { exportFile } from '../../../src/engine/exportCapture.ts'
import { textMessage, withFolder } from '../../support/captures/captureFrames.ts'
import { startCapture } from '../../support/captures/captures.ts'

const filter = { afterSeq: 0, text: '', wire: false }

async function exportTo(path: string): Promise<void> {
  const capture = startCapture()
  capture.append(textMessage('hello'))
  const run = { signal: new AbortController().signal, share: 0 }
  await exportFile(capture, path, { format: 'ndjson', filter }, run)
  capture.close()
}

describe('a file that an export replaces', () => {
  before(function () {
    // It has neither such rights nor links for everybody.
    if (process.platform === 'win32') this.skip()
  })

  it('is read by nobody else than before', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'mine.ndjson')
      writeFileSync(path, 'before', { mode: 0o600 })
      await exportTo(path)
      assert.match(readFileSync(path, 'utf8'), /hello/)
      assert.equal(statSync(path).mode & 0o777, 0o600)
    }))

  it('is the one that a link leads to', () =>
    withFolder(async (folder) => {
      const [path, link] = [join(folder, 'real.ndjson'), join(folder, 'link.ndjson')]
      writeFileSync(path, 'before')
      symlinkSync(path, link)
      await exportTo(link)
      assert.match(readFileSync(path, 'utf8'), /hello/)
      assert.ok(lstatSync(link).isSymbolicLink())
      assert.deepEqual(readdirSync(folder).toSorted(), ['link.ndjson', 'real.ndjson'])
    }))
})

describe('a file that an export makes', () => {
  it('leaves one of a like name alone', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'mine.ndjson')
      writeFileSync(`${path}.part`, 'mine')
      await exportTo(path)
      assert.match(readFileSync(path, 'utf8'), /hello/)
      assert.equal(readFileSync(`${path}.part`, 'utf8'), 'mine')
      assert.deepEqual(readdirSync(folder).toSorted(), ['mine.ndjson', 'mine.ndjson.part'])
    }))

  it('is whole where two exports make it at once', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'mine.ndjson')
      await Promise.all([exportTo(path), exportTo(path)])
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
      assert.equal(lines.map((line) => JSON.parse(line)).length, 1)
      assert.deepEqual(readdirSync(folder), ['mine.ndjson'])
    }))

  it('may have as long a name as a file can have', () =>
    withFolder(async (folder) => {
      const path = join(folder, `${'x'.repeat(248)}.ndjson`)
      await exportTo(path)
      assert.match(readFileSync(path, 'utf8'), /hello/)
    }))
})
