// 100,000 messages a second for some seconds: the session answers its views meanwhile, and every message is there.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openCapture } from '../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { type FloodServer, startFloodServer } from '../../support/servers/floodServer.ts'
import { endpointAt } from '../../support/sessions/runSession.ts'
import { startWorkerSession } from '../../support/sessions/workerSession.ts'

const seconds = 3
const messages = seconds * 100_000

describe('A flood of messages', function () {
  // A machine with much else to do takes minutes for it.
  this.timeout(240_000)
  let server: FloodServer
  let folder = ''
  before(async () => {
    server = await startFloodServer()
    folder = mkdtempSync(join(tmpdir(), 'lifeline-flood-'))
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  it('leaves the session able to answer for rows and payloads while it lasts, and nothing is lost', async () => {
    const faults: unknown[] = []
    const session = startWorkerSession((fault) => faults.push(fault))
    const path = join(folder, 'flood.lifeline')
    const endpoint = endpointAt(server.origin, 'websocket', `/${messages}`)
    const over = session.until(({ state }) => state === 'ended')
    await session.remote.start({
      name: 'Flood',
      endpoint,
      resolved: endpoint,
      secrets: [],
      network: { proxyUrl: null, caPems: null },
      limits: defaultLimits,
      capturePath: path,
    })
    let ended = false
    void over.then(() => {
      ended = true
    })
    // What a view does that follows the tail: it asks for the last rows and opens one.
    let answered = 0
    while (!ended) {
      const { frames } = await session.remote.status()
      const { rows } = await session.remote.rows(
        { afterSeq: 0, text: '', wire: true },
        Math.max(0, frames - 50),
        50,
      )
      const last = rows.at(-1)
      if (last?.frame.kind === 'message') {
        const { bytes } = await session.remote.payload(last.frame.seq, 0, 100)
        // Its number is not that of the frame: a notice tells where the server was held back.
        assert.equal(Buffer.from(bytes).toString(), last.preview)
        if (!ended) answered++
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const { outcome, statistics } = await over
    assert.equal(outcome?.by, 'server')
    assert.equal(statistics.framesIn, messages + 2)
    // A thread that the flood has taken answers once or never, on any machine.
    assert.ok(answered >= 10, `${answered} answers`)
    assert.ok(session.statuses.length <= 25 * seconds + 25, `${session.statuses.length} statuses`)
    assert.deepEqual(faults, [])
    await session.remote.close()
    await session.close()

    const capture = openCapture(path)
    let next = 0
    for (const { frame, payload } of capture.entries({ afterSeq: 0, text: '', wire: true })) {
      if (frame.kind === 'message')
        assert.equal(Number(Buffer.from(payload() ?? []).toString()), next++)
    }
    capture.close()
    assert.equal(next, messages)
  })
})
