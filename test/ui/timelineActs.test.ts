// Acts from the menus and buttons of the timeline page, in a plain browser: what VS Code's menus are told, and what comes of them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the acts on the timeline page', () => {
  const { open, press, keys, host, rows, drawnSeqs, waitForSelected } = useTimelinePage()

  const told = async (element: Locator) =>
    JSON.parse((await element.getAttribute('data-vscode-context')) ?? '{}') as object
  const bare = { preventDefaultContextMenuItems: true }

  it('tell the menu of a row what the row has', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    const row = (text: string) => page.locator('.row:not([hidden])', { hasText: text }).first()
    await press('Home')
    await row('subscribed').click({ button: 'right' })
    const message = { lifelinePayload: true, lifelineType: true, lifelineConnection: true }
    assert.partialDeepStrictEqual(await told(rows()), {
      webviewSection: 'rows',
      ...bare,
      ...message,
    })
    await waitForSelected(4)
    await row('GET /ws').click({ button: 'right' })
    await waitForSelected(1)
    assert.partialDeepStrictEqual(await told(rows()), {
      ...{ webviewSection: 'rows', ...bare, ...message },
      lifelinePayload: false,
    })
  })

  it('tell the other menus what is chosen', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    const times = page.locator('.time-head')
    assert.deepEqual(await told(times), {
      ...{ webviewSection: 'times', ...bare },
      lifelineTimes: 'before',
    })
    await host((fake) => fake.perform('times-next'))
    assert.deepEqual(await told(times), {
      ...{ webviewSection: 'times', ...bare },
      lifelineTimes: 'start',
    })
    assert.equal(await times.textContent(), 'Δ start')
    const fold = page.getByRole('button', { name: /^Fold/ })
    await host((fake) => fake.perform('fold-bursts'))
    assert.deepEqual(await told(fold), {
      ...{ webviewSection: 'fold', ...bare },
      lifelineFold: 'bursts',
    })
    assert.deepEqual(await told(page.locator('header.bar')), {
      ...{ webviewSection: 'timeline', ...bare },
      ...{ lifelineLive: false, lifelineTap: false, lifelineWireLayer: true },
    })
    assert.deepEqual(await told(page.locator('lifeline-filter')), {
      webviewSection: 'plain',
      preventDefaultContextMenuItems: false,
    })
  })

  it('filter by what the selected frame is, one after the other', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    const box = page.getByRole('combobox', { name: 'Filter' })
    await host((fake) => fake.perform('filter-type'))
    await page.getByText('Select a frame first.').waitFor()
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown')
    await waitForSelected(4)
    await host((fake) => fake.perform('filter-direction'))
    assert.equal(await box.inputValue(), 'dir:in')
    await host((fake) => fake.perform('filter-type'))
    await host((fake) => fake.perform('filter-type'))
    assert.equal(await box.inputValue(), 'dir:in type:subscribed')
    assert.deepEqual(await drawnSeqs(), [4])
    await host((fake) => fake.perform('filter-before'))
    assert.match(await box.inputValue(), /^dir:in type:subscribed before:[\d.]+s$/)
    assert.deepEqual(await drawnSeqs(), [], 'the frame itself is not before it')
    await box.fill('')
    await press('Home')
    await waitForSelected(1)
    await host((fake) => fake.perform('filter-after'))
    assert.equal((await drawnSeqs())[0], 1, 'the frame itself is among them')
  })

  it('stop a search that takes long, which leaves what it found, and go on with it', async () => {
    const page = await open({ scene: 'million', width: 1400 })
    const box = page.getByRole('combobox', { name: 'Filter' })
    const found = page.locator('lifeline-filter .found')
    await box.fill('/"id":[0-9]*77,/')
    await found.filter({ hasText: /^searching \d+ % · [\d,]+$/ }).waitFor()
    await box.press('Escape')
    const stopped = found.filter({ hasText: /^stopped at \d+ % · [\d,]+$/ })
    await stopped.waitFor()
    assert.equal(await box.inputValue(), '/"id":[0-9]*77,/', 'the filter stays')
    assert.ok((await drawnSeqs()).length > 0, 'what was found stays')
    await page.getByRole('button', { name: 'Search on' }).click()
    await found.filter({ hasText: /^searching \d+ % · [\d,]+$/ }).waitFor()
    await page.getByRole('button', { name: /^Stop the search/ }).click()
    await stopped.waitFor()
    await box.press('Escape')
    assert.equal(await box.inputValue(), '')
  })

  it('are in the toolbar, and less frequent ones in its last menu', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    for (const [name, key] of [
      ['Find', 'Ctrl+F'],
      ['Wire', 'Alt+W'],
      ['Clear', 'Ctrl+L'],
      ['Statistics', 'Alt+N'],
      ['Export', 'Ctrl+S'],
    ] as const) {
      const title = await page.getByRole('button', { name, exact: true }).getAttribute('title')
      assert.ok(title?.endsWith(`(${key})`), `${name}: ${title}`)
    }
    await page.getByRole('button', { name: 'More', exact: true }).focus()
    await keys('Enter')
    await page.getByRole('menuitem', { name: 'Hide the overview' }).click()
    await page.locator('lifeline-overview').waitFor({ state: 'detached' })
    await keys('Enter')
    await page.getByRole('menuitem', { name: 'Choose fields to show in rows…' }).click()
    await page.getByRole('dialog', { name: 'Fields that rows show' }).waitFor()
  })
})
