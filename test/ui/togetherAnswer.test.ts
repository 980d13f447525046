// The answer of a model in one of several sessions in one timeline: offered in the header, and read in its lane.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Layout } from '../../src/webview/together/togetherView.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the answer of a model in one of several sessions', () => {
  const { open } = useTimelinePage()

  const openTogether = async (layout: Layout, models: readonly string[]) =>
    open({
      ...{ scene: 'empty', width: 1200 },
      together: { names: ['Socket', 'Model'], frames: 20, layout, models },
    })

  for (const layout of ['lanes', 'merged'] as const) {
    it(`is offered in the header, and makes its session the active one, as ${layout}`, async () => {
      const page = await openTogether(layout, ['Model'])
      await page.getByRole('button', { name: 'Answer', exact: true }).click()
      const pane = page.getByRole('region', { name: 'Answer' })
      await pane.getByText('Server-Sent Events').first().waitFor()
      await page.getByRole('button', { name: /^Model, / }).waitFor()
      await page.getByRole('button', { name: 'Answer', exact: true }).click()
      assert.equal(await pane.count(), 0)
    })
  }

  it('is not offered where no model said anything', async () => {
    const page = await openTogether('merged', [])
    await page.locator('.row:not([hidden]):not(.loading)').first().waitFor()
    assert.equal(await page.getByRole('button', { name: 'Answer', exact: true }).count(), 0)
  })
})
