// Bookmarks as a user sets, notes, finds and filters them, which are still there when the saved capture is opened.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'

describe('bookmarks', () => {
  const { workbench, frame, row, selected, filter, found, press } = useTimelineWorkbench({
    accept: (ws) => {
      for (const word of ['apple', 'pear', 'plum', 'fig']) ws.send(word)
    },
    until: 'fig',
  })

  const note = () => frame().getByRole('textbox', { name: 'Note of the bookmark' })

  it('are set with a key, with a note', async () => {
    await row('pear').click()
    await selected('pear').waitFor()
    await press('Control+Alt+k')
    await frame().locator('.note-line input:focus').waitFor()
    await workbench().page.keyboard.type('The one that is green')
    await press('Enter')
    await frame()
      .locator('.row.marked:not([hidden])', { hasText: 'The one that is green' })
      .waitFor()
  })

  it('are set with the menu of a row, and a note that holds a credential is refused', async () => {
    await row('fig').click({ button: 'right' })
    await workbench().chooseInMenu('Add or Remove Bookmark')
    await frame().locator('.row.marked:not([hidden])', { hasText: 'fig' }).waitFor()
    await frame().locator('.note-line input:focus').waitFor()
    await note().fill('?token=abcdefghijklmnopqrst0123')
    await note().press('Enter')
    await frame()
      .getByRole('alert')
      .getByText(/holds a secret/)
      .waitFor()
    await note().fill('')
    await note().press('Enter')
    await frame().getByRole('alert').waitFor({ state: 'detached' })
    await workbench().screenshot('bookmarks')
  })

  it('are gone to with keys, and filtered for', async () => {
    await row('apple').click()
    await press('Control+Alt+l')
    await selected('pear').waitFor()
    await press('Control+Alt+l')
    await selected('fig').waitFor()
    await press('Control+Alt+j')
    await selected('pear').waitFor()
    await filter().fill('bookmarked')
    await row('plum').waitFor({ state: 'hidden' })
    await found(/^2 of /)
    await filter().fill('green')
    await found(/^1 of /)
    await row('pear').waitFor()
    await filter().fill('')
    await row('plum').waitFor()
  })

  it('are in exports, and in the saved capture, where they can be changed', async () => {
    await workbench().runCommand('Lifeline: Copy Timeline as ASCII Diagram')
    await workbench().page.locator('.part.statusbar').getByText('ASCII diagram').waitFor()
    assert.match(await workbench().clipboard(), /pear -+\|.*\n.*\* The one that is green/)

    await frame().getByRole('button', { name: 'Disconnect' }).click()
    await frame().locator('.row.shape-end').waitFor()
    await openCapture()
    await frame()
      .locator('.row.marked:not([hidden])', { hasText: 'The one that is green' })
      .waitFor()
    await row('pear').click()
    await note().fill('It is yellow')
    await note().press('Enter')
    await frame().locator('.row.marked:not([hidden])', { hasText: 'It is yellow' }).waitFor()
    await workbench().setTheme('light')
    await workbench().screenshot('bookmarks-capture')
    await openCapture()
    await frame().locator('.row.marked:not([hidden])', { hasText: 'It is yellow' }).waitFor()
  })

  /** In a window that knows nothing of it but its file. */
  async function openCapture(): Promise<void> {
    await workbench().runCommand('View: Close All Editors')
    await workbench().reload()
    await workbench().openLifelineView()
    await workbench().runCommand('Lifeline: Open Capture…')
    await workbench().pickRows('127.0.0.1').click()
    await frame().getByRole('grid', { name: 'Frames' }).waitFor()
  }
})
