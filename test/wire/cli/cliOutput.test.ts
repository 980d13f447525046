// The command line's standard output: a reader that goes away, a disk that is full.

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'mocha'
import { useDemoServer } from '../../support/servers/useDemoServer.ts'
import { runCommand, startCommand } from '../../support/sessions/commandLine.ts'

describe('the output of the command line', function () {
  this.timeout(30_000)
  const demo = useDemoServer()
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-output-'))
  after(() => rmSync(folder, { recursive: true }))
  const watch = (query: string) => ['watch', `${demo.url.replace('http', 'ws')}/ws${query}`]

  it('ends quietly when its reader goes away', async () => {
    const command = startCommand([...watch('?rate=200'), '--format', 'ndjson'])
    await command.seen('"kind":"response"')
    command.child.stdout?.destroy()
    const { status, stderr } = await command.finished
    assert.deepEqual([status, stderr], [0, ''])
  })

  // A file of Linux that takes nothing.
  const full = '/dev/full'
  it('ends with 1 and a sentence when the disk is full, and the capture stays whole', async function () {
    if (!existsSync(full)) this.skip()
    const capture = join(folder, 'full.lifeline')
    const words = [...watch('?rate=0'), '--capture', capture]
    const { status, stderr } = await startCommand(words, { into: full }).finished
    assert.equal(status, 1)
    assert.match(stderr, /^lifeline: Standard output cannot be written: ENOSPC[^\n]+\.\n$/)
    assert.match((await runCommand('show', capture)).stdout, /end · Disconnected\./)

    for (const others of [['show', capture], ['--help']]) {
      const printed = await startCommand(others, { into: full }).finished
      assert.deepEqual([printed.status, printed.stderr], [1, stderr])
    }
  })
})
