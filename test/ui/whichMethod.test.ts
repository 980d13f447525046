// The command Which Method in VS Code itself: questions where there is no session, and the advice for one that polls.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'
import {
  answer,
  inTurn,
  startHttpServer,
  type TestHttpServer,
} from '../support/servers/httpServer.ts'

const state = (n: number) => answer(200, [], JSON.stringify({ state: n }))

describe('Which Method in the workbench', () => {
  let workbench: Workbench
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({ '/state': inTurn(state(1), state(1), state(1), state(2)) })
    const profile = { name: 'State', url: `${server.origin}/state`, method: 'polling' }
    const profiles = [{ ...profile, interval: '400ms' }]
    workbench = await openWorkbench({
      theme: 'dark',
      files: { '.vscode/lifeline.json': JSON.stringify({ profiles }) },
    })
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  it('asks where there is no session, and tells the method', async () => {
    await workbench.runCommand('Lifeline: Which Method?')
    const answers = ['Once a second', 'A second', 'All the time', 'Text', 'Any programs']
    for (const [index, choice] of answers.entries()) {
      await workbench.page.getByText(`Which Method? (${index + 1} of 5)`).waitFor()
      await workbench.pickRows(choice).first().waitFor()
      await workbench.pickItem(choice)
    }
    const best = workbench.pickRows('for this feed')
    await best.getByText(/^The client speaks 600 times a minute/).waitFor()
    assert.match((await best.textContent()) ?? '', /WebSocket/)
    assert.equal(await workbench.pickRows('When').count(), 3)
    await workbench.screenshot('whichMethodAsked')
    await workbench.pickItem('Copy What Each Would Cost')
    await comesTo(
      async () => /Polling every .*/.exec(await workbench.clipboard())?.[0],
      'Polling every 1.0 s: requests 11/s, bytes 7.3 kB/s, 0 open connections, 500 ms late',
    )
  })

  it('opens the timeline of a session with the advice for it', async () => {
    await workbench.runCommand('Lifeline: Connect Saved Profile…')
    await workbench.pickItem('State')
    const frame = () => workbench.timelineFrame()
    await frame().getByText('state 2').first().waitFor()
    await workbench.runCommand('View: Close Editor')
    await workbench.page.locator('.tab').waitFor({ state: 'detached' })

    await workbench.runCommand('Lifeline: Which Method?')
    const pane = frame().getByRole('region', { name: 'Which method' })
    await pane.getByRole('table', { name: 'Cost of this session' }).waitFor()
    await comesTo(
      () => pane.getByRole('heading', { level: 3 }).textContent(),
      'For this feed: Server-Sent Events',
    )
    const head = pane.getByRole('row', { name: 'Head of a request' })
    assert.equal(await head.getByRole('cell').last().textContent(), 'measured here')
    await workbench.screenshot('whichMethod')
  })
})
