// A disk that fills while a session runs, a capture file that cannot be made: the session says so and what came is readable.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'mocha'
import { createCapture, openCapture, writeCapture } from '../../../src/engine/capture/capture.ts'
import { makeCaptureFile } from '../../../src/engine/capture/writing/captureFile.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { textMessage } from '../../support/captures/captureFrames.ts'
import {
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { type CommandResult, runCommand, startCommand } from '../../support/sessions/commandLine.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const everything = { afterSeq: 0, text: '', wire: true }

/** 200 messages of 10 kB, then a normal close. */
const feed: HttpBehaviour = ({ header, socket }) => {
  const key = header('sec-websocket-key') ?? ''
  socket.write(acceptHead({ headers: { 'sec-websocket-key': key } }))
  const frame = Buffer.concat([Buffer.from('817e2710', 'hex'), Buffer.alloc(10_000, 'x')])
  socket.write(Buffer.concat(Array<Buffer>(200).fill(frame)))
  socket.write(Buffer.from('880203e8', 'hex'))
  socket.once('data', () => socket.end())
}

/** 10 messages of 10 kB, and 10 more at each pong. */
const endless: HttpBehaviour = ({ header, socket }) => {
  const key = header('sec-websocket-key') ?? ''
  socket.write(acceptHead({ headers: { 'sec-websocket-key': key } }))
  const frame = Buffer.concat([Buffer.from('817e2710', 'hex'), Buffer.alloc(10_000, 'x')])
  const ping = Buffer.from('8900', 'hex')
  const more = () => socket.write(Buffer.concat([...Array<Buffer>(10).fill(frame), ping]))
  more()
  socket.on('data', (bytes) => {
    if (((bytes[0] ?? 0) & 0x0f) === 8) socket.end()
    else more()
  })
}

describe('A capture that cannot be written', function () {
  this.timeout(20_000)
  let server: TestHttpServer
  let folder = ''
  before(async () => {
    server = await startHttpServer({ '/feed': feed, '/endless': endless })
    folder = mkdtempSync(join(tmpdir(), 'lifeline-full-'))
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const batches = [
    ['in the middle', { batchFrames: 10 }],
    ['with its last batch', { batchFrames: 1e6, batchBytes: 1e9, batchMs: 1e6 }],
  ] as const
  for (const [when, batch] of batches) {
    it(`because the disk fills ${when} ends the session with an error, and every frame is readable`, async () => {
      const path = join(folder, `${when.replaceAll(' ', '-')}.lifeline`)
      const endpoint = endpointAt(server.origin, 'websocket', '/feed')
      const limits = { ...defaultLimits, ...batch }
      const database = makeCaptureFile(path)
      database.exec('PRAGMA max_page_count = 60')
      const capture = writeCapture(database, { path, name: 'Full', endpoint, limits })
      const run = await runSession(endpoint, { capture, limits })
      const error = run.only('error')
      assert.equal(error.code, 'capture-write-failed')
      assert.match(
        error.detail.message,
        /^The capture can no longer be written: the disk is full\. \d+ frames are in the file\.$/,
      )
      assert.deepEqual(run.end, { by: 'error', message: error.detail.message })
      const [message] = run.all('message')
      assert.equal(run.payload(message ?? assert.fail())?.length, 10_000)
      const written = Number(/(\d+) frames/.exec(error.detail.message)?.[1])
      capture.close()

      const opened = openCapture(path)
      assert.equal([...opened.entries(everything)].length, written)
      opened.close()
    })
  }

  it('is said by the command line before it connects', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const url = `${server.origin.replace('http', 'ws')}/feed`
    const asked = server.requests.length
    const { status, stdout, stderr } = await runCommand('watch', url, '--capture', join(file, 'x'))
    assert.deepEqual([status, stdout], [2, ''])
    assert.equal(
      stderr,
      `lifeline: ${join(file, 'x')} cannot be written: a part of its path is not a folder.\n`,
    )
    assert.equal(server.requests.length, asked)
  })

  it('because it may not grow ends the command line with 1 and a sentence, and what is in the file is shown', async () => {
    const path = join(folder, 'small.lifeline')
    const url = `${server.origin.replace('http', 'ws')}/endless`
    const { status, stdout, stderr } = await watchWithinKiB(40_000, url, path)
    assert.equal(status, 1)
    assert.match(
      stderr,
      /^lifeline: The capture can no longer be written: .+\. \d+ frames are in the file\.\nlifeline: Make room or .*\n$/,
    )
    assert.match(stdout, /"code":"capture-write-failed"/)
    const shown = await runCommand('show', path, '--format', 'ndjson')
    assert.deepEqual([shown.status, shown.stderr], [0, ''])
    const written = Number(/(\d+) frames are/.exec(stderr)?.[1])
    assert.ok(written > 100, `${written}`)
    assert.equal(shown.stdout.trim().split('\n').length, written)
  })

  const preload = {
    NODE_OPTIONS: `--import ${new URL('../../support/sessions/diskFullAtEnd.ts', import.meta.url)}`,
  }
  for (const format of ['ascii', 'ndjson']) {
    it(`with its last frame ends the command line with 1 and a sentence, although ${format} has shown an end in order`, async () => {
      const path = join(folder, `${format}-last.lifeline`)
      const url = `${server.origin.replace('http', 'ws')}/feed`
      const words = ['watch', url, '--capture', path, '--format', format]
      const { status, stdout, stderr } = await startCommand(words, { env: preload }).finished
      assert.equal(status, 1)
      assert.match(stdout, /end · The server closed the connection/)
      assert.match(
        stderr,
        /^lifeline: The capture can no longer be written: the disk is full\. \d+ frames are in the file\.\n$/,
      )
      const shown = await runCommand('show', path, '--format', 'ndjson')
      assert.deepEqual([shown.status, shown.stderr], [0, ''])
    })
  }
})

describe('A capture that is damaged in the middle', function () {
  this.timeout(20_000)
  it('is shown as far as it can be read, and ends the command line with 1 and a sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lifeline-damaged-'))
    try {
      const path = join(folder, 'damaged.lifeline')
      const endpoint = endpointAt('http://127.0.0.1:1', 'websocket', '/feed')
      const capture = createCapture({ path, name: 'Damaged', endpoint, limits: defaultLimits })
      for (let n = 0; n < 2000; n++) capture.append(textMessage('x'.repeat(500)))
      capture.close()
      const bytes = readFileSync(path)
      bytes.fill(0xff, 20 * 16_384, 30 * 16_384)
      writeFileSync(path, bytes)
      const { status, stdout, stderr } = await runCommand('show', path)
      assert.equal(status, 1)
      assert.match(stdout, /text x+….*\n.* more messages in .*\n.*\[\.+ continues \.+\]\n$/)
      assert.equal(
        stderr,
        'lifeline: The capture cannot be read: the file is damaged or incomplete.\n',
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

/** The command line where no file may be larger: the nearest thing to a full disk that needs no rights. */
function watchWithinKiB(kib: number, url: string, path: string): Promise<CommandResult> {
  const entry = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))
  const words = [process.execPath, entry, 'watch', url, '--capture', path, '--format', 'ndjson']
  const script = `trap '' XFSZ; ulimit -f ${kib}; exec "$@"`
  const child = spawn('bash', ['-c', script, 'bash', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
}
