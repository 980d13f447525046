// Several live sessions in one timeline, in VS Code: opened together, read, filtered, brought back, and taken apart.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { eventually } from '../support/eventually.ts'
import { type Behaviour, startWsServer, type TestWsServer } from '../support/servers/wsServer.ts'

/** One after the other, so that each is an arrow of its own. */
function say(ws: Parameters<Behaviour>[0], words: readonly string[]): void {
  words.forEach((word, i) => {
    setTimeout(() => ws.send(word), 400 * i)
  })
}

describe('several sessions in one timeline', () => {
  let workbench: Workbench
  let server: TestWsServer
  before(async () => {
    server = await startWsServer({
      accepted: {
        '/left': (ws) => say(ws, ['left one', 'both', 'left two']),
        '/right': (ws) => say(ws, ['right one', 'both', 'right both']),
      },
    })
    const profiles = ['Left', 'Right'].map((name) => {
      return { name, url: server.url(`/${name.toLowerCase()}`), method: 'websocket' }
    })
    workbench = await openWorkbench({
      theme: 'dark',
      files: { '.vscode/lifeline.json': JSON.stringify({ profiles }) },
    })
    await workbench.openLifelineView()
    await workbench.runCommand('Lifeline: Connect All…')
    // All of them are ticked.
    await workbench.pickRows('Right').locator('.monaco-checkbox.checked').waitFor()
    await workbench.quickInput().press('Enter')
    await lanes().waitFor()
    for (const name of ['Left', 'Right'])
      await session(name).filter({ hasText: '5 frames' }).waitFor()
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const frame = () => workbench.timelineFrame()
  const lanes = () => frame().getByRole('listbox')
  /** A key leads to a frame, as a screen reader hears it. */
  const selects = async (key: string, words: string) => {
    await lanes().press(key)
    await lanes().getByRole('option').filter({ hasText: words }).waitFor({ state: 'attached' })
  }
  const tabs = () => workbench.page.locator('.part.editor .tab')
  const session = (name: string) => workbench.treeRows('Sessions').filter({ hasText: name })
  const button = (name: string | RegExp) => frame().getByRole('button', { name })
  const detail = () => frame().locator('lifeline-detail')

  it('are connected and shown with one command', async () => {
    await tabs().filter({ hasText: '2 sessions' }).waitFor()
    assert.equal(await tabs().count(), 1)
    for (const name of ['Left', 'Right'])
      await frame().locator('.lane-name', { hasText: name }).waitFor()
  })

  it('are read with the keys, lane by lane, beside the detail of the frame', async () => {
    await lanes().focus()
    await selects('End', 'left two')
    await selects('ArrowUp', 'text both')
    // To the frame that is nearest in time, which depends on how soon each has connected.
    await lanes().press('ArrowRight')
    await frame().locator('.lane-name[aria-pressed=true]', { hasText: 'Right' }).waitFor()
    await selects('End', 'right both')
    await lanes().press('Enter')
    await detail().getByText('right both').first().waitFor()
    await workbench.page.keyboard.press('Escape')
    await detail().waitFor({ state: 'detached' })
  })

  it('have commands act on the lane with the keyboard', async () => {
    await lanes().focus()
    await workbench.runCommand('Lifeline: Send…')
    await workbench.typeInQuickInput('said here')
    await lanes().focus()
    await selects('End', 'said here')
    await frame().locator('.lane-name[aria-pressed=true]', { hasText: 'Right' }).waitFor()
    await workbench.runCommand('Lifeline: Disconnect…')
    await frame().locator('.lane-name', { hasText: 'Right' }).locator('.ended').waitFor()
    assert.equal(await frame().locator('.lane-name .open').count(), 1)
  })

  it('have advice about the method, each its own', async () => {
    await workbench.runCommand('Lifeline: Which Method?')
    const pane = frame().getByRole('region', { name: 'Which method' })
    await pane.getByRole('row', { name: 'WebSocket, measured' }).waitFor()
    await pane.locator('.of', { hasText: 'Right' }).waitFor()
    await frame().locator('.lane-name', { hasText: 'Left' }).click()
    await pane.locator('.of', { hasText: 'Left' }).waitFor()
    await pane.getByRole('row', { name: 'WebSocket, measured' }).waitFor()
    await workbench.screenshot('togetherAdvice')
    await frame().locator('.lane-name', { hasText: 'Right' }).click()
    await pane.getByRole('button', { name: 'Close the advice' }).click()
    await pane.waitFor({ state: 'detached' })
  })

  it('have one filter, whose hits are counted for the lane with the keyboard', async () => {
    const filter = frame().getByRole('combobox', { name: 'Filter' })
    const found = (text: string) =>
      frame().locator('lifeline-filter .found', { hasText: text }).waitFor()
    await filter.fill('both')
    await found('2 of')
    await frame().locator('.lane-name', { hasText: 'Left' }).click()
    await found('1 of')
    assert.equal(await filter.inputValue(), 'both')
    await frame().locator('.lane-name', { hasText: 'Right' }).click()
    await found('2 of')
  })

  it('come back after a reload as captures, with lane and filter', async () => {
    await workbench.reload()
    await lanes().waitFor()
    await frame().locator('.lane-name[aria-pressed=true]', { hasText: 'Right' }).waitFor()
    await frame().locator('lifeline-filter .found', { hasText: '2 of' }).waitFor()
    assert.equal(await frame().locator('.lane-name .saved').count(), 2)
    await workbench.runCommand('Lifeline: Copy Timeline as NDJSON')
    await workbench.pickItem('What is shown')
    await eventually('it is the active one that is copied', async () =>
      (await workbench.clipboard()).includes('right both'),
    )
    await button('Empty the filter').click()
  })

  it('open from the view of sessions, where several are selected', async () => {
    await workbench.runCommand('View: Close Editor')
    await session('Left').click()
    // It opens alone at first, and takes the focus.
    await frame().getByRole('grid', { name: 'Frames' }).waitFor()
    await tabs().filter({ hasText: 'Left (capture)' }).waitFor()
    await session('Right').click({ modifiers: ['Control'] })
    await session('Right').click({ button: 'right' })
    await workbench.chooseInMenu('Open Together…')
    await lanes().waitFor()
    await tabs().filter({ hasText: '2 sessions' }).waitFor()
  })

  it('are a timeline of one again when the other is taken out', async () => {
    await button(/^Left/).first().click()
    await workbench.screenshot('together-menu')
    await frame().getByRole('menuitem', { name: 'Take out of this timeline' }).click()
    await frame().getByRole('grid', { name: 'Frames' }).waitFor()
    await frame().locator('.row', { hasText: 'right one' }).waitFor()
  })
})
