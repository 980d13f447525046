// The capture of a tap that is served: a program that asks the same hears the same, by every method.

import assert from 'node:assert/strict'
import { on, once } from 'node:events'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { openReplay } from '../../../src/engine/replay/openReplay.ts'
import { wholeCapture } from '../../../src/engine/replay/script/scriptRange.ts'
import { routeLines } from '../../../src/engine/replay/servedWords.ts'
import { withFolder } from '../../support/captures/captureFrames.ts'
import { subscribe, useDemoServer } from '../../support/servers/useDemoServer.ts'
import { runCommand, startCommand } from '../../support/sessions/commandLine.ts'

const prompt = '{"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]}'

/** A program that uses all of the demo, one after the other. */
async function runProgram(origin: string): Promise<readonly string[]> {
  const heard: string[] = []
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(origin + path, init)
    const text = await answer.text()
    // The order of an event's fields is the server's own business.
    const shown = path.startsWith('/sse') ? text.split('\n').filter(Boolean).sort() : [text]
    heard.push(`${path} ${answer.status} ${shown.join('\n')}`)
    return answer.headers.get('etag') ?? ''
  }
  const etag = await ask('/poll?rate=0')
  await ask('/poll?rate=0', { headers: { 'If-None-Match': etag } })
  await ask('/long-poll?rate=20')
  await ask('/ndjson?rate=50&end=3')
  await ask('/sse?rate=50&end=3')
  await ask('/v1/chat/completions?pace=1', { method: 'POST', body: prompt })
  await ask('/nowhere')
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws?rate=20`)
  const messages = on(socket, 'message')
  await once(socket, 'open')
  socket.send(subscribe)
  for (let count = 0; count < 3; count++) {
    const { value } = await messages.next()
    heard.push(`/ws ${value?.[0]}`)
  }
  socket.close()
  await once(socket, 'close')
  return heard
}

/** Resolves with what a program is pointed to. */
function addressOf({ child }: ReturnType<typeof startCommand>): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let said = ''
  child.stderr?.on('data', (text: string) => {
    said += text
    const [address] = /http:\/\/localhost:\d+/.exec(said) ?? []
    if (address !== undefined) resolve(address)
  })
  return promise
}

describe('the capture of a tap that is served', function () {
  this.timeout(60_000)
  const demo = useDemoServer()

  it('answers a program as its server did', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'tap.lifeline')
      const tap = startCommand(['tap', demo.url, '--capture', path, '--short'])
      const recorded = await runProgram(await addressOf(tap))
      tap.child.kill('SIGINT')
      assert.equal((await tap.finished).status, 0)
      const served: string[] = []
      const replay = openReplay(
        { path, range: wholeCapture, options: { speed: 4, loop: false, cors: null } },
        {
          served: ({ method, status }) => served.push(`${method} ${status}`),
          failed: (error) => assert.fail(error),
        },
      )
      try {
        const again = await runProgram(`http://localhost:${await replay.listen(null)}`)
        assert.deepEqual(again, recorded)
      } finally {
        await replay.close()
      }
      assert.match(served.join(), /GET 304/)
      assert.deepEqual(
        routeLines(replay.script).map((line) => line.replace(/ {2,}/g, '  ')),
        [
          'GET  /poll  requests  2 answers',
          'GET  /long-poll  requests  1 answer',
          'GET  /ndjson  NDJSON  1 stream, 3 items',
          'GET  /sse  SSE  1 stream, 3 items',
          'POST  /v1/chat/completions  SSE  1 stream, 85 items',
          'GET  /nowhere  requests  1 answer',
          'WebSocket  /ws  WebSocket  1 conversation, 3 messages',
        ],
      )
    }))

  it('is answered by itself as it was, when what it sent goes there', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'tap.lifeline')
      const tap = startCommand(['tap', demo.url, '--capture', path, '--short'])
      await runProgram(await addressOf(tap))
      tap.child.kill('SIGINT')
      assert.equal((await tap.finished).status, 0)
      const options = { speed: 1, loop: false, cors: null }
      const replay = openReplay(
        { path, range: wholeCapture, options },
        { served() {}, failed: (error) => assert.fail(error) },
      )
      try {
        const to = `http://localhost:${await replay.listen(null)}`
        const { status, stdout, stderr } = await runCommand('replay', path, '--to', to, '--short')
        assert.match(stdout, /\d+ answers: \d+ the same, 0 differ/, stdout + stderr)
        assert.equal(status, 0)
      } finally {
        await replay.close()
      }
    }))
})
