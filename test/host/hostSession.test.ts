// A session whose thread dies: it ends, says so, and what was captured can still be read.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openHostSession, startHostSession } from '../../src/host/hostSession.ts'
import type { Log } from '../../src/host/log.ts'
import { parseEndpoint } from '../../src/shared/parseEndpoint.ts'
import type { SessionPlan } from '../../src/shared/sessionPlan.ts'
import { everything, until, untilEnded } from '../support/lifelineApi.ts'

/** Answers as the real worker would, but `send` throws, `reconnect` exits and `stop` never answers. */
const fakeWorker = `
const { parentPort } = require('node:worker_threads')
const HANG = Symbol()
const page = { from: 0, total: 0, previousAt: null, rows: [], partial: false }
const answers = {
  start: () => undefined,
  open: (path) => ({ name: 'Read again', endpoint: ENDPOINT, startedAt: 1, frames: 7 }),
  status: () => ({ state: 'ended', method: 'sse', frames: 7 }),
  rows: () => page,
  reconnect: () => process.exit(3),
  stop: () => HANG,
  close: () => undefined,
}
parentPort.on('message', ({ call, method, args }) => {
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
  const makePlan = async () => ({}) as SessionPlan

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-worker-'))
    workerPath = join(folder, 'worker.cjs')
    await writeFile(workerPath, fakeWorker.replace('ENDPOINT', JSON.stringify(endpoint)))
  })
  after(() => rm(folder, { recursive: true }))

  function start(capturePath: string | null) {
    faults.length = 0
    const facts = { id: 'a', name: 'Feed', endpoint, origin, capturePath, readOnly: false }
    return startHostSession(facts, makePlan, { workerPath, log })
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

  it('fails when its worker is not there', async () => {
    workerPath = join(folder, 'missing.cjs')
    const session = start(null)
    await assert.rejects(session.api)
    await untilEnded(session)
    assert.equal(session.status.outcome?.by, 'error')
    await assert.rejects(openHostSession('a', '/a.lifeline', { workerPath, log }))
    await session.dispose()
  })
})
