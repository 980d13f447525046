// Choices for the timeline page that hold in the next timeline, too, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the habits of a user of the timeline page', () => {
  const { open, settled, press, keys, host, rows, boxOf } = useTimelinePage()

  it('put the detail to the right or below, and leave it there', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    await press('Home', 'Enter')
    const detail = page.locator('lifeline-detail')
    assert.ok((await boxOf(detail)).x > 700, 'to the right')
    await page.getByRole('button', { name: 'Move the detail below the rows' }).focus()
    await keys('Enter')
    const below = await boxOf(detail)
    const above = await boxOf(rows())
    assert.deepEqual([below.x, below.y > above.y], [0, true])
    await page.reload()
    await settled()
    await page.getByRole('tab', { name: 'Frame' }).waitFor()
    assert.equal((await boxOf(detail)).x, 0, 'in the next timeline, too')
    await host((fake) => fake.perform('move-detail'))
    assert.ok((await boxOf(detail)).x > 700, 'by command')
    await page.setViewportSize({ width: 540, height: 800 })
    assert.equal((await boxOf(detail)).x, 0, 'there is no room beside the rows')
    assert.equal(await page.getByRole('button', { name: /^Move the detail/ }).count(), 0)
  })
})
