// Methods compared by profiles and by URLs, for the time that is chosen, and the report as a file.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { type DemoServer, startDemoServer } from '../../src/demo/demoServer.ts'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('comparing endpoints in the workbench', function () {
  this.timeout(120_000)
  let demo: DemoServer
  let workbench: Workbench

  before(async () => {
    demo = await startDemoServer({ host: '127.0.0.1', port: 0 })
    const profiles = [
      { name: 'Stream', url: `${demo.url}/sse?rate=5`, method: 'sse' },
      {
        ...{ name: 'Socket', url: `${socketUrl()}?rate=5`, method: 'websocket' },
        send: ['BTC-EUR', 'ETH-EUR'].map((symbol) => ({ op: 'subscribe', symbol })),
      },
      { name: 'Other', url: `${demo.url}/poll`, method: 'polling' },
    ]
    workbench = await openWorkbench({
      ...{ width: 1600, height: 1000 },
      files: { '.vscode/lifeline.json': JSON.stringify({ profiles }) },
    })
    await workbench.openLifelineView()
    await workbench.treeRows('Profiles').filter({ hasText: 'Other' }).waitFor()
  })
  after(async () => {
    await workbench?.close()
    await demo?.close()
  })

  const socketUrl = () => `${demo.url.replace('http', 'ws')}/ws`
  const pane = () => workbench.timelineFrame().getByRole('region', { name: 'Comparison' })
  const headings = async () =>
    (await pane().getByRole('columnheader').allTextContents())
      .slice(0, 2)
      .map((text) => text.replace(/Server-Sent Events|WebSocket/, ''))

  it('runs the profiles that are ticked for the time that is chosen', async () => {
    await workbench.runCommand('Lifeline: Compare Methods…')
    await workbench.pickItem('Profiles…')
    await workbench.pickRows('Other').locator('.monaco-checkbox.checked').waitFor()
    await workbench.pickItem('Other')
    await workbench.pickRows('Other').locator('.monaco-checkbox:not(.checked)').waitFor()
    await workbench.quickInput().press('Enter')
    await workbench.pickItem('10 s')
    await comesTo(headings, ['Stream', 'Socket'])
    // Both end by themselves.
    await workbench.timelineFrame().getByText('of 00:00:10').waitFor()
    await eventually('both have ended', async () => {
      const live = await workbench.treeRows('Sessions').filter({ hasText: '/s' }).count()
      return live === 0 && (await workbench.page.getByText(/Disconnect All/).count()) === 0
    })
    const items = pane().getByRole('row', { name: 'New items' }).getByRole('cell')
    for (const text of await items.allTextContents()) assert.match(text, /^[1-9]\d · 0 · 0/)
  })

  it('saves the report as a file', async () => {
    await pane().getByRole('button', { name: 'Save Report' }).click()
    const box = workbench.quickInput()
    await eventually('a name is proposed', async () => (await box.inputValue()).endsWith('.md'))
    await box.fill(join(workbench.folder, 'report.md'))
    await box.press('Enter')
    const text = await workbench.savedText('report.md', (saved) => saved !== '')
    assert.match(text, /^# Comparison\n\n\| {2}\| Stream \| Socket \|/)
    assert.match(text, /Items are told apart by id\\?\./)
  })

  it('runs URLs that are typed one after the other', async () => {
    await workbench.runCommand('Lifeline: Compare Methods…')
    await workbench.pickItem('URLs…')
    for (const rate of [2, 4]) await workbench.typeInQuickInput(`${socketUrl()}?rate=${rate}`)
    // The next question comes at once.
    await workbench.quickInput().press('Escape')
    await workbench.pickItem('Until they are stopped')
    // Until then the timeline of before may still be seen.
    await eventually('both sockets are compared', async () => {
      const now = await headings().catch(() => [])
      return now.length === 2 && now.every((name) => name.includes('/ws'))
    })
    await workbench.timelineFrame().getByRole('button', { name: 'Stop', exact: true }).click()
    await eventually('nothing is connected', async () => {
      const stop = workbench.timelineFrame().getByRole('button', { name: 'Stop', exact: true })
      return (await stop.count()) === 0
    })
  })
})
