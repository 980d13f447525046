// The number of captures that are kept, and the limits that settings set on one.

import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, describe, it } from 'mocha'
import { ConfigurationTarget, workspace } from 'vscode'
import type { LifelineApi } from '../../src/host/api.ts'
import type { HostSession } from '../../src/host/sessions/hostSession.ts'
import {
  activateLifeline,
  leaveNothing,
  untilEnded,
  untilFrames,
} from '../support/editor/lifelineApi.ts'
import { eventually } from '../support/eventually.ts'

const MiB = 1024 * 1024

describe('the settings for captures', () => {
  let lifeline: LifelineApi
  let server: Server
  let origin: string
  before(async () => {
    lifeline = await activateLifeline()
    server = createServer((request, response) => {
      response.end(request.url === '/big' ? Buffer.alloc(3 * MiB, 'x') : 'ok')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => leaveNothing(lifeline))
  after(() => server.close())

  async function withSetting(name: string, value: number, act: () => Promise<void>) {
    const settings = () => workspace.getConfiguration('lifeline.capture')
    await settings().update(name, value, ConfigurationTarget.Global)
    try {
      await eventually('the setting holds', () => settings().get(name) === value)
      await act()
    } finally {
      await settings().update(name, undefined, ConfigurationTarget.Global)
    }
  }

  async function connect(path: string, interval = '10s'): Promise<HostSession> {
    const entry = { url: origin + path, method: 'polling', interval }
    const session = lifeline.sessions.find(await lifeline.connect(entry))
    assert.ok(session)
    return session
  }

  async function keepOne(): Promise<void> {
    const session = await connect('/')
    await untilFrames(session, 'response')
    await session.stop()
    await lifeline.sessions.close(session)
  }

  it('as many are kept as the setting says, the newest', async () => {
    await withSetting('keep', 2, async () => {
      for (let i = 0; i < 4; i++) await keepOne()
      const newest = (await lifeline.sessions.saved())[0]
      const session = await connect('/')
      await eventually('two saved ones are left', async () => {
        return (await lifeline.sessions.saved()).length === 2
      })
      assert.equal((await lifeline.sessions.saved())[0]?.id, newest?.id)
      assert.equal(lifeline.sessions.find(session.id), session)
    })
  })

  it('a payload beyond the largest is cut, and its frame says so', async () => {
    await withSetting('maxPayload', 1, async () => {
      const session = await connect('/big')
      const [response] = await untilFrames(session, 'response')
      assert.equal(response?.detail.truncatedAt, MiB)
      assert.equal(response.sizeBytes, 3 * MiB)
      const piece = await (await session.api).payload(response.seq, 0, 10)
      assert.equal(piece.sizeBytes, MiB)
    })
  })

  it('a session ends when its capture is as large as it may be, and says so', async () => {
    await withSetting('maxSize', 4, async () => {
      const session = await connect('/big', '100ms')
      await untilEnded(session)
      assert.equal(session.status.outcome?.by, 'limit')
      assert.match(session.status.outcome.message, /lifeline\.capture\.maxSize/)
    })
  })
})
