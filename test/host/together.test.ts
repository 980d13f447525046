// Several sessions in one timeline: how it opens and closes, and which of them the commands are about.

import assert from 'node:assert/strict'
import { afterEach, before, describe, it } from 'mocha'
import { commands, TabInputWebview, window } from 'vscode'
import type { LifelineApi } from '../../src/host/api.ts'
import type { HostSession } from '../../src/host/sessions/hostSession.ts'
import {
  activateLifeline,
  leaveNothing,
  until,
  untilFrames,
} from '../support/editor/lifelineApi.ts'
import { useDemoServer } from '../support/servers/useDemoServer.ts'

describe('several sessions in one timeline', () => {
  let lifeline: LifelineApi
  const demo = useDemoServer()
  before(async () => {
    lifeline = await activateLifeline()
  })
  afterEach(() => leaveNothing(lifeline))

  async function connect(name: string): Promise<HostSession> {
    const url = `${demo.url.replace('http', 'ws')}/ws`
    const id = await lifeline.connect({ name, url, method: 'websocket' })
    const session = lifeline.sessions.find(id)
    assert.ok(session)
    await untilFrames(session, 'response')
    return session
  }

  const labels = () =>
    window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => {
        return input instanceof TabInputWebview && input.viewType.endsWith('lifeline.timeline')
      })
      .map(({ label }) => label)
  const untilLabels = (...expected: readonly string[]) =>
    until(`the tabs are ${expected.join(', ')}`, window.tabGroups.onDidChangeTabs, () => {
      return labels().join() === expected.join()
    })

  /** Two sessions in one timeline, and no other. */
  async function showTwo() {
    const first = await connect('First')
    const second = await connect('Second')
    await untilLabels('First', 'Second')
    const panel = lifeline.timelines.showTogether([first, second])
    await untilLabels('First', 'Second', '2 sessions')
    lifeline.timelines.find(first)?.dispose()
    lifeline.timelines.find(second)?.dispose()
    await untilLabels('2 sessions')
    return { first, second, panel }
  }

  it('opens once, under the name that it is given', async () => {
    const { first, second, panel } = await showTwo()
    assert.equal(lifeline.timelines.showTogether([second, first], { name: 'One feed' }), panel)
    await untilLabels('One feed')
    assert.equal(lifeline.timelines.showTogether([first]).sessions.length, 1)
    await untilLabels('One feed', 'First')
  })

  it('is what commands without an item are about: its active lane', async () => {
    const { first, second } = await showTwo()
    await commands.executeCommand('lifeline.disconnect')
    await until('the first has ended', first.onDidChange, () => first.status.state === 'ended')
    assert.notEqual(second.status.state, 'ended')
  })

  it('shows a session that is connected again in its place', async () => {
    const { first, second, panel } = await showTwo()
    await first.stop()
    await commands.executeCommand('lifeline.reconnect', first)
    await until('another is there', lifeline.sessions.onDidChange, () => {
      return panel.sessions[0] !== first && panel.sessions[0]?.name === 'First'
    })
    assert.equal(panel.sessions[1], second)
    assert.deepEqual(labels(), ['2 sessions'])
  })

  it('gets a session added, and is a timeline of one again when the others are deleted', async () => {
    const { first, second, panel } = await showTwo()
    const third = await connect('Third')
    await untilLabels('2 sessions', 'Third')
    panel.reveal()
    await until('it is in front', window.tabGroups.onDidChangeTabs, () => panel.active)
    await commands.executeCommand('lifeline.addToTimeline', third)
    await untilLabels('3 sessions', 'Third')
    await Promise.all([first.stop(), third.stop()])
    for (const session of [first, third]) lifeline.timelines.remove(session)
    await untilLabels('Second')
    assert.deepEqual(panel.sessions, [second])
    await until('both are put away', lifeline.sessions.onDidChange, () => {
      return ![first, third].some(({ id }) => lifeline.sessions.find(id))
    })
  })

  it('puts its sessions away when it is closed, once they have ended', async () => {
    const { first, second, panel } = await showTwo()
    await first.stop()
    panel.dispose()
    await untilLabels()
    await until('the first is put away', lifeline.sessions.onDidChange, () => {
      return lifeline.sessions.find(first.id) === undefined
    })
    assert.equal(lifeline.sessions.find(second.id), second)
  })
})
