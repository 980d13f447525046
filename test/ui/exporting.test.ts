// Exports are the same from the button, the palette and the key: formats by name, what is shown or all, true endings.

import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { eventually } from '../support/eventually.ts'

describe('exporting a timeline', () => {
  const { workbench, frame, row, filter, copies } = useTimelineWorkbench({
    accept: (ws) => {
      for (const word of ['apple', 'pear', 'apple pie']) ws.send(word)
    },
    until: 'apple pie',
  })

  const item = (text: string) => workbench().pickRows(text)
  const clipboard = () => workbench().clipboard()

  /** The dialog for files stands there with a name. */
  const proposed = (ending: string) =>
    eventually(`a name that ends in ${ending} is proposed`, async () => {
      return (await workbench().quickInput().inputValue()).endsWith(ending)
    })

  it('names the formats in its menu', async () => {
    await frame().getByRole('button', { name: 'Export' }).click()
    for (const name of [
      'Copy: ASCII diagram',
      'Copy: Short ASCII diagram',
      'Copy: Mermaid',
      'Save: NDJSON',
      'Save: Lifeline capture',
    ]) {
      await frame().getByRole('menuitem', { name }).waitFor()
    }
    await workbench().screenshot('export-menu')
    await frame().getByRole('menuitem', { name: 'Copy: Mermaid' }).click()
    await workbench().page.locator('.part.statusbar').getByText('Mermaid').waitFor()
    const text = await clipboard()
    assert.match(text, /^sequenceDiagram\n/)
    assert.match(text, /S-->>C: \d+\.\d{3} · text pear/)
  })

  it('asks whether all is meant where less is shown, from the palette too', async () => {
    await filter().fill('apple')
    await row('pear').waitFor({ state: 'hidden' })
    await workbench().openLifelineView()
    await workbench().runCommand('Lifeline: Copy Timeline as ASCII Diagram')
    await item('frames with “apple”').waitFor()
    await workbench().screenshot('export-shown')
    await workbench().quickInput().press('Enter')
    await copies(/^ *Client /)
    assert.match(await clipboard(), /apple pie/)
    assert.doesNotMatch(await clipboard(), /pear/)
    await workbench().runCommand('Lifeline: Copy Timeline as ASCII Diagram')
    await item('All frames').click()
    await copies(/pear/)
  })

  it('refuses a name whose ending it does not write, and takes the format of one that it does', async () => {
    await workbench().runCommand('Lifeline: Save Timeline as…')
    await item('NDJSON').waitFor()
    await workbench().screenshot('export-formats')
    await item('ASCII diagram').click()
    await item('All frames').click()
    const box = workbench().quickInput()
    await proposed('.txt')
    await box.fill(join(workbench().folder, 'lp.har'))
    await box.press('Enter')
    const notifications = await workbench().openNotifications()
    await notifications.getByText('Lifeline does not write .har files').waitFor()
    await assert.rejects(stat(join(workbench().folder, 'lp.har')))
    await notifications.getByRole('button', { name: 'Choose Another Name' }).click()
    await proposed('.txt')
    await box.fill(join(workbench().folder, 'lp.ndjson'))
    await box.press('Enter')
    const after = await workbench().openNotifications()
    await after.getByText(/lp\.ndjson: NDJSON/).waitFor()
    await workbench().screenshot('export-saved')
    const text = await readFile(join(workbench().folder, 'lp.ndjson'), 'utf8')
    assert.match(text, /^\{"seq":1,/)
    await after.getByRole('button', { name: 'Open', exact: true }).click()
    await workbench().page.locator('.part.editor .tab', { hasText: 'lp.ndjson' }).waitFor()
  })
})
