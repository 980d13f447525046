// Runs the command line against loopback servers: every method, every way to end, every exit status.

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import { type DemoServer, startDemoServer } from '../../../src/demo/demoServer.ts'
import { version } from '../../../src/shared/version.ts'
import { runCommand, startCommand } from '../../support/sessions/commandLine.ts'

interface Line {
  readonly seq: number
  readonly at: number
  readonly elapsedMs: number
  readonly kind: string
  readonly direction: string
  readonly code: string | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly payload?: string
  readonly payloadBase64?: string
}

function linesOf(stdout: string): Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

describe('the command line on the wire', function () {
  this.timeout(30_000)
  let demo: DemoServer
  let web: Server
  let folder = ''
  let url = ''
  const requests: IncomingMessage[] = []
  const sockets = new WebSocketServer({ noServer: true })

  before(async () => {
    demo = await startDemoServer({ port: 0, host: '127.0.0.1' })
    folder = await mkdtemp(join(tmpdir(), 'lifeline-cli-'))
    web = createServer((request, response) => {
      requests.push(request)
      if (request.url === '/status/404') response.writeHead(404).end('nothing here')
      else response.end('hello')
    })
    web.on('upgrade', (request, socket, head) => {
      requests.push(request)
      sockets.handleUpgrade(request, socket, head, (peer) => {
        if (request.url === '/silent') {
          // Never answers a close frame.
          socket.removeAllListeners('data')
          socket.on('error', () => socket.destroy())
          return
        }
        if (request.url === '/done') peer.close(1000, 'that was all')
        if (request.url === '/policy') peer.close(1008, 'no')
        if (request.url === '/binary') peer.send(Uint8Array.of(0, 255, 128))
        peer.on('message', (data, isBinary) => peer.send(data, { binary: isBinary }))
      })
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    url = `127.0.0.1:${(web.address() as AddressInfo).port}`
  })

  after(async () => {
    for (const peer of sockets.clients) peer.terminate()
    web.closeAllConnections()
    await new Promise((resolve) => web.close(resolve))
    await demo.close()
    await rm(folder, { recursive: true })
  })

  it('watches a WebSocket as NDJSON and ends after --frames, then the end frame', async () => {
    const words = ['watch', `ws://${url}/echo`, '--send', 'one', '--send', 'two']
    const { status, stdout, stderr } = await runCommand(
      ...words,
      '--frames',
      '6',
      '--format',
      'ndjson',
    )
    assert.deepEqual([status, stderr], [0, ''])
    const lines = linesOf(stdout)
    assert.equal(lines.length, 7)
    assert.deepEqual(lines.map(({ kind }) => kind).slice(0, 2), ['request', 'response'])
    assert.equal(lines.at(-1)?.kind, 'end')
    const [first] = lines
    for (const { at, elapsedMs } of lines) {
      assert.ok(Math.abs(at - (first?.at ?? 0) - elapsedMs) < 0.01, `${at} ${elapsedMs}`)
    }
    const messages = lines.filter(({ kind }) => kind === 'message')
    assert.deepEqual(messages.map(({ direction, payload }) => `${direction} ${payload}`).sort(), [
      'in one',
      'in two',
      'out one',
      'out two',
    ])
  })

  it('gives binary payloads in base64', async () => {
    const words = ['watch', `ws://${url}/binary`, '--frames', '3', '--format', 'ndjson']
    const message = linesOf((await runCommand(...words)).stdout)[2]
    assert.equal(message?.payloadBase64, 'AP+A')
  })

  it('draws a WebSocket as it goes on, and Ctrl+C ends it cleanly', async () => {
    const command = startCommand(['watch', `ws://${url}/echo`, '--send', 'hello'])
    await command.seen('<--- text hello')
    command.child.kill('SIGINT')
    const { status, stdout, stderr } = await command.finished
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(
      stdout,
      /^Client +127\.0\.0\.1:\d+\n {2}\| +\|\n {2}\|--- GET \/echo Upgrade: websocket -+>\|/,
    )
    assert.match(stdout, /\|=== close 1000 \(normal closure\) by client =*>\|/)
    assert.match(stdout, /\[\.+ end · .* \.+\]\n {2}\[\.+ \d+ frames in .* \.+\]\n$/)
  })

  it('ends at once at the second Ctrl+C when the peer does not answer the first', async () => {
    const command = startCommand(['watch', `ws://${url}/silent`])
    await command.seen('101 Switching Protocols')
    const again = setInterval(() => command.child.kill('SIGINT'), 50)
    const { status } = await command.finished
    clearInterval(again)
    assert.equal(status, 130)
  })

  it('watches polling at its interval until --for is over', async () => {
    const words = ['watch', `${demo.url}/poll`, '--method', 'polling', '--interval', '200ms']
    const { status, stdout } = await runCommand(...words, '--for', '1s', '--format', 'ndjson')
    assert.equal(status, 0)
    const lines = linesOf(stdout)
    const polls = lines.filter(({ kind }) => kind === 'request').length
    assert.ok(polls >= 3 && polls <= 6, `${polls} polls`)
    const answers = lines.filter(({ kind }) => kind === 'response')
    assert.ok(answers.slice(1).every(({ detail }) => typeof detail.changed === 'boolean'))
    assert.equal(lines.filter(({ kind }) => kind === 'end').length, 1)
    assert.equal(lines.at(-1)?.detail.by, 'user')
  })

  it('watches long polling with a cursor', async () => {
    const words = ['watch', `${demo.url}/long-poll`, '--method', 'long-polling', '--frames', '6']
    const cursor = ['--cursor-from', 'json:cursor', '--cursor-to', 'query:since']
    const { status, stdout } = await runCommand(...words, ...cursor, '--format', 'ndjson')
    assert.equal(status, 0)
    const lines = linesOf(stdout)
    const targets = lines
      .filter(({ kind }) => kind === 'request')
      .map(({ detail }) => detail.target)
    assert.equal(targets[0], '/long-poll')
    assert.match(String(targets[1]), /^\/long-poll\?since=\d+$/)
    const answers = lines.filter(({ kind }) => kind === 'response')
    assert.ok(answers.every(({ detail }) => typeof detail.holdMs === 'number'))
    // Times have microseconds, and no digits that arithmetic has added.
    const times = [...stdout.matchAll(/"(?:at|\w+Ms)":([\d.]+)/g)].map(([, ms]) => ms ?? '')
    assert.ok(times.length > 12, `${times.length}`)
    for (const ms of times) assert.match(ms, /^\d+(?:\.\d{1,3})?$/)
  })

  it('watches server-sent events as a Mermaid diagram', async () => {
    const words = ['watch', `${demo.url}/sse`, '--method', 'sse', '--frames', '6']
    const { status, stdout } = await runCommand(...words, '--format', 'mermaid')
    assert.equal(status, 0)
    assert.match(stdout, /^sequenceDiagram\n {2}participant C as Client\n {2}participant S as 127/)
    assert.match(stdout, /\n {2}C->>S: GET \/sse\n {2}S-->>C: 200 OK\n/)
    assert.match(stdout, /\n {2}S-->>C: (trade|chat) {2}/)
  })

  it('ends with 0 when the server ends it normally', async () => {
    const { status, stdout } = await runCommand('watch', `ws://${url}/done`, '--format', 'ndjson')
    assert.equal(status, 0)
    const close = linesOf(stdout).find(({ kind }) => kind === 'close')
    assert.deepEqual(close?.detail, { code: 1000, reason: 'that was all', by: 'server' })
  })

  const failures: readonly (readonly [title: string, words: () => string[], text: RegExp])[] = [
    [
      'nothing listens',
      () => ['watch', 'ws://127.0.0.1:1/', '--format', 'ndjson'],
      /"code":"connection-refused"/,
    ],
    [
      'the server refuses the request',
      () => ['watch', `http://${url}/status/404`, '--method', 'sse'],
      /✕ 404 Not Found nothing here/,
    ],
    ['the server closes for cause', () => ['watch', `ws://${url}/policy`], /close 1008/],
  ]
  for (const [title, words, text] of failures) {
    it(`ends with 1 and says why when ${title}`, async () => {
      const { status, stdout, stderr } = await runCommand(...words())
      assert.equal(status, 1)
      assert.match(stdout, text)
      assert.match(stderr, /^(lifeline: [^\n]+\.\n){1,2}$/)
    })
  }

  it('says what a file is missing for in a line of its own', async () => {
    const missing = join(folder, 'missing.json')
    const words = ['watch', `http://${url}/`, '--method', 'polling', '--body-file', missing]
    const { status, stderr } = await runCommand(...words)
    assert.equal(status, 1)
    assert.match(
      stderr,
      /^lifeline: [^\n]+missing\.json\nlifeline: Correct "bodyFile"[^\n]+\.\nlifeline: On the command line: --body-file\.\n$/,
    )
  })

  it('ends with 2 and one sentence, and prints nothing, when the command needs a change', async () => {
    const { status, stdout, stderr } = await runCommand('watch', `http://${url}/`)
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^lifeline: Add --method [^\n]+\n$/)
  })

  it('ends with 2 when a reference has no value', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as users write it
    const { status, stderr } = await runCommand('watch', `ws://${url}/`, '-H', 'X: ${secret:none}')
    assert.equal(status, 2)
    assert.match(stderr, /LIFELINE_SECRET_NONE/)
  })

  it('connects a profile of the workspace with its secrets, which it does not print or keep', async () => {
    const capture = join(folder, 'profile.sqlite')
    await mkdir(join(folder, '.vscode'))
    await writeFile(
      join(folder, '.vscode', 'lifeline.json'),
      `{ "profiles": [ /* a comment */
        { "name": "Echo", "url": "ws://${url}/echo", "headers": { "X-Key": "\${secret:api-key}" },
          "send": ["key \${secret:api-key}"] },
      ] }`,
    )
    const words = ['watch', '--profile', 'Echo', '--frames', '4', '--format', 'ndjson']
    const { status, stdout, stderr } = await startCommand([...words, '--capture', capture], {
      cwd: folder,
      env: { LIFELINE_SECRET_API_KEY: 'hunter2hunter2' },
    }).finished
    assert.deepEqual([status, stderr], [0, ''])
    assert.equal(requests.at(-1)?.headers['x-key'], 'hunter2hunter2')
    assert.match(stdout, /\$\{secret:api-key\}/)
    assert.doesNotMatch(stdout, /hunter2/)
    assert.equal((await readFile(capture)).includes('hunter2'), false)
  })

  it('keeps a capture, which show prints in each format', async () => {
    const capture = join(folder, 'kept.sqlite')
    const words = ['watch', `ws://${url}/echo`, '--send', 'hello', '--capture', capture]
    const watched = await runCommand(...words, '--frames', '4', '--format', 'ndjson')
    assert.ok((await stat(capture)).size > 0)

    const shown = linesOf((await runCommand('show', capture, '--format', 'ndjson')).stdout)
    const printed = linesOf(watched.stdout)
    assert.deepEqual(shown.slice(0, 4), printed.slice(0, 4))
    assert.deepEqual(shown.at(-1), printed.at(-1))

    const ascii = await runCommand('show', capture, '--times', '--width', '100')
    assert.equal(ascii.status, 0)
    assert.match(ascii.stdout, /0\.000 \|--- GET \/echo Upgrade: websocket/)
    assert.match(
      (await runCommand('show', capture, '--format', 'mermaid')).stdout,
      /C->>S: text hello/,
    )
  })

  it('does not write over a file', async () => {
    const taken = join(folder, 'taken')
    await writeFile(taken, 'mine')
    const { status, stdout, stderr } = await runCommand(
      ...['watch', `ws://${url}/echo`, '--capture', taken],
    )
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^lifeline: .*taken/)
    assert.equal(await readFile(taken, 'utf8'), 'mine')
  })

  it('refuses to show what is no capture', async () => {
    const { status, stdout, stderr } = await runCommand('show', join(folder, 'nowhere'))
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^lifeline: .*nowhere/)
  })

  it('reaches this machine directly, whatever proxy the environment names', async () => {
    const { status } = await startCommand(['watch', `ws://${url}/done`], {
      env: { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' },
    }).finished
    assert.equal(status, 0)
  })

  it('prints help and the version', async () => {
    assert.match((await runCommand('--help')).stdout, /^Usage\n/)
    assert.equal((await runCommand('--version')).stdout, `${version}\n`)
    assert.deepEqual((await runCommand()).status, 2)
  })
})
