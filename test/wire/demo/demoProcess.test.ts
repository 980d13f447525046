// The demo server as a process: its words, its address, its end.

import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'mocha'
import { useFreshDemo } from '../../support/servers/useFreshDemo.ts'

describe('demo process', () => {
  const demo = useFreshDemo()

  const main = fileURLToPath(new URL('../../../src/demo/main.ts', import.meta.url))

  async function run(args: string[]) {
    const child = fork(main, args, { stdio: 'pipe', execArgv: [] })
    const exit = once(child, 'exit')
    const [message] = (await once(child, 'message')) as [{ url: string; port: number }]
    return { child, exit, ...message }
  }

  it('tells its address and ends at a signal', async () => {
    const { child, exit, url } = await run(['--port', '0'])
    assert.equal((await fetch(`${url}/poll`)).status, 200)
    child.kill('SIGTERM')
    assert.deepEqual(await exit, [0, null])
  })

  it('takes a free port when its own is in use, and ends with its parent', async () => {
    const { child, exit, port } = await run(['--port', String(demo.port)])
    assert.notEqual(port, demo.port)
    child.disconnect()
    assert.deepEqual(await exit, [0, null])
  })

  const nowhere = fileURLToPath(new URL('nowhere.pem', import.meta.url))
  const mistakes: readonly (readonly [what: string, words: string[], answer: RegExp])[] = [
    ['a port that is none', ['--port', 'x'], /--port must be a number/],
    ['an option that is none', ['--prot', '1'], /--prot.*\nUsage: /],
    ['a certificate without its key', ['--cert', main], /--cert and --key together/],
    ['an authority without a certificate', ['--client-ca', main], /--cert and --key together/],
    ['a file that is missing', ['--cert', nowhere, '--key', main], /--cert cannot be read: ENOENT/],
    ['a file that is no PEM', ['--cert', main, '--key', main], /must be PEM files/],
    ['a socket where none can be', ['--unix', join(main, 'socket')], /cannot listen: listen E/],
  ]
  for (const [what, words, answer] of mistakes) {
    it(`refuses ${what} with a sentence`, async () => {
      const child = fork(main, words, { stdio: 'pipe', execArgv: [] })
      const exit = once(child, 'exit')
      const said = await text(child.stderr ?? assert.fail())
      assert.deepEqual(await exit, [2, null])
      assert.match(said, answer)
      assert.doesNotMatch(said, /\n +at /)
    })
  }
})
