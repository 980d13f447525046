// Profiles in a window: listed, linked from their file, connected.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'

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

describe('a profiles file in its editor', () => {
  let workbench: Workbench
  before(async () => {
    workbench = await openWorkbench({ files: { [path]: text } })
    await workbench.openLifelineView()
    await workbench.treeRows('Profiles').filter({ hasText: 'Misspelt' }).waitFor()
    await workbench.openFile(path)
  })
  after(() => workbench?.close())

  it('are completed with their name and URL first, and their references by kind', async () => {
    const { page } = workbench
    const line = page.locator('.part.editor .view-line').filter({ hasText: 'Refused' })
    const proposals = page.locator('.suggest-widget .monaco-list-row')
    await line.click()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.insertText('{  },')
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft')
    // The editor proposes what other entries have until it has read the schema.
    await eventually('it proposes what the schema names', async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+Space')
      await proposals.first().waitFor()
      return (await proposals.filter({ hasText: 'headers' }).count()) > 0
    })
    const names = await proposals.locator('.label-name').allTextContents()
    assert.deepEqual(names.slice(0, 2), ['name', 'url'])
    await workbench.screenshot('profiles-completion')
    await page.keyboard.press('Escape')
    await page.keyboard.insertText('"url": "')
    await page.keyboard.type('$' + '{')
    await proposals.filter({ hasText: 'secret:' }).first().waitFor()
    await proposals.filter({ hasText: 'env:' }).first().waitFor()
    await workbench.screenshot('profiles-references')
    await page.keyboard.press('Escape')
  })

  it('have each mistake once among the problems', async () => {
    await workbench.runCommand('View: Focus Problems (Errors, Warnings, Infos)')
    const problems = workbench.page.locator('.markers-panel .monaco-list-row')
    await problems.filter({ hasText: 'Property tiemout is not allowed' }).waitFor()
    await problems.filter({ hasText: 'Remove "tiemout"' }).waitFor({ state: 'detached' })
    await workbench.screenshot('profiles-problems')
    await comesTo(() => problems.filter({ hasText: 'tiemout' }).count(), 1)
  })
})
