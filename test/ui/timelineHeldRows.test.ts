// Rows of what a tap holds, the badge in the header, the word for screen readers, and both versions of a changed one.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('what a tap holds', () => {
  const { open, host, settled, waitForSelected } = useTimelinePage()

  /** The last frame waits. */
  const openHeld = async () => {
    const page = await open({ scene: 'tap-changed', width: 1400 })
    await host((fake) => {
      const one = { id: 1, kind: 'message', seq: 5, connection: 7, to: 'server' } as const
      const held = [{ ...one, since: Date.UTC(2026, 10, 20, 14, 22, 11) }]
      return fake.status({ holds: { rule: { filter: '', way: 'both' }, held, count: 1 } })
    })
    return page
  }

  const decide = () =>
    host((fake) =>
      fake.status({ holds: { rule: { filter: '', way: 'both' }, held: [], count: 0 } }),
    )

  it('is a row that counts how long it waits, paused, too, until it is decided', async () => {
    const page = await openHeld()
    const row = page.locator('.row.held-waits')
    const first = (await row.locator('.after').textContent()) ?? ''
    assert.match(first, /^held \d+\.\d s$/)
    await host((fake) => fake.perform('pause'))
    const later = async () => (await row.locator('.after').textContent()) !== first
    await comesTo(later, true)
    const label = (await row.getAttribute('aria-label')) ?? ''
    assert.match(label, /^#5,.*, held$/)
    await decide()
    await row.waitFor({ state: 'detached' })
    await comesTo(() => page.locator('.row[aria-label^="#5,"] .after').textContent(), '')
  })

  it('is counted in the header, from where a press leads to the pane', async () => {
    const page = await openHeld()
    const badge = page.getByRole('button', { name: '1 held' })
    const pane = page.getByRole('region', { name: 'Faults' })
    for (const _ of ['closed', 'open']) {
      await badge.click()
      await pane.waitFor()
      await comesTo(() => pane.locator(':focus').count(), 1)
    }
    await decide()
    await badge.waitFor({ state: 'detached' })
  })

  it('is said once', async () => {
    const page = await openHeld()
    const said = () => page.locator('[aria-live=polite].sr').textContent()
    await comesTo(
      async () => ((await said()) ?? '').includes('One is held for you to decide.'),
      true,
    )
  })

  it('has both versions in the detail of what was changed', async () => {
    const page = await open({ scene: 'tap-changed', width: 1400 })
    const row = page.locator('.row.held-decided.tone-warning')
    await row.getByText('passed changed. What went on: {"type":"order","size":0.1}').click()
    await waitForSelected(4)
    await page.getByRole('tab', { name: 'Difference' }).click()
    await settled()
    const difference = page.locator('lifeline-difference')
    await difference.getByText('1 difference from #3 to #4').waitFor()
    await difference.getByText('0.01 → 0.1').waitFor()
  })
})
