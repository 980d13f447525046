// The command line before a reader that is slow or does not read: the sender is held back, and it can be ended.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, describe, it } from 'mocha'
import { createCapture, openCapture } from '../../../src/engine/capture/capture.ts'
import type { Frame } from '../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import { type FloodServer, startFloodServer } from '../../support/servers/floodServer.ts'
import { type RunningCommand, startCommand } from '../../support/sessions/commandLine.ts'
import { ticksOf, untilIdle } from '../../support/sessions/processTicks.ts'

const messages = 150_000
const chunk = Buffer.from('data: 0123456789\n\n'.repeat(1000))
const items = Array.from({ length: 20_000 }, (_, n) => `item ${n}`)

/** The most memory that a process has had, in MB. */
function peakOf(pid: number): number {
  const [, kB] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kB) / 1000
}

/** Has nobody read the command's output any more; resolves when it does nothing but wait. */
async function stall({ child }: RunningCommand): Promise<void> {
  child.stdout?.pause()
  await untilIdle(child)
}

function framesOf(capture: string): Frame[] {
  const opened = openCapture(capture)
  const frames = [...opened.entries({ afterSeq: 0, text: '', wire: true })].map(
    ({ frame }) => frame,
  )
  opened.close()
  return frames
}

describe('the command line before a slow reader', function () {
  this.timeout(240_000)
  let floods: FloodServer
  let web: Server
  let url = ''
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-pressure-'))
  let files = 0
  const newCapture = () => join(folder, `${files++}.lifeline`)

  before(async function () {
    if (ticksOf(process.pid) === null) this.skip()
    floods = await startFloodServer()
    let answers = 0
    web = createServer((request, response) => {
      if (request.url !== '/events') {
        response.end(JSON.stringify({ cursor: String(answers++), items }))
        return
      }
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      let left = messages / 1000
      const send = () => {
        while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', send)
        response.end()
      }
      send()
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    url = `127.0.0.1:${(web.address() as AddressInfo).port}`
  })
  after(async () => {
    await floods?.close()
    web?.closeAllConnections()
    web?.close()
    rmSync(folder, { recursive: true })
  })

  const flood = (count: number) => `${floods.origin.replace('http', 'ws')}/${count}`
  const fast = ['--interval', '1ms', '--allow-faster-than-100ms', '--frames', '100']
  const cursor = ['--cursor-from', 'json:cursor', '--cursor-to', 'query:since']
  const sources: Readonly<Record<string, () => readonly string[]>> = {
    WebSocket: () => [flood(messages)],
    'an event stream': () => [`http://${url}/events`, '--method', 'sse', '--no-reconnect'],
    polling: () => [`http://${url}/`, '--method', 'polling', ...fast],
    'long polling': () => [
      `http://${url}/`,
      '--method',
      'long-polling',
      ...cursor,
      ...fast.slice(-2),
    ],
  }
  for (const [source, words] of Object.entries(sources)) {
    it(`holds ${source} back and loses nothing`, async () => {
      const capture = newCapture()
      const format = ['--format', 'ndjson', '--capture', capture]
      const command = startCommand(['watch', ...words(), ...format])
      await command.seen('"kind":"response"')
      await stall(command)
      const peak = peakOf(command.child.pid as number)
      const stalledAt = Date.now()
      await sleep(200)
      const readAgainAt = Date.now()
      command.child.stdout?.resume()
      const { status, stdout } = await command.finished
      assert.ok(status === 0 || source === 'an event stream', `${status}`)
      assert.ok(peak < 300, `${peak} MB`)
      const printed = stdout.trimEnd().split('\n')
      const seqs = printed.map((line) => Number(/^\{"seq":(\d+)/.exec(line)?.[1]))
      const frames = framesOf(capture)
      const arrived = frames.slice(0, -1).filter(({ at }) => at < readAgainAt)
      const meanwhile = arrived.filter(({ at }) => at > stalledAt)
      assert.equal(meanwhile.length, 0)
      assert.ok(arrived.length < frames.length / 2, `${arrived.length} of ${frames.length}`)
      // With --frames what belongs to the end is not printed.
      assert.deepEqual(
        seqs.slice(0, -1),
        seqs.slice(0, -1).map((_, index) => index + 1),
      )
      assert.equal(seqs.at(-1), frames.at(-1)?.seq)
      assert.ok(frames.length - seqs.length < 5)
    })
  }

  for (const format of ['ascii', 'mermaid']) {
    it(`holds it back as ${format}, too`, async () => {
      const words = [flood(messages), '--format', format, '--run-length', '1000000']
      const command = startCommand(['watch', ...words])
      await command.seen('101 Switching Protocols')
      await stall(command)
      assert.ok(peakOf(command.child.pid as number) < 300)
      command.child.stdout?.resume()
      const { status, stdout } = await command.finished
      assert.equal(status, 0)
      const texts = [...stdout.matchAll(/text (\d{9})/g)].map(([, digits]) => Number(digits))
      assert.ok(texts.length === messages && texts.every((number, index) => number === index))
    })
  }

  /** A flood without an end before a reader who has stopped. */
  async function startStalled(
    from = flood(1e8),
    ...more: string[]
  ): Promise<RunningCommand & { capture: string }> {
    const capture = newCapture()
    const format = ['--format', 'ndjson', '--capture', capture]
    const command = startCommand(['watch', from, ...format, ...more])
    await command.seen('"kind":"message"')
    await stall(command)
    return { ...command, capture }
  }

  /** Resolves when the capture stands alone: closed, with its end. */
  async function untilClosed(capture: string): Promise<void> {
    while (existsSync(`${capture}-wal`)) await sleep(20)
    assert.equal(framesOf(capture).at(-1)?.kind, 'end')
  }

  it('closes the capture at the first signal, and prints what it has when it is read again', async () => {
    const { child, finished, capture } = await startStalled()
    child.kill('SIGINT')
    await untilClosed(capture)
    child.stdout?.resume()
    const { status, stdout, stderr } = await finished
    assert.equal(status, 0)
    assert.match(
      stderr,
      /^(lifeline: The session was ended while nobody read the output: [^\n]+\.\n)?$/,
    )
    assert.match(stdout, /"kind":"end"[^\n]+\n$/)
    const seqs = [...stdout.matchAll(/^\{"seq":(\d+)/gm)].map(([, seq]) => Number(seq))
    assert.ok(seqs.slice(0, -1).every((seq, index) => seq === index + 1))
  })

  it('prints all that is recorded where it is read after the first signal', async () => {
    // The server sends on until the command has waited for its close frame long enough.
    const { child, finished, capture } = await startStalled(`${flood(1e8)}?deaf`)
    child.kill('SIGINT')
    child.stdout?.resume()
    const { status, stdout, stderr } = await finished
    assert.deepEqual([status, stderr], [0, ''])
    const printed = [...stdout.matchAll(/^\{"seq":(\d+)/gm)].map(([, seq]) => Number(seq))
    const recorded = framesOf(capture).map(({ seq }) => seq)
    assert.deepEqual([printed.length, printed.at(-1)], [recorded.length, recorded.at(-1)])
    assert.ok(recorded.length > 100_000, `${recorded.length}`)
  })

  it('ends at the second signal', async () => {
    const { child, finished, capture } = await startStalled()
    child.kill('SIGTERM')
    await untilClosed(capture)
    child.kill('SIGTERM')
    assert.equal((await finished).status, 130)
  })

  it('hears signals before a pipe of a shell as well', async () => {
    const [pipe, capture] = [join(folder, 'pipe'), newCapture()]
    execFileSync('mkfifo', [pipe])
    // A reader who never reads.
    const keeper = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    const words = ['watch', flood(1e8), '--format', 'ndjson', '--capture', capture]
    const command = startCommand(words, { into: pipe })
    while (!existsSync(capture)) await sleep(20)
    await stall(command)
    assert.ok(peakOf(command.child.pid as number) < 300)
    command.child.kill('SIGINT')
    await untilClosed(capture)
    command.child.kill('SIGINT')
    assert.equal((await command.finished).status, 130)
    closeSync(keeper)
  })

  it('keeps to --for', async () => {
    const { child, finished, capture } = await startStalled(flood(1e8), '--for', '3s')
    await untilClosed(capture)
    child.stdout?.resume()
    assert.equal((await finished).status, 0)
  })

  it('ends quietly when a reader who did not read goes away', async () => {
    const { child, finished, capture } = await startStalled()
    child.stdout?.destroy()
    const { status, stderr } = await finished
    assert.deepEqual([status, stderr], [0, ''])
    await untilClosed(capture)
  })

  it('does not grow without --capture, however long it goes on', async () => {
    const command = startCommand(['watch', flood(1e8)])
    // How much it has by then is up to the collector of memory, and to what else the machine does.
    await command.seen('text 0001')
    const before = peakOf(command.child.pid as number)
    // Frames that stayed would take more than this.
    await command.seen('text 0004')
    const grownMB = peakOf(command.child.pid as number) - before
    assert.ok(grownMB < 100, `${grownMB} MB`)
    command.child.kill('SIGINT')
    assert.equal((await command.finished).status, 0)
  })

  it('shows a frame whose line is longer than a string can be', async () => {
    const capture = newCapture()
    const payload = new Uint8Array(96 * 2 ** 20).fill(1)
    const made = createCapture({
      path: capture,
      name: 'long',
      endpoint: testEndpoint({ url: 'ws://h/', method: 'websocket' }),
      limits: defaultLimits,
    })
    const head = {
      connection: 1,
      direction: 'in',
      wireBytes: 0,
      replyTo: null,
      code: null,
    } as const
    const detail = { type: 'text', fragments: 1, compressed: false, masked: false } as const
    for (let n = 0; n < 3; n++) {
      const bytes = n === 1 ? payload : payload.subarray(0, 10)
      const sizeBytes = bytes.length
      made.append({ ...head, kind: 'message', at: n, detail, sizeBytes, payload: bytes })
    }
    made.close()
    const { child, finished } = startCommand(['show', capture, '--format', 'ndjson'], {
      into: join(folder, 'long'),
    })
    let peak = 0
    const watching = setInterval(() => {
      // A process that has ended has no memory to tell of.
      if (child.exitCode === null) peak = Math.max(peak, peakOf(child.pid as number) || 0)
    }, 20)
    const { status, stderr } = await finished
    clearInterval(watching)
    assert.deepEqual([status, stderr], [0, ''])
    assert.ok(peak < 500, `${peak} MB`)
    const shown = readFileSync(join(folder, 'long'))
    assert.equal(shown.filter((byte) => byte === 0x0a).length, 3)
    assert.ok(shown.length > 6 * payload.length)
  })
})
