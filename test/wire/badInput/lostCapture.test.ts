// A capture file that is taken away while a session runs: it is said within a second, and recording goes on elsewhere.

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { after, before, describe, it } from 'mocha'
import { openCapture } from '../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { eventually } from '../../support/eventually.ts'
import {
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'
import { untilIdle } from '../../support/sessions/processTicks.ts'
import { endpointAt } from '../../support/sessions/runSession.ts'
import { startWorkerSession } from '../../support/sessions/workerSession.ts'

const everything = { afterSeq: 0, text: '', wire: true }
const hello = Buffer.concat([Buffer.from('8105', 'hex'), Buffer.from('hello')])

/** Says hello `perSecond` times a second, or once. */
function greets(perSecond: number | null): HttpBehaviour {
  return ({ header, socket }) => {
    const key = header('sec-websocket-key') ?? ''
    socket.write(acceptHead({ headers: { 'sec-websocket-key': key } }))
    socket.write(hello)
    const again = perSecond !== null && setInterval(() => socket.write(hello), 1000 / perSecond)
    socket.on('error', () => {})
    socket.on('close', () => again && clearInterval(again))
    socket.on('data', (bytes) => {
      if (((bytes[0] ?? 0) & 0x0f) === 8) socket.end(Buffer.from('880203e8', 'hex'))
    })
  }
}

describe('A capture file that is taken away while a session runs', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  let folder = ''
  let urls = { quiet: '', busy: '' }
  before(async () => {
    server = await startHttpServer({ '/quiet': greets(null), '/busy': greets(200) })
    folder = mkdtempSync(join(tmpdir(), 'lifeline-lost-'))
    const origin = server.origin.replace('http', 'ws')
    urls = { quiet: `${origin}/quiet`, busy: `${origin}/busy` }
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const losses: Readonly<Record<string, (path: string) => void>> = {
    deleted: (path) => rmSync(path),
    renamed: (path) => renameSync(path, `${path}.old`),
    emptied: (path) => truncateSync(path),
    'without its log': (path) => rmSync(`${path}-wal`),
  }
  for (const [what, act] of Object.entries(losses)) {
    for (const pace of ['quiet', 'busy'] as const) {
      it(`and is ${what} is told within a second, goes on in a new file and ends with 1: ${pace}`, async () => {
        const name = `${what.replaceAll(' ', '-')}-${pace}`
        const path = join(folder, `${name}.lifeline`)
        const words = ['watch', urls[pace], '--capture', path, '--format', 'ndjson']
        const { child, finished, seen } = startCommand(words)
        await seen('hello')
        act(path)
        const lostAt = performance.now()
        await seen('"code":"capture-lost"')
        const took = performance.now() - lostAt
        if (pace === 'busy') await setTimeout(300)
        child.kill('SIGINT')
        const { status, stdout, stderr } = await finished
        assert.equal(status, 1)
        const moved = join(folder, `${name}-2.lifeline`)
        const said =
          /^lifeline: The capture file.+ while it was written\. .+\nlifeline: .+ Recording goes on in (.+)\n$/
        assert.equal(said.exec(stderr)?.[1], moved, stderr)
        assert.ok(took < 1000, `${took} ms`)
        const opened = openCapture(moved)
        assert.equal(opened.frames, stdout.trim().split('\n').length)
        assert.equal(opened.savedStatus().outcome?.by, 'user')
        const rows = [...opened.entries(everything)]
        assert.deepEqual(
          rows.filter(({ frame }) => frame.code !== null).map(({ frame }) => frame.code),
          ['capture-lost', 'capture-moved'],
        )
        opened.close()
        assert.equal(existsSync(`${moved}-wal`), false)
      })
    }
  }

  it('right before its end is told, too', async () => {
    const path = join(folder, 'late.lifeline')
    const { child, finished, seen } = startCommand(['watch', urls.busy, '--capture', path])
    await seen('hello')
    rmSync(path)
    child.kill('SIGINT')
    const { status, stderr } = await finished
    assert.equal(status, 1)
    assert.match(stderr, /was deleted or moved while it was written/)
    assert.ok(existsSync(join(folder, 'late-2.lifeline')))
  })

  it('does not end the process when only its shared memory is cut', async () => {
    const path = join(folder, 'shared.lifeline')
    const { child, finished, seen } = startCommand(['watch', urls.quiet, '--capture', path])
    await seen('hello')
    // The batch is written: from now on nobody touches what is cut.
    await eventually('the batch is written', () => statSync(`${path}-wal`).size > 0)
    await untilIdle(child)
    truncateSync(`${path}-shm`)
    child.kill('SIGINT')
    const { status, stderr } = await finished
    assert.deepEqual([status, stderr], [0, ''])
    const opened = openCapture(path)
    assert.equal(opened.savedStatus().outcome?.by, 'user')
    assert.equal([...opened.entries(everything)].length, opened.frames)
    opened.close()
  })

  it('is followed by whoever holds the session’s thread', async () => {
    const path = join(folder, 'thread.lifeline')
    const faults: unknown[] = []
    const worker = startWorkerSession((fault) => faults.push(fault))
    const endpoint = endpointAt(server.origin, 'websocket', '/busy')
    const network = { proxyUrl: null, caPems: null }
    const plan = { name: 'Lost', endpoint, resolved: endpoint, secrets: [], network }
    const greeted = worker.until(({ frames }) => frames > 20)
    await worker.remote.start({ ...plan, limits: defaultLimits, capturePath: path })
    await greeted
    rmSync(path)
    await worker.until(({ statistics }) => statistics.errors === 1)
    await worker.remote.stop()
    assert.deepEqual(worker.moves, [join(folder, 'thread-2.lifeline')])
    const { rows, total } = await worker.remote.rows(everything, 0, 5)
    assert.ok(rows.length === 5 && total > 20)
    await worker.remote.close()
    await worker.close()
    assert.deepEqual(faults, [])
  })
})
