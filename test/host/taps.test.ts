// Taps in the extension host: from a profile to a program's requests that pass and are recorded.

import assert from 'node:assert/strict'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, describe, it } from 'mocha'
import { commands, Uri, workspace } from 'vscode'
import type { LifelineApi } from '../../src/host/api.ts'
import { type HostSession, isLive } from '../../src/host/sessions/hostSession.ts'
import { countsOf, listensOn, placeOf } from '../../src/host/sessions/sessionLook.ts'
import { stateWord } from '../../src/shared/session/sessionState.ts'
import {
  activateLifeline,
  framesOf,
  leaveNothing,
  until,
  untilEnded,
  untilFrames,
} from '../support/editor/lifelineApi.ts'
import { exists, write } from '../support/editor/workspaceFiles.ts'
import { useDemoServer } from '../support/servers/useDemoServer.ts'

describe('taps', () => {
  let lifeline: LifelineApi
  const demo = useDemoServer()
  before(async () => {
    lifeline = await activateLifeline()
  })
  afterEach(() => leaveNothing(lifeline))

  async function tap(entry: Record<string, unknown>): Promise<HostSession> {
    const session = lifeline.sessions.find(await lifeline.connect({ tap: {}, ...entry }))
    assert.ok(session)
    return session
  }

  /** Where it listens on this machine, as its notice has it: the page may be told another address. */
  async function addressOf(session: HostSession): Promise<string> {
    const [notice] = await untilFrames(session, 'notice')
    const [address = ''] = /http:\/\/localhost:\d+/.exec(notice?.detail.message ?? '') ?? []
    return address
  }

  it('pass what a program asks for, and record it', async () => {
    const session = await tap({ name: 'Demo', url: demo.url })
    const address = await addressOf(session)
    await until('it says where', session.onDidChange, () => session.status.listening !== null)
    assert.equal(stateWord(session), 'Listening')
    assert.equal(listensOn(session.status), `listens on ${session.status.listening}`)
    assert.match(placeOf(session), new RegExp(`^tap of ${demo.url} · since `))
    const answer = await fetch(`${address}/poll?rate=20`, {
      headers: { Authorization: 'Bearer sesame-open' },
    })
    assert.equal(answer.status, 200)
    await answer.text()
    const [response] = await untilFrames(session, 'response')
    assert.equal(response?.detail.status, 200)
    await until('it counts them', session.onDidChange, () =>
      countsOf(session).startsWith('Tap · 3 frames'),
    )
    assert.equal(session.status.canSend, false)
    const frames = await framesOf(session)
    assert.deepEqual(
      frames.map(({ kind, direction }) => `${kind} ${direction}`),
      ['notice local', 'request out', 'response in'],
    )
    assert.doesNotMatch(JSON.stringify(frames), /sesame/)
    await session.stop()
    assert.deepEqual(
      [session.status.listening, session.status.outcome?.by, isLive(session)],
      [null, 'user', false],
    )
    await assert.rejects(fetch(address))
  })

  it('are spoken to at the address that the window is told', async () => {
    const session = await tap({ url: demo.url })
    await until('it says where', session.onDidChange, () => session.status.listening !== null)
    const address = session.status.listening ?? ''
    // The request comes by this machine, and names the host that the window knows.
    const { port } = new URL(await addressOf(session))
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = { host: '127.0.0.1', port, path: '/poll?rate=20', headers: { Host: host } }
        get(asked, (answer) => resolve(answer.resume().statusCode)).on('error', reject)
      })
    assert.equal(await statusFor(new URL(address).host), 200)
    assert.equal(await statusFor('elsewhere.example'), 403)
  })

  it('do not connect again, since that is the program’s to do', async () => {
    const session = await tap({ url: demo.url })
    await addressOf(session)
    await assert.rejects((await session.api).reconnect(), { code: 'no-endpoint' })
    await assert.rejects(
      (await session.api).request({ request: 'GET', url: '/', headers: [], body: null }),
      { code: 'no-endpoint' },
    )
  })

  it('listen on their port again, once they are over', async () => {
    const session = await tap({ url: demo.url })
    const { port } = new URL(await addressOf(session))
    await session.stop()
    const own = await tap({ url: demo.url, tap: { port: Number(port) } })
    assert.equal(new URL(await addressOf(own)).port, port)
    await own.stop()
    await commands.executeCommand('lifeline.reconnect', own)
    const [again] = lifeline.sessions.live
    assert.ok(again)
    assert.equal(new URL(await addressOf(again)).port, port)
    const answer = await fetch(`http://localhost:${port}/poll?rate=20`)
    assert.equal(answer.status, 200)
    await answer.text()
  })

  it('say that another program has the port', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const session = await tap({ url: demo.url, tap: { port } })
    await untilEnded(session)
    await new Promise((resolve) => server.close(resolve))
    assert.match(session.status.outcome?.message ?? '', new RegExp(`listens on port ${port}`))
    assert.equal(session.status.listening, null)
  })

  describe('of a profile', () => {
    let uri: Uri
    before(async () => {
      const [folder] = workspace.workspaceFolders ?? []
      assert.ok(folder)
      uri = Uri.joinPath(folder.uri, '.vscode/lifeline.json')
      assert.equal(await exists(uri), false)
      await write(
        uri,
        JSON.stringify({ profiles: [{ name: 'Shop', url: `${demo.url}/poll`, tap: {} }] }),
      )
      await lifeline.profiles.ready
      await lifeline.profiles.files[0]?.refresh()
    })
    after(() => workspace.fs.delete(uri))

    it('are connected by its name, and keep the path of its server', async () => {
      await commands.executeCommand('lifeline.connectProfile', { name: 'Shop', uri })
      const [session] = lifeline.sessions.live
      assert.ok(session)
      assert.equal(session.status.method, 'tap')
      assert.equal(session.name, 'Shop')
      await until('it says where', session.onDidChange, () => session.status.listening !== null)
      assert.match(session.status.listening ?? '', /\/poll$/)
    })
  })
})
