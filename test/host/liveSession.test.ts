// A session whose thread dies: it ends, says so, and what was captured can still be read.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { after, before, describe, it } from 'mocha'
import { startLiveSession } from '../../src/host/sessions/liveSession.ts'
import { openCaptureSession } from '../../src/host/sessions/openedSession.ts'
import type { Log } from '../../src/host/window/log.ts'
import { parseEndpoint } from '../../src/shared/profile/parseEndpoint.ts'
import type { SessionPlan } from '../../src/shared/session/sessionPlan.ts'
import { everything, until, untilEnded } from '../support/editor/lifelineApi.ts'
import { eventually } from '../support/eventually.ts'

/**
 * Answers as the real worker would, but `send` throws, `reconnect` exits and `stop` never answers; `ping` first
 * sends what a worker must not. With a plan called `Dies at the end` `close` exits, and nothing comes of opening
 * a capture called `slow`.
 */
const fakeWorker = `
const { parentPort } = require('node:worker_threads')
const HANG = Symbol()
let name
const page = { from: 0, total: 0, previousAt: null, rows: [], partial: false }
const answers = {
  start: (plan) => void ({ name } = plan),
  open: (path) => path.includes('slow') ? HANG : ({ name: 'Read again', endpoint: ENDPOINT, startedAt: 1, frames: 7 }),
  status: () => ({ state: 'ended', method: 'sse', frames: 7 }),
  rows: () => page,
  holdsSecret: (text) => text.includes('learnt'),
  reconnect: () => process.exit(3),
  stop: () => HANG,
  close: () => name === 'Dies at the end' ? process.exit(3) : undefined,
  ping: () => {
    parentPort.postMessage({ call: 1, method: 'fault', args: ['stack', 'session'] })
    parentPort.postMessage({ call: 2, method: 'fault', args: ['stack', 'call'] })
    parentPort.postMessage('nonsense')
  },
}
parentPort.on('message', ({ call, method, args }) => {
  if (call === undefined) return
  if (method === 'send') process.nextTick(() => { throw new Error('by itself') })
  else {
    const ok = answers[method](...args)
    if (ok !== HANG) parentPort.postMessage({ reply: call, ok })
  }
})
`

describe('a session whose thread misbehaves', () => {
  let folder: string
  let workerPath: string
  const faults: string[] = []
  const log: Log = {
    fault: (what) => faults.push(what),
    show: () => {},
    dispose: () => {},
  }
  const parsed = parseEndpoint({ url: 'http://localhost/', method: 'sse' })
  assert.ok(parsed.ok)
  const endpoint = parsed.value
  const origin = { name: 'Feed', endpoint }

  /** Every thread that was started. */
  const threads: Worker[] = []
  const keep = (thread: Worker) => threads.push(thread)

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-worker-'))
    workerPath = join(folder, 'worker.cjs')
    await writeFile(workerPath, fakeWorker.replace('ENDPOINT', JSON.stringify(endpoint)))
    process.on('worker', keep)
  })
  after(async () => {
    process.off('worker', keep)
    await rm(folder, { recursive: true })
  })

  function start(capturePath: string | null, name = 'Feed') {
    faults.length = 0
    threads.length = 0
    const facts = {
      id: 'a',
      name,
      endpoint,
      origin,
      capturePath,
      readOnly: false,
    }
    const secrets = [{ name: 'token', value: 'known at once' }]
    const start = { secrets, makePlan: async () => ({ name }) as SessionPlan }
    return startLiveSession(facts, start, { workerPath, log })
  }

  function assertNoThread(started: number) {
    // A thread that has ended has no number any more.
    assert.deepEqual(
      threads.map(({ threadId }) => threadId),
      Array(started).fill(-1),
    )
  }

  for (const [title, method] of [
    ['throws', 'send'],
    ['exits', 'reconnect'],
  ] as const) {
    it(`ends with the reason when it ${title}, and is read by another thread`, async () => {
      const session = start('/captures/a.lifeline')
      const api = await session.api
      const call = method === 'send' ? api.send({ type: 'text', text: '' }) : api.reconnect()
      await assert.rejects(call, { code: 'closed' })
      await untilEnded(session)
      assert.equal(session.status.outcome?.by, 'error')
      await until('the frames are counted', session.onDidChange, () => session.status.frames === 7)
      assert.equal((await (await session.api).rows(everything, 0, 1)).total, 0)
      assert.deepEqual(faults, ['A session’s thread died'])
      await session.dispose()
    })
  }

  it('keeps no text with a secret that its thread has learnt, and none when it cannot be asked', async () => {
    const session = start(null)
    assert.equal(await session.isKeepable('is:error'), true)
    assert.equal(await session.isKeepable('is:error learnt'), false)
    assert.equal(await session.isKeepable('known at once'), false)
    await assert.rejects((await session.api).reconnect(), { code: 'closed' })
    assert.equal(await session.isKeepable('is:error'), false)
    await session.dispose()
  })

  it('tells the time of its thread as it runs on, until it has ended', async () => {
    const session = start(null)
    const { now } = session.status
    await eventually('its time runs on', () => session.status.now > now)
    await assert.rejects((await session.api).reconnect(), { code: 'closed' })
    await untilEnded(session)
    assert.ok((session.status.endedAt ?? 0) > now)
    await session.dispose()
  })

  it('has nothing left to read when its capture was in memory', async () => {
    const session = start(null)
    await assert.rejects((await session.api).reconnect(), { code: 'closed' })
    await untilEnded(session)
    await assert.rejects((await session.api).rows(everything, 0, 1), { code: 'closed' })
    await session.dispose()
  })

  it('is ended by force when it does not stop in time', async () => {
    const session = start(null)
    await session.api
    await session.stop(50)
    assert.equal(session.status.state, 'ended')
    assert.equal(session.status.outcome?.by, 'error')
    await session.dispose()
  })

  it('leaves no thread when it is disposed while its capture is opened again', async () => {
    const session = start('/captures/slow.lifeline')
    const api = await session.api
    await assert.rejects(api.reconnect(), { code: 'closed' })
    await untilEnded(session)
    await session.dispose()
    assertNoThread(2)
    assert.deepEqual(faults, ['A session’s thread died'])
  })

  it('leaves no thread when its own dies while it is disposed', async () => {
    const session = start('/captures/a.lifeline', 'Dies at the end')
    await session.api
    await session.dispose()
    assertNoThread(1)
    assert.deepEqual(faults, ['A session’s thread died'])
  })

  it('logs what went wrong, and where', async () => {
    const session = start(null)
    await (await session.api).ping(new Uint8Array())
    assert.deepEqual(faults, [
      'A session failed',
      'A call to a session’s thread failed',
      'A message of a session’s thread could not be handled',
    ])
    await session.dispose()
  })

  it('fails when its worker is not there', async () => {
    workerPath = join(folder, 'missing.cjs')
    const session = start(null)
    await assert.rejects(session.api)
    await untilEnded(session)
    assert.equal(session.status.outcome?.by, 'error')
    await assert.rejects(openCaptureSession('a', '/a.lifeline', { workerPath, log }))
    await session.dispose()
  })
})
