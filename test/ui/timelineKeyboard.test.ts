// The timeline page with the keyboard alone, and with ears: Tab, F6, the ring of the focus, the live region.

import assert from 'node:assert/strict'
import { before, describe, it } from 'mocha'
import type { Page } from 'playwright-core'
import { type AskJudge, makeJudge } from '../support/editor/pageJudge.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

/** In the order of the page. */
const parts = [
  'lifeline-header',
  'lifeline-overview',
  'lifeline-rows',
  'lifeline-splitter',
  'lifeline-detail',
  'lifeline-composer',
]

describe('the timeline page without a pointer', () => {
  const { open, press, keys, host } = useTimelinePage()
  let ask: AskJudge
  before(async () => {
    ask = await makeJudge()
  })

  const picture = async (page: Page) => (await page.screenshot()).toString('base64')

  for (const theme of ['dark', 'high-contrast', 'high-contrast-light'] as const) {
    it(`leads through all of it with Tab, and shows where the focus is (${theme})`, async () => {
      const page = await open({ scene: 'websocket', theme, width: 1000, saved: true })
      await press('Home', 'PageDown', 'Enter')
      await page.getByRole('combobox', { name: 'Filter' }).focus()
      const order = ['lifeline-header']
      const faults: string[] = []
      let last = await picture(page)
      for (;;) {
        await keys('Tab')
        const place = await ask(page, 'focusPlace')
        if (place === null) break
        const now = await picture(page)
        const changed = await ask(page, 'changedPixels', last, now)
        last = now
        if (!place.isNamed) faults.push(`${place.name} in ${place.part} has no name`)
        if (changed < 20) faults.push(`${place.name} in ${place.part} has no ring`)
        if (order.at(-1) !== place.part) order.push(place.part)
        assert.ok(order.length < 20, `${order}`)
      }
      assert.deepEqual(faults, [])
      assert.deepEqual(order, parts)
    })
  }

  it('leads from part to part with F6 and back', async () => {
    const page = await open({ scene: 'million' })
    await press('Home', 'Enter')
    const all = parts.filter((part) => part !== 'lifeline-splitter')
    await page.getByRole('combobox', { name: 'Filter' }).focus()
    const walk = async (key: string) => {
      const seen = [(await ask(page, 'focusPlace'))?.part]
      for (let step = 1; step < all.length; step++) {
        await keys(key)
        seen.push((await ask(page, 'focusPlace'))?.part)
      }
      return seen
    }
    assert.deepEqual(await walk('F6'), all)
    assert.deepEqual(await walk('Shift+F6'), all.toReversed())
    await host((fake) => fake.perform('strip'))
    await keys('F6')
    assert.equal((await ask(page, 'focusPlace'))?.part, 'lifeline-rows', 'there is no strip')
  })

  it('tells a screen reader how it goes, once a second at most while frames pour in', async () => {
    const page = await open({ scene: 'million' })
    const region = page.locator('[aria-live]')
    await region.filter({ hasText: /^Open\. 1,000,000 frames\.$/ }).waitFor({ state: 'attached' })
    await page.evaluate(`window.told = []
      new MutationObserver(() => told.push([performance.now(), document.querySelector('[aria-live]').textContent]))
        .observe(document.querySelector('[aria-live]'), { childList: true, characterData: true, subtree: true })`)
    await host(async (fake) => {
      const quiet = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0, framesPerSecond: 1000 }
      const wire = { wireBytesIn: 0, wireBytesOut: 0, wireFrames: 0, connections: 1 }
      const end = performance.now() + 3000
      for (let errors = 1; performance.now() < end; errors++) {
        await fake.add(20)
        await fake.status({ statistics: { ...quiet, ...wire, errors } })
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
    const told = await page.evaluate<[number, string][]>('told')
    const apart = told.slice(1).map(([at], index) => at - (told[index]?.[0] ?? 0))
    assert.ok(told.length >= 2, `${told.length} sentences`)
    assert.ok(
      apart.every((ms) => ms > 900),
      `${apart}`,
    )
    assert.match(told.at(-1)?.[1] ?? '', /^\d+ errors\. [\d,]+ new frames\.$/)
  })
})
