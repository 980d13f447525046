// The demo's feed, recorded by each method, served by `lifeline serve` and watched again: the same items come.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { openCapture } from '../../../src/engine/capture/capture.ts'
import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import { type Frame, isPeerData } from '../../../src/shared/frame/frame.ts'
import { withFolder } from '../../support/captures/captureFrames.ts'
import { closeWith, listenLocally } from '../../support/servers/listenLocally.ts'
import { subscribe, useDemoServer } from '../../support/servers/useDemoServer.ts'
import { runCommand, startCommand } from '../../support/sessions/commandLine.ts'

const ways: readonly (readonly [Method, string, readonly string[]])[] = [
  ['polling', '/poll?rate=20', ['--interval', '100ms']],
  ['long-polling', '/long-poll?rate=20', []],
  ['sse', '/sse?rate=20', []],
  ['websocket', '/ws?rate=20', ['--send', subscribe]],
]

/** The data of the first frames that brought some, without those of answers that brought nothing. */
function itemsOf(path: string): readonly string[] {
  const capture = openCapture(path)
  try {
    return [...capture.entries({ afterSeq: 0, text: '', wire: false })].flatMap((row) =>
      isPeerData(row.frame as Frame) ? [Buffer.from(row.payload() ?? []).toString()] : [],
    )
  } finally {
    capture.close()
  }
}

describe('a capture of the demo that is served', function () {
  this.timeout(60_000)
  const demo = useDemoServer()

  for (const [method, path, more] of ways) {
    it(`brings the same by ${method}`, () =>
      withFolder(async (folder) => {
        const watch = async (origin: string, file: string) => {
          const base = method === 'websocket' ? origin.replace('http', 'ws') : origin
          const { stderr } = await runCommand(
            ...['watch', base + path, '--method', method, ...more],
            ...['--frames', '12', '--capture', join(folder, file), '--short'],
          )
          assert.equal(stderr, '')
          return itemsOf(join(folder, file))
        }
        const recorded = await watch(demo.url, 'recorded.lifeline')
        const serving = startCommand(['serve', join(folder, 'recorded.lifeline'), '--port', '0'])
        let said = ''
        serving.child.stdout?.on('data', (text: string) => {
          said += text
        })
        await serving.seen('Ctrl+C')
        const [origin = ''] = /http:\/\/localhost:\d+/.exec(said) ?? []
        const again = await watch(origin, 'again.lifeline')
        const count = Math.min(recorded.length, again.length)
        assert.ok(count > 2, `${count} items`)
        assert.deepEqual(again.slice(0, count), recorded.slice(0, count))
        serving.child.kill('SIGINT')
        const { status, stdout, stderr } = await serving.finished
        assert.deepEqual([status, stderr], [0, ''])
        const [pathOnly = ''] = path.split('?')
        assert.match(stdout, new RegExp(`${pathOnly}\\S* → (?:200|101) {2}`))
      }))
  }

  it('is refused in words where it cannot be', () =>
    withFolder(async (folder) => {
      const none = await runCommand('serve', join(folder, 'none.lifeline'))
      assert.equal(none.status, 2)
      const file = join(folder, 'polls.lifeline')
      await runCommand(
        ...['watch', `${demo.url}/poll`, '--method', 'polling', '--frames', '2', '--capture', file],
      )
      const late = await runCommand('serve', file, '--from', '1h')
      assert.match(
        late.stderr,
        /^lifeline: Change --from or --until: between them .* holds no answer/,
      )
      const other = createServer()
      const port = await listenLocally(other)
      const taken = await runCommand('serve', file, '--port', String(port))
      await closeWith(other, [])
      assert.deepEqual(
        [taken.status, taken.stderr],
        [2, `lifeline: Choose another --port than ${port}: it is taken.\n`],
      )
    }))
})
