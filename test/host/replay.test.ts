// A capture that is served from VS Code: by the command, at an address, until it is stopped or deleted.

import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, describe, it } from 'mocha'
import { commands } from 'vscode'
import type { LifelineApi } from '../../src/host/api.ts'
import type { HostSession } from '../../src/host/sessions/hostSession.ts'
import {
  activateLifeline,
  leaveNothing,
  until,
  untilEnded,
  untilFrames,
} from '../support/editor/lifelineApi.ts'

describe('the replay of a capture', () => {
  let lifeline: LifelineApi
  let server: Server
  let origin: string
  let asked = 0
  before(async () => {
    lifeline = await activateLifeline()
    server = createServer((_request, response) => response.end(`answer ${++asked}`))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => leaveNothing(lifeline))
  after(() => server.close())

  async function record(): Promise<HostSession> {
    asked = 0
    const entry = { url: `${origin}/quotes`, method: 'polling', interval: '100ms' }
    const session = lifeline.sessions.find(await lifeline.connect(entry))
    assert.ok(session)
    await untilFrames(session, 'response', 2)
    await session.stop()
    return session
  }

  const serve = async ({ id }: HostSession) => {
    await commands.executeCommand('lifeline.replayCapture', { id })
    const [replay, ...others] = lifeline.replays.all
    assert.ok(replay)
    assert.deepEqual(others, [])
    return replay
  }

  it('answers as the server did, in a thread of its own, and stops', async () => {
    const session = await record()
    const replay = await serve(session)
    assert.equal(await serve(session), replay)
    assert.match(replay.served.join(), /GET {2}\/quotes {2}short polling {2}\d+ answers/)
    for (const expected of ['answer 1', 'answer 2']) {
      const answer = await fetch(`${replay.address}/quotes`)
      assert.equal(await answer.text(), expected)
    }
    await replay.stop()
    assert.deepEqual(lifeline.replays.all, [])
    await assert.rejects(fetch(`${replay.address}/quotes`))
  })

  it('ends where its file is needed', async () => {
    const session = await record()
    const replay = await serve(session)
    const ended = until(
      'nothing is served',
      lifeline.replays.onDidChange,
      () => lifeline.replays.all.length === 0,
    )
    await lifeline.replays.release(session.capturePath)
    await ended
    await assert.rejects(fetch(`${replay.address}/quotes`))
  })

  it('sends again what was sent, to the server that is named, and compares the answers', async () => {
    const session = await record()
    const recorded = asked
    asked = 0
    await commands.executeCommand('lifeline.replayToServer', {
      ...{ id: session.id, path: session.capturePath },
      ...{ to: origin, speed: 0 },
    })
    const [again] = lifeline.sessions.all
    assert.ok(again && again !== session)
    assert.equal(again.name, `Replay of ${session.name}`)
    await untilEnded(again)
    assert.equal(asked, recorded)
    assert.match(again.status.outcome?.message ?? '', /^\d+ answers: \d+ the same, 0 differ\.$/)
  })

  it('tells which answers differ', async () => {
    const session = await record()
    asked = 100
    const given = { path: session.capturePath, to: origin, speed: 0 }
    await commands.executeCommand('lifeline.replayToServer', given)
    const [again] = lifeline.sessions.all
    assert.ok(again)
    const notices = await untilFrames(again, 'notice', 3)
    assert.equal(notices[0]?.code, 'replay-differs')
    assert.match(
      notices[0]?.detail.message ?? '',
      /^Differs from #2 of the recording: from character \d+ on .* instead of /,
    )
  })
})
