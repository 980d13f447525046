// Several rows selected in VS Code itself: copied by key and by the native menu, and two of them in the diff editor.

import assert from 'node:assert/strict'
import { before, describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'

describe('copying selected rows', () => {
  const { workbench, frame, row, copies, press } = useTimelineWorkbench({
    accept: (ws) => {
      for (const word of ['apple', 'pear', 'plum | prune']) ws.send(word)
    },
    until: 'plum',
  })
  before(async () => {
    await row('apple').click()
    await row('plum').click({ modifiers: ['ControlOrMeta'] })
    await frame()
      .getByText(/^2 rows selected/)
      .first()
      .waitFor()
  })

  const chooseInMenu = async (name: string) => {
    await row('plum').click({ button: 'right' })
    // A click right after the menu has opened does not count.
    await workbench().menuEntry(name).hover()
    await press('Enter')
  }

  it('takes Ctrl+C for the rows, as a diagram without the others', async () => {
    await press('ControlOrMeta+c')
    await copies(/^ *Client .*text apple/s)
    const text = await workbench().clipboard()
    assert.match(text, /text plum/)
    assert.doesNotMatch(text, /pear/)
  })

  it('takes Ctrl+Shift+C for the payload, and Ctrl+Alt+C for the timeline', async () => {
    await press('ControlOrMeta+Shift+c')
    await copies(/^plum \| prune$/)
    await press('ControlOrMeta+Alt+c')
    await copies(/^ *Client .*text apple.*text pear/s)
  })

  it('writes a Markdown table from the native menu, which keeps the rows selected', async () => {
    await row('plum').click({ button: 'right' })
    await workbench().menuEntry('Copy Selected Rows').hover()
    await workbench().chooseInMenu('Copy Selected Rows as Markdown')
    await copies(/^\| # \|/)
    const text = await workbench().clipboard()
    assert.match(text, /`text plum \\\| prune`/)
    assert.match(text, /```text\nplum \| prune\n```/)
    assert.doesNotMatch(text, /pear/)
    await workbench().screenshot('selected-rows')
  })

  it('compares two of them from the native menu, then in the diff editor', async () => {
    await chooseInMenu('Compare Selected Rows')
    await frame().getByRole('button', { name: 'Open in Diff Editor' }).click()
    await workbench()
      .page.getByRole('tab', { name: /#\d+ ↔ #\d+/ })
      .waitFor()
    await workbench().page.locator('.monaco-diff-editor').getByText('prune').first().waitFor()
    await workbench().screenshot('selected-rows-diff')
  })
})
