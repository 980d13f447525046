// A user's way through a tap: palette, server, timeline, a program's requests, a profile that keeps it, its menus and CodeLens.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { type DemoServer, startDemoServer } from '../../src/demo/demoServer.ts'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'

describe('tapping a server in the workbench', () => {
  let demo: DemoServer
  let workbench: Workbench
  before(async () => {
    demo = await startDemoServer({ host: '127.0.0.1', port: 0 })
    const profiles = { profiles: [{ name: 'Shop', url: `${demo.url}/poll`, tap: {} }] }
    workbench = await openWorkbench({
      files: { '.vscode/lifeline.json': JSON.stringify(profiles, null, 2) },
      theme: 'dark',
    })
    await workbench.openLifelineView()
  })
  after(async () => {
    await workbench?.close()
    await demo?.close()
  })

  const item = (text: string | RegExp) => workbench.pickRows(text)
  const row = (text: string | RegExp) =>
    workbench.timelineFrame().locator('.row:not([hidden])', { hasText: text })
  const session = (text: string | RegExp) =>
    workbench.treeRows('Sessions').filter({ hasText: text })

  it('says what to change in the server while it is typed, and offers a port', async () => {
    await workbench.runCommand('Lifeline: Tap a Server…')
    await workbench.typeInQuickInput('https://me:pw@localhost', { accept: false })
    await item('Remove the user name and the password from the URL').waitFor()
    await workbench.typeInQuickInput(demo.url, { accept: false })
    await item(`Tap${demo.url}`).waitFor()
    await item('On a port of your own…').waitFor()
    await workbench.screenshot('tap-server')
    await workbench.quickInput().press('Enter')
  })

  it('opens a timeline that says where it listens, and draws what passes', async () => {
    const { host } = new URL(demo.url)
    const notice = row('Point your program to')
    await notice.waitFor()
    const [address = ''] = /http:\/\/localhost:\d+/.exec((await notice.textContent()) ?? '') ?? []
    await (await fetch(`${address}/poll?rate=20`)).text()
    await row('GET /poll?rate=20').waitFor()
    await row('200 OK').waitFor()
    await session(new RegExp(`^${host} ?tap · since .* · \\d+ frames`)).waitFor()
    const frame = workbench.timelineFrame()
    await frame.getByRole('button', { name: 'Pause' }).waitFor()
    assert.equal(await frame.getByRole('button', { name: 'Reconnect' }).count(), 0)
    assert.equal(await frame.locator('lifeline-composer').count(), 0)
    await workbench.screenshot('tap-timeline')
  })

  it('lists the connections with what each was recognised as, and filters by one', async () => {
    const frame = workbench.timelineFrame()
    const banner = frame.getByRole('region', { name: 'Where to point your program' })
    const [address = ''] =
      /http:\/\/localhost:\d+/.exec((await row('Point your program to').textContent()) ?? '') ?? []
    await banner.getByText('credentials are hidden').waitFor()
    const stream = await fetch(`${address}/sse?rate=20`, {
      headers: { accept: 'text/event-stream' },
    })
    const socket = new WebSocket(`${address.replace('http', 'ws')}/ws?rate=20`)
    await frame.getByRole('button', { name: '3 connections · 2 open' }).waitFor()
    const list = frame.getByRole('listbox', { name: 'Connections by path' })
    const option = (name: RegExp) => list.getByRole('option', { name })
    await option(/^GET \/poll\?rate= request 200 · /).waitFor()
    await option(/^\/ws\?rate= WebSocket .* in · .* open$/).waitFor()
    await option(/^GET \/sse\?rate= Server-Sent Events \d+ events open$/).click()
    const filter = frame.getByRole('combobox', { name: 'Filter' })
    await comesTo(() => filter.inputValue(), 'path:/sse method:GET')
    await row('trade').first().waitFor()
    await workbench.screenshot('tap-connections')
    socket.close()
    await stream.body?.cancel()
    await option(/^\/ws\?rate= WebSocket .* ended$/).waitFor()
    await option(/^GET \/sse\?rate= Server-Sent Events .* ended$/).click()
    await comesTo(() => filter.inputValue(), '')
  })

  it('offers for its session what a tap can do', async () => {
    await session('tap ·').click({ button: 'right' })
    await workbench.menuEntry('Save Connection as Profile…').waitFor()
    await workbench.menuEntry('Disconnect…').waitFor()
    for (const name of ['Reconnect', 'Add Header…', 'Send Message…']) {
      assert.equal(await workbench.menuEntry(name).count(), 0, name)
    }
    await workbench.screenshot('tap-menu')
    await workbench.page.keyboard.press('Escape')
  })

  it('is connected from a profile, above which it says Tap', async () => {
    await workbench.openFile('.vscode/lifeline.json')
    const lens = workbench.page.locator('.codelens-decoration a', { hasText: 'Tap' })
    await lens.waitFor()
    await workbench.screenshot('tap-profile')
    await lens.click()
    await session(new RegExp(`^Shop ?tap of ${demo.url} · since`)).waitFor()
    await row(/Point your program to http:\/\/localhost:\d+\/poll/).waitFor()
  })

  it('offers the servers of before', async () => {
    await workbench.runCommand('Lifeline: Tap a Server…')
    await item(`Tap${demo.url}`).waitFor()
    await workbench.screenshot('tap-recent')
    await workbench.quickInput().press('Escape')
  })
})
