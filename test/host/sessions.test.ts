// Sessions in the extension host: from an entry to frames, to one end, to a capture that opens again.

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'mocha'
import { ConfigurationTarget, commands, Uri, window, workspace } from 'vscode'
import type { LifelineApi } from '../../src/host/api.ts'
import type { HostSession } from '../../src/host/sessions/hostSession.ts'
import { countsOf } from '../../src/host/sessions/sessionLook.ts'
import type { FrameKind } from '../../src/shared/frame/frame.ts'
import {
  activateLifeline,
  framesOf,
  leaveNothing,
  untilEnded,
  untilFrames,
} from '../support/editor/lifelineApi.ts'
import { eventually } from '../support/eventually.ts'
import { subscribe, useDemoServer } from '../support/servers/useDemoServer.ts'

describe('sessions', () => {
  let lifeline: LifelineApi
  const demo = useDemoServer()
  before(async () => {
    lifeline = await activateLifeline()
  })
  afterEach(() => leaveNothing(lifeline))

  const ws = (path: string) => demo.url.replace('http', 'ws') + path

  async function connect(entry: Record<string, unknown>): Promise<HostSession> {
    const session = lifeline.sessions.find(await lifeline.connect(entry))
    assert.ok(session)
    return session
  }

  const peers: readonly {
    readonly method: string
    readonly entry: () => Record<string, unknown>
    readonly data: FrameKind
  }[] = [
    {
      method: 'websocket',
      entry: () => ({ url: ws('/ws?rate=20'), send: [subscribe] }),
      data: 'message',
    },
    { method: 'sse', entry: () => ({ url: `${demo.url}/sse?rate=20` }), data: 'event' },
    {
      method: 'long-polling',
      entry: () => ({
        url: `${demo.url}/long-poll?rate=20&since=0`,
        cursor: { from: 'json:$.cursor', to: 'query:since' },
      }),
      data: 'response',
    },
    {
      method: 'polling',
      entry: () => ({ url: `${demo.url}/poll?rate=20`, interval: '100ms' }),
      data: 'response',
    },
  ]

  for (const { method, entry, data } of peers) {
    it(`${method} records what crosses the wire and ends with one frame`, async () => {
      const session = await connect({ method, ...entry() })
      await untilFrames(session, data, 3)
      await session.stop()
      const frames = await framesOf(session)
      assert.deepEqual(
        frames.map(({ seq }) => seq),
        frames.map((_frame, i) => i + 1),
      )
      assert.equal(frames.filter(({ kind }) => kind === 'end').length, 1)
      const last = frames.at(-1)
      assert.ok(last?.kind === 'end')
      assert.equal(last.detail.by, 'user')
      assert.equal(session.status.state, 'ended')
      assert.equal(frames.filter(({ kind }) => kind === 'error').length, 0)
    })
  }

  it('an endpoint that nobody answers for ends with an error and an end', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const session = await connect({ url: `http://127.0.0.1:${port}/`, method: 'sse' })
    await untilEnded(session)
    const frames = await framesOf(session)
    assert.deepEqual(
      frames.filter(({ kind }) => kind === 'error').map(({ code }) => code),
      ['connection-refused'],
    )
    assert.equal(frames.at(-1)?.kind, 'end')
    assert.equal(session.status.outcome?.by, 'error')
  })

  it('an entry that cannot be connected says what to change', async () => {
    await assert.rejects(lifeline.connect({ url: 'localhost:8080', method: 'sse' }), /http:\/\//)
    await assert.rejects(lifeline.connect({ url: 'http://localhost/', method: 'telnet' }))
    assert.equal(lifeline.sessions.all.length, 0)
  })

  it('what is sent on a WebSocket is recorded with its answer', async () => {
    const session = await connect({ url: ws('/ws'), method: 'websocket' })
    await untilFrames(session, 'response')
    await (await session.api).send({ type: 'text', text: 'hello' })
    const messages = await untilFrames(session, 'message', 2)
    assert.deepEqual(
      messages.slice(0, 2).map(({ direction }) => direction),
      ['out', 'in'],
    )
  })

  it('nothing can be sent on an event stream, which is said', async () => {
    const session = await connect({ url: `${demo.url}/sse`, method: 'sse' })
    await untilFrames(session, 'response')
    await assert.rejects((await session.api).send({ type: 'text', text: 'hello' }), {
      code: 'cannot-send',
    })
  })

  it('a companion request is drawn in the same timeline', async () => {
    const session = await connect({ url: `${demo.url}/sse?rate=1`, method: 'sse' })
    await untilFrames(session, 'response')
    const seq = await (await session.api).request({
      request: 'POST',
      url: '/publish',
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify({ text: 'from the test' }),
    })
    const answer = (await framesOf(session)).find((frame) => frame.seq === seq)
    assert.ok(answer?.kind === 'response')
    assert.equal(answer.detail.purpose, 'companion')
  })

  it('connecting again after the end starts a new session in the same panel', async () => {
    const session = await connect({ url: ws('/ws'), method: 'websocket' })
    await untilFrames(session, 'response')
    await session.stop()
    const panel = lifeline.timelines.find(session)
    assert.ok(panel)
    await commands.executeCommand('lifeline.reconnect', session)
    const [next] = lifeline.sessions.live
    assert.ok(next)
    assert.notEqual(next.id, session.id)
    assert.equal(panel.session, next)
    assert.equal(lifeline.timelines.all.length, 1)
    await untilFrames(next, 'response')
  })

  it('connecting again while it is open makes a new connection of the same session', async () => {
    const session = await connect({ url: ws('/ws'), method: 'websocket' })
    await untilFrames(session, 'response')
    await commands.executeCommand('lifeline.reconnect', session)
    const [first, second] = await untilFrames(session, 'response', 2)
    assert.deepEqual([first?.connection, second?.connection], [1, 2])
    assert.deepEqual(lifeline.sessions.live, [session])
  })

  it('a capture is listed when its session is closed and opens again as it was', async () => {
    const session = await connect({ name: 'Keep me', url: ws('/ws'), method: 'websocket' })
    await untilFrames(session, 'response')
    await session.stop()
    const recorded = await framesOf(session)
    await lifeline.sessions.close(session)
    const [saved] = await lifeline.sessions.saved()
    assert.equal(saved?.id, session.id)
    assert.equal(saved?.label, 'Keep me')
    const again = await lifeline.sessions.open(session.id)
    assert.equal(again.readOnly, true)
    assert.equal(again.name, 'Keep me')
    assert.equal(again.status.state, 'ended')
    assert.deepEqual(await framesOf(again), recorded)
    await assert.rejects((await again.api).send({ type: 'text', text: 'x' }), { code: 'read-only' })
  })

  it('a closed capture stands alone in its file', async () => {
    const session = await connect({ url: ws('/ws'), method: 'websocket' })
    await untilFrames(session, 'response')
    await session.stop()
    await lifeline.sessions.close(session)
    assert.ok(session.capturePath)
    await assert.rejects(readFile(`${session.capturePath}-wal`), { code: 'ENOENT' })
  })

  it('a live capture cannot be deleted, one that is over can', async () => {
    const session = await connect({ url: ws('/ws'), method: 'websocket' })
    await untilFrames(session, 'response')
    await lifeline.sessions.deleteCapture(session.id)
    assert.equal(lifeline.sessions.find(session.id), session)
    await session.stop()
    await lifeline.sessions.deleteCapture(session.id)
    assert.equal(lifeline.sessions.find(session.id), undefined)
    assert.deepEqual(await lifeline.sessions.saved(), [])
  })

  it('a capture whose file is taken away while it is written goes on in another, which is the session’s', async () => {
    const session = await connect({ url: ws('/ws'), method: 'websocket' })
    await untilFrames(session, 'response')
    const lost = session.capturePath ?? assert.fail()
    await rm(lost)
    const [told] = await untilFrames(session, 'error')
    assert.equal(told?.code, 'capture-lost')
    await eventually('the path has changed', () => session.capturePath !== lost)
    assert.equal(session.capturePath, lost.replace(/\.lifeline$/, '-2.lifeline'))
    assert.deepEqual(await lifeline.sessions.saved(), [])
    await session.stop()
    const recorded = await framesOf(session)
    await lifeline.sessions.close(session)
    const [saved, ...others] = await lifeline.sessions.saved()
    assert.deepEqual(others, [])
    const again = await lifeline.sessions.open(saved?.id ?? assert.fail())
    assert.equal(again.capturePath, session.capturePath)
    assert.deepEqual(await framesOf(again), recorded)
    await lifeline.sessions.deleteCapture(again.id)
    await assert.rejects(readFile(session.capturePath), { code: 'ENOENT' })
  })

  it('frames of the wire layer are not counted, as in its timeline', async () => {
    const session = await connect({ url: ws('/ws?rate=50&fragments=3'), send: [subscribe] })
    await untilFrames(session, 'message', 3)
    await session.stop()
    assert.ok(session.status.statistics.wireFrames > 0)
    const drawn = (await framesOf(session)).length
    assert.equal(countsOf(session), `WebSocket · ${drawn} frames`)
  })

  it('a capture that is no longer there cannot be opened, which is said', async () => {
    for (const id of ['20261120T142207318-sse-gone-abcdef', '../../etc/passwd']) {
      await assert.rejects(lifeline.sessions.open(id), { code: 'capture-not-readable' })
    }
  })

  it('a password in a URL reaches the server and not the capture', async () => {
    const url = demo.url.replace('http://', 'http://user:hunter2secret@')
    const session = await connect({ url: `${url}/sse`, method: 'sse' })
    await untilFrames(session, 'response')
    await session.stop()
    await lifeline.sessions.close(session)
    assert.ok(session.capturePath)
    const file = await readFile(session.capturePath)
    assert.equal(file.includes('hunter2secret'), false)
    assert.equal(file.includes(Buffer.from('user:hunter2secret').toString('base64')), false)
  })

  describe('exports', () => {
    let folder: string
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'lifeline-exports-'))
    })
    after(() => rm(folder, { recursive: true }))

    const starts: readonly (readonly [string, RegExp])[] = [
      ['txt', /^ +Client +127\.0\.0\.1:\d+\n/],
      ['mmd', /^sequenceDiagram\n/],
      ['ndjson', /^\{"seq":1,/],
      ['lifeline', /^SQLite format 3\0/],
    ]
    for (const [ending, start] of starts) {
      it(`a file that ends in .${ending} gets the form that its ending names`, async () => {
        const session = await connect({ url: ws('/ws'), method: 'websocket' })
        await untilFrames(session, 'response')
        const path = join(folder, `timeline.${ending}`)
        await lifeline.exportTo(session.id, Uri.file(path))
        assert.match((await readFile(path)).toString('latin1'), start)
      })
    }

    it('a file whose ending names no form is refused', async () => {
      const session = await connect({ url: ws('/ws'), method: 'websocket' })
      await untilFrames(session, 'response')
      const file = Uri.file(join(folder, 'timeline.har'))
      await assert.rejects(lifeline.exportTo(session.id, file), /does not write \.har files/)
      await assert.rejects(readFile(file.fsPath))
    })
  })

  it('where captures cannot be written, it is said and nothing is connected', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-taken-'))
    const file = join(folder, 'file')
    await writeFile(file, '')
    const settings = () => workspace.getConfiguration('lifeline.capture')
    await settings().update('folder', join(file, 'captures'), ConfigurationTarget.Global)
    try {
      await eventually('the setting holds', () => settings().get('folder') !== '')
      await assert.rejects(lifeline.connect({ url: ws('/ws'), method: 'websocket' }))
      assert.equal(lifeline.sessions.all.length, 0)
    } finally {
      await settings().update('folder', undefined, ConfigurationTarget.Global)
      await rm(folder, { recursive: true })
    }
    await eventually('the setting is gone', () => settings().get('folder') === '')
    assert.equal(window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0)
  })
})
