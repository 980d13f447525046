// Checks that an older Node hands the command to the package's own one, and what comes back.

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { isNewEnough, runWithNewerNode } from '../../../src/cli/newerNode.ts'

describe('a newer Node', () => {
  let folder = ''
  const run = (name: string) =>
    runWithNewerNode({
      script: join(folder, name, 'dist', 'cli.js'),
      words: ['watch', 'a b'],
      nodeOptions: ['--no-warnings'],
    })

  /** A package whose Node is a shell script. */
  async function addPackage(name: string, script: string | null): Promise<void> {
    const bin = join(folder, name, 'node_modules', 'node', 'bin')
    await mkdir(join(folder, name, 'dist'), { recursive: true })
    await mkdir(bin, { recursive: true })
    await writeFile(join(folder, name, 'dist', 'cli.js'), '')
    if (script !== null) await writeFile(join(bin, 'node'), `#!/bin/sh\n${script}`, { mode: 0o755 })
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-node-'))
    await addPackage('seven', `printf '%s\\n' "$@" > ${folder}/words; exit 7`)
    await addPackage('killed', 'kill -TERM $$')
    await addPackage('none', null)
    await addPackage('same', null)
    await symlink(process.execPath, join(folder, 'same', 'node_modules', 'node', 'bin', 'node'))
  })
  after(() => rm(folder, { recursive: true }))

  it('runs the same words and gives back its exit status', async () => {
    assert.equal(await run('seven'), 7)
    const words = await readFile(join(folder, 'words'), 'utf8')
    assert.deepEqual(words.trimEnd().split('\n'), [
      '--no-warnings',
      join(folder, 'seven', 'dist', 'cli.js'),
      'watch',
      'a b',
    ])
  })

  it('gives back the signal that ended it as a shell does', async () => {
    assert.equal(await run('killed'), 143)
  })

  it('is not looked for elsewhere, nor is this one run again', async () => {
    assert.equal(await run('none'), null)
    assert.equal(await run('same'), null)
  })

  it('is needed before 22.16', () => {
    const versions = ['20.20.2', '22.13.1', '22.15.1', '22.16.0', '24.0.0']
    assert.deepEqual(versions.map(isNewEnough), [false, false, false, true, true])
  })

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('SIGINT')
    await run('seven')
    assert.equal(process.listenerCount('SIGINT'), before)
  })
})
