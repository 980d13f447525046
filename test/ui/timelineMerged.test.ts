// The merged list of several sessions in a plain browser: what a user does with a million rows of four of them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Page } from 'playwright-core'
import type { FakeTogetherHost } from '../support/editor/fakePage.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo, eventually } from '../support/eventually.ts'

const names = ['Polling', 'Long polling', 'Events', 'Socket']

describe('the merged list', () => {
  const { open, settled } = useTimelinePage()

  async function openMerged(frames: number, width = 1400): Promise<Page> {
    return open({
      scene: 'empty',
      width,
      height: 560,
      together: { names, frames, layout: 'merged' },
    })
  }

  const grid = (page: Page) => page.getByRole('grid', { name: 'Frames of all sessions' })
  /** The row of the message with that number, from 0, among those of all. */
  const turn = (page: Page, n: number) =>
    page.locator(
      `.row:not([hidden])[aria-label^="${names[n % 4]}, #${(Math.floor(n / 4) + 1).toLocaleString('en')},"]`,
    )
  async function press(page: Page, ...keys: readonly string[]): Promise<void> {
    for (const key of keys) await grid(page).press(key)
    await settled()
  }
  /** Runs `act` in the page, so it sees nothing of the test. */
  async function askHost<T>(page: Page, act: (host: FakeTogetherHost) => T): Promise<T> {
    return page.evaluate(`(${act.toString()})(window.fakeHost)`)
  }
  const selectedCount = (page: Page) =>
    page.locator('.row[aria-selected=true]:not([hidden])').count()

  it('keeps how each session was left while they are slow to come back', async () => {
    const page = await openMerged(100)
    await turn(page, 399).waitFor()
    const state = () => page.evaluate(`JSON.parse(sessionStorage.getItem('state') ?? '{}')`)
    const left = async () => Object.keys(((await state()) as { views?: object }).views ?? {})
    await comesTo(left, [...names])
    await page.goto(page.url().replace(/slow=\d+/, 'slow=60000'))
    await page
      .getByRole('button', { name: /^Lanes|^Merged/ })
      .first()
      .click()
    await comesTo(
      async () => ((await state()) as { together?: { layout: string } }).together?.layout,
      'lanes',
    )
    assert.deepEqual(await left(), names)
  })

  it('opens a million rows at the newest, in the order of time, and reads only what it shows', async () => {
    const page = await openMerged(250_000)
    await turn(page, 999_999).waitFor()
    assert.equal(await grid(page).getAttribute('aria-rowcount'), '1000000')
    const rows = page.locator('lifeline-merged .row:not([hidden])')
    const labels = await rows.evaluateAll((all) =>
      all
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((row) => row.ariaLabel?.split(',')[0]),
    )
    assert.ok(labels.length > 10)
    const first = names.indexOf(labels[0] ?? '')
    assert.deepEqual(
      labels,
      labels.map((_, index) => names[(first + index) % 4]),
    )
    assert.ok((await askHost(page, ({ rowsSent }) => rowsSent)) < 1000)
  })

  it('goes to the middle of a million rows by the scroll bar, and up and down from there without a gap', async () => {
    const page = await openMerged(250_000)
    await page.locator('lifeline-merged .scrollbar').evaluate((bar) => {
      bar.scrollTop = (bar.scrollHeight - bar.clientHeight) / 2
    })
    await turn(page, 500_000).waitFor()
    await grid(page).hover()
    for (const [pixels, n] of [
      [-26 * 700, 499_300],
      [26 * 900, 500_200],
    ] as const) {
      await page.mouse.wheel(0, pixels)
      await turn(page, n).waitFor()
      await settled()
      const drawn = page.locator('lifeline-merged .row:not([hidden]):not(.loading)')
      const found = await drawn.evaluateAll((all) =>
        all.map((row) => [
          Number(row.ariaRowIndex),
          Number(row.querySelector('.text')?.textContent?.match(/id (\d+)/)?.[1]),
        ]),
      )
      assert.ok(found.length > 10)
      for (const [index = 0, id] of found) assert.equal(id, index - 1)
    }
    assert.ok((await askHost(page, ({ rowsSent }) => rowsSent)) < 6000)
  })

  it('selects by keys across the sessions, and tells which lane that makes the active one', async () => {
    const page = await openMerged(100)
    await press(page, 'Home')
    await turn(page, 0).and(page.locator('[aria-selected=true]')).waitFor()
    await press(page, 'ArrowDown', 'ArrowDown')
    await turn(page, 2).and(page.locator('[aria-selected=true]')).waitFor()
    await page.getByRole('button', { name: /^Events/, pressed: true }).waitFor()
    await press(page, 'Enter')
    await page.locator('lifeline-detail', { hasText: '#1' }).first().waitFor()
  })

  it('follows what comes in any session, and stops when the user scrolls up', async () => {
    const page = await openMerged(100)
    await turn(page, 399).waitFor()
    await askHost(page, async (host) => {
      for (const lane of [0, 1, 2, 3]) await host.add(lane, 1)
    })
    await turn(page, 403).waitFor()
    await grid(page).hover()
    await page.mouse.wheel(0, -26 * 20)
    await turn(page, 370).waitFor()
    await askHost(page, (host) => host.add(1, 3))
    await page.getByRole('button', { name: /Jump to newest/ }).click()
    await turn(page, 4 * 103 + 1).waitFor()
  })

  it('stands while it is paused, and has all that came once it goes on', async () => {
    const page = await openMerged(100)
    await page.getByRole('button', { name: 'Pause' }).click()
    await askHost(page, (host) => host.add(2, 5))
    await settled()
    assert.equal(await grid(page).getAttribute('aria-rowcount'), '400')
    await turn(page, 399).waitFor()
    await page.getByRole('region', { name: 'Paused' }).getByRole('button').click()
    await page.locator('[role=grid][aria-rowcount="405"]').waitFor()
    await turn(page, 4 * 104 + 2).waitFor()
  })

  it('goes on at the time of the lanes, and the other way round', async () => {
    const page = await openMerged(5000)
    await press(page, 'Home', 'PageDown', 'PageDown', 'PageDown')
    await turn(page, 40).waitFor()
    const selected = page.locator('.row[aria-selected=true]:not([hidden])')
    const label = (await selected.getAttribute('aria-label')) ?? ''
    await page.getByRole('button', { name: 'Lanes', exact: true }).click()
    await page.getByRole('listbox').waitFor()
    await page.getByRole('button', { name: 'Merged', exact: true }).click()
    await page.locator(`.row[aria-selected=true][aria-label="${label}"]:not([hidden])`).waitFor()
  })

  it('brings a frame into view that is selected by other means', async () => {
    const page = await openMerged(50_000)
    await turn(page, 199_999).waitFor()
    await askHost(page, (host) => host.perform('go-to'))
    await page.getByRole('combobox', { name: /Go to/ }).fill('20000')
    await page.keyboard.press('Enter')
    await turn(page, 79_996).and(page.locator('[aria-selected=true]')).waitFor()
    await press(page, 'ArrowDown')
    await turn(page, 79_997).and(page.locator('[aria-selected=true]')).waitFor()
  })

  it('shows what the filter of all sessions matches', async () => {
    const page = await openMerged(100)
    await page.getByRole('combobox', { name: /^Filter/ }).fill('dir:out')
    await page.keyboard.press('Enter')
    await page.locator('[role=grid][aria-rowcount="40"]').waitFor()
    const drawn = page.locator('lifeline-merged .row:not([hidden]):not(.loading)')
    await drawn.first().waitFor()
    const ways = await page.locator('.row:not([hidden]) > .way').allTextContents()
    assert.deepEqual(new Set(ways), new Set(['→']))
  })

  it('copies the selected rows as Markdown, and all as NDJSON with their session', async () => {
    const page = await openMerged(30)
    await press(page, 'Home', 'Shift+ArrowDown', 'Shift+ArrowDown')
    await page.getByRole('button', { name: 'Copy 3 rows' }).click()
    await page.getByRole('menuitem', { name: /Markdown/ }).click()
    const copied = () =>
      askHost(page, ({ calls }) =>
        calls.filter(({ method }) => method === 'copy').map(({ args }) => String(args[0])),
      )
    await eventually('they are copied', async () => (await copied()).length === 1)
    const table = (await copied())[0]?.split('\n') ?? []
    assert.equal(table.length, 6)
    assert.match(table[4] ?? '', /^\| 0\.004 \| Events \| 1 \| ← \|/)
    assert.equal(await selectedCount(page), 3)
    await press(page, 'Shift+ArrowUp', 'Control+c')
    await eventually('they are copied by the key', async () => (await copied()).length === 2)
    assert.equal((await copied())[1]?.split('\n').length, 5)
    await press(page, 'Escape')
    assert.equal(await selectedCount(page), 1)
    await page.getByRole('button', { name: 'Copy all' }).click()
    await page.getByRole('menuitem', { name: /NDJSON/ }).click()
    await eventually('all are copied', async () => (await copied()).length === 3)
    const lines = (await copied())[2]?.trimEnd().split('\n') ?? []
    assert.equal(lines.length, 120)
    const { session, seq, payload } = JSON.parse(lines[5] ?? '')
    assert.deepEqual([session, seq, JSON.parse(payload).id], ['Long polling', 2, 5])
  })
})
