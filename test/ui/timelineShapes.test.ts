// The shapes of messages in the statistics: read when they are opened, by type, and copied.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

interface ChoiceOfType {
  selectedIndex: number
  dispatchEvent(event: Event): void
  closest(name: string): {
    readonly updateComplete: Promise<unknown>
    querySelectorAll(name: string): { readonly length: number }
  }
}

describe('the shapes of messages', () => {
  const { open, askHost, settled } = useTimelinePage()

  it('are told by type once they are opened, and copied as a schema and as types', async () => {
    const page = await open({ scene: 'websocket' })
    await page.getByRole('button', { name: 'Statistics' }).click()
    const shapes = page.getByRole('region', { name: 'Shapes of messages' })
    await shapes.waitFor()
    await settled()
    assert.equal(await shapes.getByRole('table').count(), 0)
    await shapes.getByRole('button', { name: 'Shapes of messages' }).click()
    const row = (name: string) => shapes.getByRole('row', { name })
    await comesTo(() => row('price').getByRole('cell').allTextContents(), ['number', '100 %'])
    const copied = async () =>
      String(
        (await askHost((fake) => fake.calls.findLast(({ method }) => method === 'copy')))?.args[0],
      )
    await shapes.getByRole('button', { name: 'Copy as JSON Schema' }).click()
    await shapes.getByText('Copied').waitFor()
    const schema = JSON.parse(await copied())
    assert.equal(schema.properties.price.type, 'number')
    await shapes.getByRole('button', { name: 'Copy as TypeScript' }).click()
    await comesTo(async () => /^export interface \w+ \{\n/.test(await copied()), true)

    const choice = shapes.getByRole('combobox', { name: 'Type of messages' })
    const types = await choice.locator('option').allTextContents()
    assert.ok(types.length > 1, types.join())
    const stillThere = await choice.evaluate(async (element) => {
      const select = element as unknown as ChoiceOfType
      const shown = select.closest('lifeline-shapes')
      select.selectedIndex = 1
      select.dispatchEvent(new Event('change'))
      await shown.updateComplete
      return shown.querySelectorAll('table').length
    })
    assert.equal(stillThere, 0, 'the shape of one type stands under the name of another')
    await comesTo(async () => (await row('price').count()) > 0, false)
  })
})
