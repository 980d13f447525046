// Secrets that a session learns on the wire: its thread knows them when the host asks.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { echo, useWsServer } from '../../support/servers/useWsServer.ts'
import { endpointAt } from '../../support/sessions/runSession.ts'
import { startWorkerSession } from '../../support/sessions/workerSession.ts'

describe('The secrets of a thread', () => {
  const server = useWsServer({ accepted: { '/echo': echo } })

  it('are those that were learnt on the wire, too', async () => {
    const { remote, until, close } = startWorkerSession(assert.ifError)
    const endpoint = endpointAt(server.url(''), 'websocket', '/echo')
    const open = until(({ canSend }) => canSend)
    await remote.start({
      ...{ name: 'run', endpoint, resolved: endpoint, limits: defaultLimits },
      secrets: [{ name: 'token', value: 'hunter2hunter2' }],
      network: { proxyUrl: null, caPems: null },
      capturePath: null,
    })
    await open
    const text = 'dir:out q7.Zr4-t0k3n'
    assert.equal(await remote.holdsSecret(text), false)
    await remote.send({ type: 'text', text: '{"token":"q7.Zr4-t0k3n"}' })
    assert.equal(await remote.holdsSecret(text), true)
    assert.equal(await remote.holdsSecret('/q7\\.Zr4-t0k3n/'), true)
    assert.equal(await remote.holdsSecret('it is hunter2hunter2'), true)
    assert.equal(await remote.holdsSecret('the token'), false)
    await remote.stop()
    assert.equal(await remote.holdsSecret(text), true, 'also when it has ended')
    await close()
  })
})
