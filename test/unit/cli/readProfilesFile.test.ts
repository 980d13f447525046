// Profiles files of any kind, size and depth, as the command line reads them.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { readProfilesFile } from '../../../src/cli/readProfilesFile.ts'
import { UsageError } from '../../../src/cli/usageError.ts'
import { profilesLimits } from '../../../src/shared/limits.ts'

describe('readProfilesFile()', () => {
  let folder = ''
  const at = (name: string) => join(folder, name)

  before(function () {
    if (process.platform === 'win32') this.skip()
    folder = mkdtempSync(join(tmpdir(), 'lifeline-kinds-'))
    execFileSync('mkfifo', [at('fifo')])
    mkdirSync(at('folder'))
    for (const kind of ['fifo', 'folder', 'full', 'gone']) symlinkSync(at(kind), at(`to-${kind}`))
    for (const device of ['/dev/zero', '/dev/null', '/proc/self/pagemap']) {
      symlinkSync(device, at(device.replaceAll('/', '-')))
    }
    writeFileSync(at('full'), `[]${' '.repeat(profilesLimits.fileBytes - 2)}`)
    writeFileSync(at('over'), ' '.repeat(profilesLimits.fileBytes + 1))
    writeFileSync(at('deep'), `{\n"profiles": [\n${'['.repeat(3000)}${']'.repeat(3000)}]}`)
    writeFileSync(at('marked'), '\ufeff{}')
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  function refusal(name: string): string {
    try {
      readProfilesFile(at(name))
      return 'was read'
    } catch (error) {
      assert.ok(error instanceof UsageError, String(error))
      return error.message
    }
  }

  for (const [name, sentence] of [
    ['fifo', /^Correct .*: Replace this by a regular file/],
    ['to-fifo', /^Correct .*: Replace this by a regular file/],
    ['-dev-zero', /^Correct .*: Replace this by a regular file/],
    ['-dev-null', /^Correct .*: Replace this by a regular file/],
    // It says that it is a file of no size, and goes on for ever.
    ['-proc-self-pagemap', /^Correct .*: Make this file smaller|cannot be read/],
    ['folder', /cannot be read \(EISDIR\)/],
    ['to-folder', /cannot be read \(EISDIR\)/],
    ['to-gone', /cannot be read \(ENOENT\)/],
    ['over', /^Correct .*: Make this file smaller: it is read up to 1 MiB/],
    ['deep', /^Correct .*, line 3: Nest less deeply here: 64 levels/],
  ] as const) {
    it(`refuses ${name} at once, and says what to change`, () => {
      assert.match(refusal(name), sentence)
    })
  }

  it('reads what is as large as may be, through a link, too, and without a byte order mark', () => {
    assert.equal(readProfilesFile(at('full')).length, profilesLimits.fileBytes)
    assert.equal(readProfilesFile(at('to-full')).length, profilesLimits.fileBytes)
    assert.equal(readProfilesFile(at('marked')), '{}')
  })
})
