// Two timelines beside each other in VS Code: what the user changes in one for all timelines, the other has at once.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'
import { startWsServer, type TestWsServer } from '../support/servers/wsServer.ts'

describe('timelines side by side', () => {
  let workbench: Workbench
  let server: TestWsServer

  before(async () => {
    const many = Array.from({ length: 40 }, () => 'same')
    server = await startWsServer({
      accepted: {
        '/left': (ws) => {
          for (const word of ['left', ...many]) ws.send(word)
        },
        '/right': (ws) => {
          for (const word of ['right', ...many]) ws.send(word)
        },
      },
    })
    workbench = await openWorkbench({ theme: 'dark', width: 1800 })
    for (const side of ['left', 'right']) {
      await workbench.runCommand('Lifeline: Connect…')
      await workbench.typeInQuickInput(server.url(`/${side}`))
      await workbench.page.getByRole('tab', { name: new RegExp(side) }).waitFor()
    }
    await workbench.runCommand('View: Move Editor into Right Group')
    for (const side of sides) await row(side, `text ${side}`).waitFor()
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const sides = ['left', 'right'] as const
  type Side = (typeof sides)[number]

  function frame(side: Side) {
    return workbench.page
      .locator('iframe.webview.ready:visible')
      .nth(sides.indexOf(side))
      .contentFrame()
      .frameLocator('iframe#active-frame')
  }
  function row(side: Side, text: string) {
    return frame(side).locator('.row:not([hidden])', { hasText: text })
  }

  const head = (side: Side, name: string) => frame(side).getByRole('button', { name })
  const width = async (side: Side) =>
    frame(side).getByRole('separator', { name: 'Width of the times' }).getAttribute('aria-valuenow')

  it('fold alike, and keep the row that is selected', async () => {
    const count = (side: Side) =>
      frame(side).getByRole('grid', { name: 'Frames' }).getAttribute('aria-rowcount')
    for (const side of sides) await head(side, 'Fold: repeats').waitFor()
    await row('right', 'text right').click()
    const folded = await count('right')
    await head('left', 'Fold: repeats').click()
    await frame('left').getByRole('menuitemradio', { name: 'Show everything' }).click()
    await head('right', 'Fold').waitFor()
    await comesTo(async () => Number(await count('right')) - Number(folded), 39)
    assert.equal(await row('right', 'text right').getAttribute('aria-selected'), 'true')
    await workbench.screenshot('side-by-side')
  })

  it('count times alike, whichever was touched', async () => {
    for (const side of sides) await head(side, 'Times: ').waitFor()
    await row('left', 'text same').last().click()
    await workbench.runCommand('Lifeline: Times: Time of Day')
    for (const side of sides) await head(side, 'Times: clock').waitFor()
  })

  it('have columns of one width', async () => {
    const before = await width('left')
    await frame('right').getByRole('separator', { name: 'Width of the times' }).press('ArrowRight')
    const after = await width('right')
    assert.notEqual(after, before)
    await comesTo(() => width('left'), after)
    await workbench.screenshot('side-by-side-after')
  })
})
