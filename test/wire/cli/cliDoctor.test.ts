// `lifeline doctor` on streams made bad on purpose: each fault of the demo server is found by the rule that it is for.

import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import type { Finding } from '../../../src/shared/session/findings.ts'
import { closeWith, listenLocally } from '../../support/servers/listenLocally.ts'
import { useDemoServer } from '../../support/servers/useDemoServer.ts'
import { type CommandResult, startCommand } from '../../support/sessions/commandLine.ts'

const prompt = '{"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]}'
const sse = ['--method', 'sse']
const polls = ['--method', 'polling', '--interval', '100ms']
const model = [...sse, '--body', prompt]
const chat = '/v1/chat/completions?pace=10'

/** What a URL of the demo asks for, so long it is watched, the rule that speaks of it, and how it is watched. */
const faults = [
  ['/sse?rate=200&burst=20', '2s', 'sse-buffered', sse],
  ['/sse?rate=200&buffer=4096', '3s', 'sse-buffered', sse],
  ['/sse?rate=20&first-byte=1300', '3s', 'ttfb-held', sse],
  ['/sse?rate=50&drop=5&ids=0&retry=50', '2s', 'sse-no-id', sse],
  ['/sse?rate=50&end=5&resume=0&retry=50', '2s', 'sse-resume-ignored', sse],
  ['/sse?rate=20&double=1', '2s', 'sse-duplicate-id', sse],
  ['/sse?rate=20&odd=1', '2s', 'sse-noise', sse],
  ['/sse?rate=20&cut=100&retry=50', '3s', 'sse-retry-storm', sse],
  ['/sse?rate=200&buffer=4096&cut=400', '1s', 'sse-unfinished', sse],
  ['/poll?rate=0&etag=0', '3s', 'poll-etag-ignored', polls],
  [`${chat}&finish=0`, '3s', 'llm-cut', model],
  [`${chat}&fail=5`, '3s', 'llm-error-in-200', model],
  [`${chat}&length=5`, '3s', 'llm-length', model],
  [`${chat}&stall=1500`, '4s', 'llm-stall', model],
] as const

describe('the doctor', function () {
  this.timeout(60_000)
  const demo = useDemoServer()

  it('finds nothing in a quiet healthy stream', async () => {
    const { status, stdout } = await doctor(`${demo.url}/sse?rate=20`, '2s')
    assert.match(stdout, /^No findings\. \d+ rules looked at \d+ frames\.\n$/)
    assert.equal(status, 0)
  })

  for (const [path, forTime, id, how] of faults) {
    it(`finds ${id} in ${path}`, async () => {
      const words = ['doctor', demo.url + path, ...how, '--for', forTime, '--format', 'json']
      const { stdout } = await startCommand(words).finished
      const found: readonly Finding[] = JSON.parse(stdout)
      const finding = found.find((one) => one.id === id)
      assert.ok(finding, stdout)
      assert.ok(finding.frames.length > 0 && finding.sentence !== '' && finding.advice !== '')
    })
  }
})

describe('the doctor’s exit status and what it keeps', function () {
  this.timeout(60_000)
  const sockets = new Set<Socket>()
  let server: Server
  let url = ''
  let folder = ''
  before(async () => {
    server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.write('id: 1\ndata: one\n\n')
      response.write(Buffer.from([...Buffer.from('id: 2\ndata: '), 0xff, 0xfe, 0x0a, 0x0a]))
    })
    server.on('connection', (socket) => sockets.add(socket))
    url = `http://127.0.0.1:${await listenLocally(server)}/events`
    folder = await mkdtemp(join(tmpdir(), 'lifeline-doctor-test-'))
  })
  after(async () => {
    await closeWith(server, sockets)
    await rm(folder, { recursive: true })
  })

  it('is 1 where a fault was found, live and in the capture that was kept', async () => {
    const capture = join(folder, 'kept.lifeline')
    const live = await doctor(url, '1s', '--capture', capture)
    assert.match(live.stdout, /^fault {2}\S/)
    assert.equal(live.status, 1)
    const kept = await startCommand(['doctor', capture]).finished
    assert.deepEqual([kept.stdout, kept.status], [live.stdout, 1])
    const report = await startCommand(['show', capture, '--format', 'markdown']).finished
    assert.match(report.stdout, /^- \*\*fault\*\* · \*\*[^\n]+\n {2}[^\n]+\n\n\| # \|/)
    const part = ['show', capture, '--format', 'markdown', '--filter', 'kind:event']
    assert.match((await startCommand(part).finished).stdout, /^\| # \|/)
    const refused = await startCommand(['doctor', capture, '--for', '5s']).finished
    assert.equal(
      refused.stderr,
      'lifeline: Leave out --for: a capture has been recorded already.\n',
    )
    assert.equal(refused.status, 2)
  })

  it('leaves nothing behind where nothing is to be kept', async () => {
    const own = { env: { TMPDIR: folder } }
    const before = await readdir(folder)
    await startCommand(['doctor', url, '--method', 'sse', '--for', '300ms'], own).finished
    assert.deepEqual(await readdir(folder), before)
  })

  it('is 1 where the session ends by an error, with its sentence', async () => {
    const { status, stderr } = await doctor('http://127.0.0.1:1/', '5s')
    assert.match(stderr, /^lifeline: Nothing accepts connections at 127\.0\.0\.1:1\.\n$/)
    assert.equal(status, 1)
    const missing = await startCommand(['doctor', 'missing.lifeline']).finished
    assert.deepEqual(
      [missing.stderr, missing.status],
      ['lifeline: There is no file missing.lifeline.\n', 2],
    )
  })
})

function doctor(url: string, forTime: string, ...more: string[]): Promise<CommandResult> {
  return startCommand(['doctor', url, '--method', 'sse', '--for', forTime, ...more]).finished
}
