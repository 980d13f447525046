// Work on many frames that takes its time: it shows how far it is, and is cancelled in the middle.

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { eventually } from '../support/eventually.ts'

const messages = 400_000

describe('slow work in the workbench', () => {
  const { workbench } = useTimelineWorkbench({
    accept: (ws) => {
      for (let n = 0; n < messages; n++) ws.send(`{"n":${n}}`)
      ws.send('the last one')
    },
    until: 'the last one',
  })

  const status = (text: string) =>
    workbench().page.locator('.part.statusbar').getByText(text).waitFor()

  it('saves nothing once the user has cancelled', async () => {
    await workbench().runCommand('Lifeline: Save Timeline as…')
    await workbench().pickRows('NDJSON').click()
    const box = workbench().quickInput()
    await eventually('a name is proposed', async () => {
      return (await box.inputValue()).endsWith('.ndjson')
    })
    await box.fill(join(workbench().folder, 'all.ndjson'))
    await box.press('Enter')
    const notifications = await workbench().openNotifications()
    const saving = notifications.getByText(/Saving .*: NDJSON.*\d+ %/)
    await saving.waitFor()
    await workbench().screenshot('export-progress')
    await notifications.getByRole('button', { name: 'Cancel' }).click()
    await status('Cancelled. Nothing was saved.')
    await saving.waitFor({ state: 'detached' })
    assert.deepEqual(
      readdirSync(workbench().folder).filter((name) => name.startsWith('all')),
      [],
    )
  })
})
