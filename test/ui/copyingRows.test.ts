// Several rows selected in VS Code itself: copied by key and by the native menu, and two of them in the diff editor.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { eventually } from '../support/eventually.ts'
import { startWsServer, type TestWsServer } from '../support/servers/wsServer.ts'

describe('copying selected rows', () => {
  let workbench: Workbench
  let server: TestWsServer
  before(async () => {
    server = await startWsServer({
      accepted: {
        '/': (ws) => {
          for (const word of ['apple', 'pear', 'plum | prune']) ws.send(word)
        },
      },
    })
    workbench = await openWorkbench({ theme: 'dark' })
    await workbench.runCommand('Lifeline: Connect…')
    await workbench.typeInQuickInput(server.url('/'))
    await row('plum').waitFor()
    await row('apple').click()
    await row('plum').click({ modifiers: ['ControlOrMeta'] })
    await workbench
      .timelineFrame()
      .getByText(/^2 rows selected/)
      .first()
      .waitFor()
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const row = (text: string) => workbench.timelineFrame().locator('.row', { hasText: text })
  const copies = (what: RegExp) =>
    eventually(`${what} is copied`, async () => what.test(await workbench.clipboard()))
  const chooseInMenu = async (name: string) => {
    await row('plum').click({ button: 'right' })
    // A click right after the menu has opened does not count.
    await workbench.menuEntry(name).hover()
    await workbench.page.keyboard.press('Enter')
  }

  it('takes Ctrl+C for the rows, as a diagram without the others', async () => {
    await workbench.page.keyboard.press('ControlOrMeta+c')
    await copies(/^ *Client .*text apple/s)
    const text = await workbench.clipboard()
    assert.match(text, /text plum/)
    assert.doesNotMatch(text, /pear/)
  })

  it('writes a Markdown table from the native menu, which keeps the rows selected', async () => {
    await row('plum').click({ button: 'right' })
    await workbench.menuEntry('Copy Selected Rows').hover()
    await workbench.chooseInMenu('Copy Selected Rows as Markdown')
    await copies(/^\| # \|/)
    const text = await workbench.clipboard()
    assert.match(text, /`text plum \\\| prune`/)
    assert.match(text, /```text\nplum \| prune\n```/)
    assert.doesNotMatch(text, /pear/)
    await workbench.screenshot('selected-rows')
  })

  it('compares two of them from the native menu, then in the diff editor', async () => {
    await chooseInMenu('Compare Selected Rows')
    const frame = workbench.timelineFrame()
    await frame.getByRole('button', { name: 'Open in Diff Editor' }).click()
    await workbench.page.getByRole('tab', { name: /#\d+ ↔ #\d+/ }).waitFor()
    await workbench.page.locator('.monaco-diff-editor').getByText('prune').first().waitFor()
    await workbench.screenshot('selected-rows-diff')
  })
})
