// Profiles in a window: listed, linked from their file, connected.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'

const path = '.vscode/lifeline.json'
// Port 1 on loopback: nobody listens there, and the refusal is a timeline too.
const text = `// shared with the team
{
  "profiles": [
    { "name": "Refused", "url": "ws://127.0.0.1:1/ws" },
    { "name": "Misspelt", "url": "ws://127.0.0.1:1/ws", "tiemout": "2s" }
  ]
}
`

describe('profiles in the workbench', () => {
  let workbench: Workbench
  before(async () => {
    workbench = await openWorkbench({ files: { [path]: text } })
  })
  after(() => workbench?.close())

  const lens = (title: string | RegExp) =>
    workbench.page.locator('.part.editor .codelens-decoration').filter({ hasText: title })

  it('are listed, the bad one with its reason', async () => {
    await workbench.openLifelineView()
    const rows = workbench.treeRows('Profiles')
    await rows.filter({ hasText: 'Refused' }).waitFor()
    await rows.filter({ hasText: 'Misspelt' }).filter({ hasText: 'Remove "tiemout"' }).waitFor()
    assert.equal(await rows.count(), 2)
  })

  it('have a Connect link above each entry that works', async () => {
    await workbench.openFile(path)
    await lens(/Connect$/).waitFor()
    await lens('Remove "tiemout"').waitFor()
    await workbench.screenshot('profiles-file')
  })

  it('are listed as they are typed', async () => {
    const { page } = workbench
    // Select one more "Misspelt" by its text and type over it.
    await page.locator('.part.editor .view-line').filter({ hasText: 'Misspelt' }).click()
    await page.keyboard.press('End')
    await page.keyboard.type(', { "name": "Typed", "url": "ws://127.0.0.1:1/" }')
    await workbench.treeRows('Profiles').filter({ hasText: 'Typed' }).waitFor()
    assert.equal(await readFile(join(workbench.folder, path), 'utf8'), text)
  })

  it('connect from their file', async () => {
    await lens(/Connect$/)
      .locator('a')
      .first()
      .click()
    await workbench.timelineFrame().getByText('Nothing accepts connections').first().waitFor()
    await workbench.screenshot('profiles-connected')
  })
})
