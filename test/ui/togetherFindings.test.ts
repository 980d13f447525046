// The findings of several sessions in one timeline: one badge, one list by session, and the way to each frame.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Page } from 'playwright-core'
import type { Layout } from '../../src/webview/together/togetherView.ts'
import type { FakeTogetherHost } from '../support/editor/fakePage.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

const names = ['Polling', 'Events', 'Socket']

describe('the findings of several sessions', () => {
  const { open, keys, settled, boxOf } = useTimelinePage()

  const openTogether = async (layout: Layout, flawed: readonly string[] = ['Events', 'Socket']) =>
    open({ scene: 'empty', width: 1000, together: { names, frames: 40, layout, flawed } })
  const paneOf = (page: Page) => page.getByRole('region', { name: 'Findings' })
  const showFindings = async (page: Page) => {
    await page.getByRole('button', { name: '4 findings' }).click()
    const pane = paneOf(page)
    await pane.waitFor()
    return pane
  }
  const askHost = <T>(page: Page, act: (host: FakeTogetherHost) => T): Promise<T> =>
    page.evaluate(`(${act.toString()})(window.fakeHost)`)
  const selected = (page: Page) =>
    page.locator('.row[aria-selected=true]:not([hidden])').getAttribute('aria-label')

  it('are counted in one badge, and stand below each session’s name', async () => {
    const page = await openTogether('lanes')
    const pane = await showFindings(page)
    await pane.getByText('2 faults, 2 risks, 2 hints · in 2 of 3 sessions').waitFor()
    assert.deepEqual(await pane.getByRole('heading', { level: 3 }).allTextContents(), [
      'Events 1 fault, 1 risk, 1 hint',
      'Socket 1 fault, 1 risk, 1 hint',
    ])
    assert.equal(await pane.getByRole('listitem').count(), 6)
  })

  it('have their badge in the line of facts where the page is narrow', async () => {
    const together = { names, frames: 40, layout: 'merged', flawed: names } as const
    const page = await open({ scene: 'empty', width: 560, together })
    const badge = await boxOf(page.getByRole('button', { name: '6 findings' }))
    const facts = await boxOf(page.locator('.together-bar .facts'))
    assert.ok(Math.abs(badge.y + badge.height / 2 - facts.y - facts.height / 2) < 4)
    assert.ok(badge.x >= facts.x + facts.width)
  })

  it('have no badge where nothing was found', async () => {
    const page = await openTogether('lanes', [])
    await askHost(page, (host) => void host.perform('findings'))
    await paneOf(page).getByText('Nothing stands out').waitFor()
    assert.equal(await page.locator('.findings-badge').count(), 0)
  })

  it('lead to the frame in its session, which gets the keyboard', async () => {
    const page = await openTogether('merged')
    const pane = await showFindings(page)
    const frames = pane.getByRole('list', { name: 'Socket' }).locator('.frames')
    await frames.nth(1).click()
    await comesTo(async () => (await selected(page))?.slice(0, 10), 'Socket, #2')
    await frames.nth(1).click()
    await comesTo(async () => (await selected(page))?.slice(0, 10), 'Socket, #3')
    const active = await askHost(page, (host) =>
      host.calls.filter(({ method }) => method === 'activate').map(({ args }) => args[0]),
    )
    assert.equal(active.at(-1), 'Socket')
  })

  it('lead to a frame that the filter leaves out by its detail', async () => {
    const page = await openTogether('lanes')
    const pane = await showFindings(page)
    await page.getByRole('combobox', { name: /^Filter/ }).fill('nowhere')
    await page.keyboard.press('Enter')
    await settled()
    await pane.getByRole('list', { name: 'Events' }).locator('.frames').first().click()
    await page.locator('lifeline-detail').getByText('#6').first().waitFor()
  })

  it('have flags in the merged list, which lead back to them', async () => {
    const page = await openTogether('merged')
    await page.getByRole('grid', { name: 'Frames of all sessions' }).press('Home')
    const flagged = page.locator('.row.flagged:not([hidden])')
    await comesTo(() => flagged.count(), 8)
    const row = page.locator('.row.flagged:not([hidden])[aria-label^="Socket, #6,"]')
    assert.match(
      (await row.getAttribute('aria-label')) ?? '',
      /, fault: The stream ended within an event\.$/,
    )
    await row.locator('.flag').click()
    const lead = paneOf(page).getByRole('list', { name: 'Socket' }).getByRole('button').first()
    await comesTo(() => lead.evaluate((one) => one.matches(':focus')), true)
  })

  it('have flags in the lanes, at frames that are too dense to be told apart, too', async () => {
    /** Pixels in the ink of a fault: nothing else here is red. */
    const red = (page: Page) =>
      page.evaluate<number>(`(() => {
        const canvas = document.querySelector('lifeline-lanes canvas')
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        let count = 0
        for (let at = 0; at < data.length; at += 4)
          if (data[at] > 180 && data[at + 1] < 110 && data[at + 2] < 110 && data[at + 3] > 200) count++
        return count
      })()`)
    const flawed = await openTogether('lanes', ['Events'])
    await comesTo(async () => (await red(flawed)) > 10, true)
    assert.equal(await red(await openTogether('lanes', [])), 0)
  })

  it('are read, copied and closed with the keyboard', async () => {
    const page = await openTogether('lanes')
    await askHost(page, (host) => void host.perform('findings'))
    const pane = paneOf(page)
    await pane.getByText('in 2 of 3 sessions').waitFor()
    await comesTo(() => pane.getByRole('group').evaluate((one) => one.matches(':focus')), true)
    await keys('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')
    const lead = pane.getByRole('list', { name: 'Socket' }).getByRole('button').first()
    assert.equal(await lead.evaluate((one) => one.matches(':focus')), true)
    await pane.getByRole('button', { name: 'Copy as Markdown' }).press('Enter')
    await pane.getByText('Copied').waitFor()
    const copied = await askHost(page, (host) => host.calls.find(({ method }) => method === 'copy'))
    assert.match(
      String(copied?.args[0]),
      /^### Events\n\n- \*\*fault\*\*[\s\S]*\n\n### Socket\n\n- /,
    )
    await keys('Escape')
    assert.equal(await pane.count(), 0)
  })

  it('are remembered as open', async () => {
    const page = await openTogether('lanes')
    await showFindings(page)
    const kept = () =>
      page.evaluate(`JSON.parse(sessionStorage.getItem('state') ?? '{}').together?.findingsOpen`)
    await comesTo(kept, true)
    await page.reload()
    await paneOf(page).waitFor()
  })
})
