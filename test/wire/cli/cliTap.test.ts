// `lifeline tap` as a program: where it listens, what it prints and keeps of a conversation, and how it ends.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { openCapture } from '../../../src/engine/capture/capture.ts'
import { listenLocally } from '../../support/servers/listenLocally.ts'
import { subscribe, useDemoServer } from '../../support/servers/useDemoServer.ts'
import { runCommand, startCommand } from '../../support/sessions/commandLine.ts'

const address = /http:\/\/localhost:\d+/
const everything = { afterSeq: 0, text: '', wire: true }

describe('lifeline tap', function () {
  this.timeout(30_000)
  const demo = useDemoServer()
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-tap-'))
  after(() => rmSync(folder, { recursive: true }))

  for (const built of [false, true]) {
    it(`says where it listens, and prints what passes (${built ? 'built' : 'source'})`, async () => {
      const { child, finished, seen, told } = startCommand(['tap', demo.url], { built })
      const url = await told(address)
      const answer = await fetch(`${url}/poll?rate=20&news=1`)
      assert.equal(answer.status, 200)
      await answer.text()
      await seen('GET /poll?rate=20&news=1')
      await seen('200 OK')
      child.kill('SIGINT')
      const { status, stdout, stderr } = await finished
      assert.equal(stderr, `Point your program to ${url} instead of ${demo.url}\n`)
      assert.equal(status, 0)
      assert.match(stdout, /^my program /m)
      assert.match(stdout, /end · The tap was stopped\./)
    })
  }

  it('keeps a WebSocket and an exchange in a capture, without the credentials', async () => {
    const capture = join(folder, 'kept.lifeline')
    const words = ['tap', demo.url, '--capture', capture, '--format', 'ndjson']
    const { child, finished, seen, told } = startCommand(words)
    const url = await told(address)
    const headers = { Authorization: 'Bearer sesame-open' }
    await (await fetch(`${url}/poll?rate=20`, { headers })).text()
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?rate=20`)
    await once(socket, 'open')
    socket.send(subscribe)
    await once(socket, 'message')
    await seen('"kind":"message"')
    child.kill('SIGINT')
    const { status, stdout } = await finished
    assert.equal(status, 0)
    assert.doesNotMatch(stdout, /sesame/)
    const opened = openCapture(capture)
    const frames = [...opened.entries(everything)].map(({ frame }) => frame)
    assert.equal(opened.info().endpoint.method, 'tap')
    opened.close()
    assert.ok(frames.some(({ kind, direction }) => kind === 'message' && direction === 'out'))
    assert.ok(frames.some(({ kind, direction }) => kind === 'message' && direction === 'in'))
    assert.deepEqual(
      frames.flatMap(({ kind, detail }) => (kind === 'request' ? [detail.purpose] : [])),
      ['request', 'handshake'],
    )
  })

  it('says that another program has the port, and which option helps', async () => {
    const other = createServer()
    const port = await listenLocally(other)
    const { status, stderr } = await runCommand('tap', demo.url, '--port', `${port}`)
    other.close()
    assert.equal(status, 1)
    assert.match(stderr, new RegExp(`Another program listens on port ${port} of this machine`))
    assert.match(stderr, /On the command line: --port\./)
  })

  it('ends after a time, though a program is connected', async () => {
    const { finished, told } = startCommand(['tap', demo.url, '--for', '700ms'])
    const url = await told(address)
    const answer = await fetch(`${url}/sse?rate=20`)
    await assert.rejects(answer.text())
    assert.equal((await finished).status, 0)
  })
})
