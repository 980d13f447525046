// The true-to-time layout of a session, as a user works in it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator, Page } from 'playwright-core'
import type { SceneName } from '../support/editor/timelineScenes.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('a timeline true to time', () => {
  const timeline = useTimelinePage()
  const frames = (page: Page): Locator => page.getByRole('listbox', { name: /^Frames by time/ })
  const selected = (page: Page): Locator => frames(page).getByRole('option')
  const screen = (page: Page): Locator =>
    page.getByRole('group', { name: 'Zoom' }).locator('.screen')

  async function openByTime(scene: SceneName): Promise<Page> {
    const page = await timeline.open({ scene, unfolded: true })
    await page.getByRole('button', { name: 'Time', exact: true }).click()
    await frames(page).focus()
    await timeline.settled()
    return page
  }

  async function keys(page: Page, ...pressed: readonly string[]): Promise<void> {
    for (const key of pressed) await frames(page).press(key)
    await timeline.settled()
  }

  const numberOf = async (page: Page) => {
    const label = (await selected(page).count()) === 0 ? '' : await selected(page).textContent()
    return Number(label?.match(/^#([\d,]+)/)?.[1]?.replaceAll(',', '') ?? Number.NaN)
  }

  /** Moves the pointer down the middle until what is under it says so; answers its height. */
  async function pointAt(page: Page, words: RegExp): Promise<{ x: number; y: number }> {
    const { x, y, width, height } = await timeline.boxOf(frames(page))
    for (let down = 2; down < height; down += 3) {
      await page.mouse.move(x + width / 2, y + down)
      if (words.test((await frames(page).getAttribute('title')) ?? ''))
        return { x: x + width / 2, y: y + down }
    }
    throw new Error(`Nothing says ${words}.`)
  }

  it('leads by keys from frame to frame, opens the detail, and is left for the same row', async () => {
    const page = await openByTime('polling')
    await keys(page, 'Home')
    await comesTo(() => numberOf(page), 1)
    await keys(page, 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown')
    await comesTo(() => numberOf(page), 3)
    await keys(page, 'Enter')
    await page.locator('lifeline-detail').waitFor()
    await page.getByRole('button', { name: 'Rows', exact: true }).click()
    await timeline.waitForSelected(3)
    assert.equal(await frames(page).count(), 0)
  })

  it('zooms by keys and buttons, and is as it was after a reload', async () => {
    const page = await openByTime('polling')
    await comesTo(() => screen(page).textContent(), '10 s a screen')
    await keys(page, '+')
    await comesTo(() => screen(page).textContent(), '5 s a screen')
    await page.getByRole('button', { name: 'Show more time' }).click()
    await page.getByRole('button', { name: 'Show more time' }).click()
    await comesTo(() => screen(page).textContent(), '30 s a screen')
    await eventually('it is kept', () =>
      page.evaluate<boolean>(`sessionStorage.getItem('state')?.includes('"screenMs":30000')`),
    )
    await page.reload()
    await frames(page).waitFor()
    await comesTo(() => screen(page).textContent(), '30 s a screen')
  })

  it('selects what is clicked, and opens its detail by a double click', async () => {
    const page = await openByTime('polling')
    const { x, y } = await pointAt(page, /^#.*503/)
    await page.mouse.click(x, y)
    await eventually('it is selected', async () =>
      /503/.test((await selected(page).textContent()) ?? ''),
    )
    assert.equal(await page.locator('lifeline-detail').count(), 0)
    await page.mouse.dblclick(x, y)
    await page.locator('lifeline-detail').waitFor()
  })

  it('opens a block by a click until its frames can be told apart', async () => {
    const page = await openByTime('million')
    const { x, y } = await pointAt(page, /frames: a click shows them apart$/)
    await page.mouse.click(x, y)
    await comesTo(() => screen(page).textContent(), '2 s a screen')
    await timeline.settled()
    for (const zoom of ['1 s', '500 ms', '200 ms', '100 ms', '50 ms']) {
      await keys(page, '+')
      await comesTo(() => screen(page).textContent(), `${zoom} a screen`)
    }
    await pointAt(page, /^#[\d,]+, .* received/)
  })

  it('shows the frames of a filter, and finds errors among all', async () => {
    const page = await openByTime('outage')
    await timeline.host((host) => host.perform('next-error'))
    await eventually('the loss is selected', async () =>
      /connection lost/.test((await selected(page).textContent()) ?? ''),
    )
    await page.getByRole('combobox', { name: 'Filter' }).fill('kind:wait')
    await frames(page).focus()
    await timeline.settled()
    await keys(page, 'Home')
    await eventually('the only wait is selected', async () =>
      /waits 8.0 s/.test((await selected(page).textContent()) ?? ''),
    )
  })

  it('goes to the time that is chosen in the overview', async () => {
    const page = await openByTime('outage')
    const track = page.getByRole('slider', { name: 'Overview of the session' })
    const { x, y, width, height } = await timeline.boxOf(track)
    await page.mouse.click(x + width * 0.02, y + height / 2)
    await timeline.settled()
    await page.getByRole('button', { name: 'Jump to newest' }).click()
    await timeline.settled()
    await comesTo(() => page.getByRole('button', { name: 'Jump to newest' }).count(), 0)
  })
})
