// Timeline panels, the status item, the views and the documents: what of a session is on screen.

import assert from 'node:assert/strict'
import { afterEach, before, describe, it } from 'mocha'
import { commands, env, TabInputWebview, Uri, window, workspace } from 'vscode'
import type { LifelineApi } from '../../src/host/api.ts'
import type { HostSession } from '../../src/host/sessions/hostSession.ts'
import {
  activateLifeline,
  leaveNothing,
  until,
  untilFrames,
} from '../support/editor/lifelineApi.ts'
import { eventually } from '../support/eventually.ts'
import { subscribe, useDemoServer } from '../support/servers/useDemoServer.ts'

describe('what is on screen', () => {
  let lifeline: LifelineApi
  const demo = useDemoServer()
  before(async () => {
    lifeline = await activateLifeline()
  })
  afterEach(() => leaveNothing(lifeline))

  async function connect(name: string, send: readonly unknown[] = []): Promise<HostSession> {
    const url = `${demo.url.replace('http', 'ws')}/ws`
    const session = lifeline.sessions.find(
      await lifeline.connect({ name, url, method: 'websocket', send }),
    )
    assert.ok(session)
    await untilFrames(session, 'response')
    return session
  }

  function timelineTabs() {
    return window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => {
        return input instanceof TabInputWebview && input.viewType.endsWith('lifeline.timeline')
      })
  }
  const labels = () => timelineTabs().map(({ label }) => label)
  const untilLabels = (expected: readonly string[]) => {
    return until(`the tabs are ${expected.join(', ')}`, window.tabGroups.onDidChangeTabs, () => {
      return labels().join() === expected.join()
    })
  }

  it('connecting opens one timeline for each session', async () => {
    const first = await connect('First')
    await connect('Second')
    await untilLabels(['First', 'Second'])
    await commands.executeCommand('lifeline.showTimeline', first)
    await eventually('the first timeline is in front', () => {
      return window.tabGroups.activeTabGroup.activeTab?.label === 'First'
    })
    assert.deepEqual(labels(), ['First', 'Second'])
  })

  it('the tab says how the session stands', async () => {
    const session = await connect('Trades')
    await untilLabels(['Trades'])
    await commands.executeCommand('lifeline.disconnect', session)
    await untilLabels(['Trades (ended)'])
  })

  it('what a name would hide or turn around is shown in the tab', async () => {
    await connect(`live\u202eetavirp\u200b${'x'.repeat(60_000)}`)
    await eventually('the tab has its label', () => labels().length === 1)
    const [label = ''] = labels()
    assert.ok(label.startsWith('live\\u202eetavirp\\u200bx') && label.length < 1100, label)
  })

  it('a live session goes on when its timeline is closed, and shows it again', async () => {
    const session = await connect('Trades')
    await untilLabels(['Trades'])
    await window.tabGroups.close(timelineTabs())
    await untilLabels([])
    await until('the session is open', session.onDidChange, () => session.status.state === 'open')
    await commands.executeCommand('lifeline.showTimeline')
    await untilLabels(['Trades'])
  })

  it('of a session whose timeline is closed no rows are read for it', async () => {
    const session = await connect('Trades', [subscribe])
    await until('rows come', session.onDidChange, () => session.tail !== null)
    await window.tabGroups.close(timelineTabs())
    await untilLabels([])
    const { onDidChange } = session
    let { framesIn } = session.status.statistics
    let without = 0
    await until('messages come without rows', onDidChange, () => {
      const { statistics } = session.status
      if (session.tail !== null) without = 0
      else if (statistics.framesIn > framesIn) without++
      framesIn = statistics.framesIn
      return without >= 5
    })
  })

  it('a session that is over is put away with its timeline and listed as a capture', async () => {
    const session = await connect('Trades')
    await untilLabels(['Trades'])
    await session.stop()
    await window.tabGroups.close(timelineTabs())
    await until('the session is put away', lifeline.sessions.onDidChange, () => {
      return lifeline.sessions.find(session.id) === undefined
    })
    const items = await lifeline.listSessions()
    assert.deepEqual(
      items.map(({ id }) => id),
      [session.id],
    )
    await commands.executeCommand('lifeline.openCapture', items[0])
    await untilLabels(['Trades (capture)'])
  })

  it('connecting from an opened capture watches in the same tab', async () => {
    const session = await connect('Trades')
    await session.stop()
    await lifeline.sessions.close(session)
    await window.tabGroups.close(timelineTabs())
    await untilLabels([])
    await commands.executeCommand('lifeline.openCapture', { id: session.id })
    await untilLabels(['Trades (capture)'])
    await commands.executeCommand('lifeline.reconnect')
    await untilLabels(['Trades'])
    assert.equal(lifeline.sessions.live.length, 1)
  })

  it('the status item is there while something is connected', async () => {
    const says = (start: string | null) => () => {
      const { text } = lifeline.statusItem
      return start === null ? text === null : text?.startsWith(start) === true
    }
    // What the test before has left is gone with the item's next refresh.
    await eventually('there is no item', says(null))
    const first = await connect('First')
    const second = await connect('Second')
    await eventually('two are counted', says('$(pulse) 2 · '))
    await first.stop()
    await eventually('one is counted', says('$(pulse) 1 · '))
    await second.stop()
    await eventually('the item is gone', says(null))
    const id = await lifeline.connect({ name: 'Polls', url: `${demo.url}/poll`, method: 'polling' })
    await eventually('it tells no rate of polls', () => lifeline.statusItem.text === '$(pulse) 1')
    await lifeline.sessions.find(id)?.stop()
    await eventually('the item is gone again', says(null))
  })

  it('the Sessions view lists the newest session first, then the captures', async () => {
    const old = await connect('Old')
    await old.stop()
    await lifeline.sessions.close(old)
    const first = await connect('First')
    const second = await connect('Second')
    assert.deepEqual(
      (await lifeline.listSessions()).map(({ id }) => id),
      [second.id, first.id, old.id],
    )
  })

  it('the diagram is copied', async () => {
    const session = await connect('Trades', [subscribe])
    await untilFrames(session, 'message', 2)
    let text = ''
    // A window in the web cannot copy in the moment in which the focus moves into a webview.
    await eventually('the diagram is on the clipboard', async () => {
      await commands.executeCommand('lifeline.copyDiagram', session)
      text = await env.clipboard.readText()
      return /^ +Client +127\.0\.0\.1:\d+$/m.test(text)
    })
    assert.match(text, /GET \/ws Upgrade: websocket -+>/)
  })

  it('a payload opens as a document, JSON laid out with every digit kept', async () => {
    const big = '{"id":12345678901234567890,"list":[1.10]}'
    const session = await connect('Trades', [big])
    const [message] = await untilFrames(session, 'message')
    assert.ok(message)
    const uri = Uri.from({
      scheme: 'lifeline-payload',
      path: `/${session.id}/${message.seq}/frame-${message.seq}.json`,
    })
    const document = await workspace.openTextDocument(uri)
    assert.equal(document.languageId, 'json')
    assert.equal(
      document.getText(),
      '{\n  "id": 12345678901234567890,\n  "list": [\n    1.10\n  ]\n}',
    )
  })

  it('a payload opens for the diff editor with its keys in order', async () => {
    const session = await connect('Trades', ['{"b":1.50,"a":{"d":2,"c":3}}'])
    const [message] = await untilFrames(session, 'message')
    assert.ok(message)
    const uri = Uri.from({
      scheme: 'lifeline-payload',
      path: `/${session.id}/${message.seq}/frame-${message.seq}.json`,
      query: 'sorted',
    })
    const text = (await workspace.openTextDocument(uri)).getText()
    assert.equal(text, '{\n  "a": {\n    "c": 3,\n    "d": 2\n  },\n  "b": 1.50\n}')
  })

  for (const [what, sent, ending, shown] of [
    ['that is text by its frame opens as text, controls and all', 'a\u0001b', 'txt', 'a\u0001b'],
    ['that only looks like text opens as hex', { hex: '61 01 62' }, 'hex', '61 01 62'],
  ] as const) {
    it(`a payload ${what}, as in the detail`, async () => {
      const session = await connect('Trades', [sent])
      const [message] = await untilFrames(session, 'message')
      assert.ok(message)
      const uri = Uri.from({
        scheme: 'lifeline-payload',
        path: `/${session.id}/${message.seq}/frame-${message.seq}.${ending}`,
      })
      const text = (await workspace.openTextDocument(uri)).getText()
      assert.ok(text.includes(shown), text)
    })
  }
})

describe('the demo server', () => {
  let lifeline: LifelineApi
  before(async () => {
    lifeline = await activateLifeline()
  })
  afterEach(async () => {
    await leaveNothing(lifeline)
    await lifeline.demoServer.stop()
  })

  it('starts by command, serves all methods and stops by command', async () => {
    await commands.executeCommand('lifeline.startDemoServer')
    const { url } = lifeline.demoServer
    assert.ok(url)
    const id = await lifeline.connect({ url: `${url}/sse?rate=20`, method: 'sse' })
    const session = lifeline.sessions.find(id)
    assert.ok(session)
    await untilFrames(session, 'event', 2)
    await commands.executeCommand('lifeline.stopDemoServer')
    assert.equal(lifeline.demoServer.url, null)
    await untilFrames(session, 'wait')
  })

  it('is one, however often it is started', async () => {
    const [first, second] = await Promise.all([
      lifeline.demoServer.start(),
      lifeline.demoServer.start(),
    ])
    assert.equal(first, second)
  })
})
