// Several rows of the timeline page, selected as in any list: with the mouse and by keyboard, then copied and compared.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Page } from 'playwright-core'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('several selected rows of the timeline page', () => {
  const { open, settled, rows, press, host, askHost, waitForRow, waitForSelected } =
    useTimelinePage()

  const row = (page: Page, seq: number) =>
    page.locator(`.row[aria-label^="#${seq.toLocaleString('en')},"]:not([hidden])`)
  const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected rows' })
  const says = (page: Page, words: string | RegExp) => bar(page).getByText(words).waitFor()

  async function openRows(): Promise<Page> {
    const page = await open({ scene: 'million', unfolded: true, width: 1400 })
    await press('Home')
    await waitForRow(20)
    return page
  }

  async function openTrades(): Promise<Page> {
    const page = await open({ scene: 'websocket', unfolded: true, width: 1400 })
    await press('Home')
    await waitForRow(15)
    return page
  }

  async function filterBy(page: Page, text: string): Promise<void> {
    const box = page.getByRole('combobox', { name: 'Filter' })
    await box.fill(text)
    await box.press('Enter')
    await settled()
  }

  async function selectedSeqs(page: Page): Promise<number[]> {
    await settled()
    const labels = await page
      .locator('.row[aria-selected=true]:not([hidden])')
      .evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''))
    return labels
      .map((label) => Number(/^#([\d,]+)/.exec(label)?.[1]?.replaceAll(',', '')))
      .sort((a, b) => a - b)
  }

  async function copied(): Promise<readonly unknown[]> {
    const calls = await askHost(({ calls }) =>
      calls.filter(({ method }) => method === 'copySelected').map(({ args }) => args),
    )
    const [format, , within] = calls.at(-1) ?? []
    return [format, within]
  }

  it('are those from the first to the one that is clicked with Shift', async () => {
    const page = await openRows()
    assert.equal(await rows().getAttribute('aria-multiselectable'), 'true')
    await row(page, 3).click()
    await waitForSelected(3)
    await row(page, 7).click({ modifiers: ['Shift'] })
    await says(page, /^5 rows selected · 8\.0 ms|^5 rows selected · /)
    assert.deepEqual(await selectedSeqs(page), [3, 4, 5, 6, 7])
    // From the anchor, not from where the range ended.
    await row(page, 1).click({ modifiers: ['Shift'] })
    await says(page, /^3 rows selected/)
    assert.deepEqual(await selectedSeqs(page), [1, 2, 3])
    await row(page, 9).click()
    await bar(page).waitFor({ state: 'hidden' })
    assert.deepEqual(await selectedSeqs(page), [9])
  })

  it('are added and taken away one by one with Ctrl, beside a range', async () => {
    const page = await openRows()
    await row(page, 2).click()
    await row(page, 5).click({ modifiers: ['ControlOrMeta'] })
    await row(page, 8).click({ modifiers: ['Shift', 'ControlOrMeta'] })
    await says(page, /^5 rows selected/)
    assert.deepEqual(await selectedSeqs(page), [2, 5, 6, 7, 8])
    await row(page, 6).click({ modifiers: ['ControlOrMeta'] })
    await says(page, /^4 rows selected/)
    assert.deepEqual(await selectedSeqs(page), [2, 5, 7, 8])
    // The detail and the keys stay with the row that was clicked last.
    await page.getByRole('region', { name: 'Frame 6' }).waitFor()
    await press('ArrowDown')
    await waitForSelected(7)
    assert.deepEqual(await selectedSeqs(page), [7])
  })

  it('grow and shrink by keyboard, and Escape leaves the active one', async () => {
    const page = await openRows()
    await row(page, 4).click()
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp')
    await says(page, /^3 rows selected/)
    assert.deepEqual(await selectedSeqs(page), [4, 5, 6])
    await press('Shift+Home')
    await says(page, /^4 rows selected/)
    assert.deepEqual(await selectedSeqs(page), [1, 2, 3, 4])
    await press('Shift+End')
    await says(page, /^999,997 rows selected/)
    await waitForSelected(1_000_000)
    await press('Escape')
    await bar(page).waitFor({ state: 'hidden' })
    assert.deepEqual(await selectedSeqs(page), [1_000_000])
    assert.equal(await page.locator('lifeline-detail').count(), 1, 'the detail is still open')
    await press('Escape')
    await page.locator('lifeline-detail').waitFor({ state: 'detached' })
  })

  it('are all with Ctrl+A, of a million too, and few of them are read', async () => {
    const page = await openRows()
    await row(page, 4).click()
    const read = await askHost(({ rowsSent }) => rowsSent)
    await press('ControlOrMeta+a')
    await says(page, /^1,000,000 rows selected · .* MB$/)
    assert.ok((await askHost(({ rowsSent }) => rowsSent)) - read < 1000)
    await row(page, 6).click({ modifiers: ['ControlOrMeta'] })
    await says(page, /^999,999 rows selected/)
    await press('ControlOrMeta+c')
    assert.deepEqual(await copied(), [
      'ascii',
      [
        [1, 5],
        [7, 1_000_000],
      ],
    ])
  })

  it('tell their number to a screen reader once', async () => {
    const page = await openRows()
    await row(page, 4).click()
    await press('Shift+ArrowDown')
    await page.locator('.heads [role=status]', { hasText: /^2 rows selected$/ }).waitFor()
  })

  it('are the same under a filter that hides some, which do not count then', async () => {
    const page = await openTrades()
    await row(page, 5).click()
    await row(page, 15).click({ modifiers: ['Shift'] })
    await says(page, /^11 rows selected/)
    await filterBy(page, '884202 or 884207')
    await says(page, /^2 rows selected/)
    assert.deepEqual(await selectedSeqs(page), [6, 11])
    await filterBy(page, '')
    await says(page, /^11 rows selected/)
    assert.equal((await selectedSeqs(page)).length, 11)
  })

  it('that were chosen under a filter hold nothing else when it goes', async () => {
    const page = await openTrades()
    await filterBy(page, '884202 or 884204 or 884207')
    await row(page, 5).waitFor({ state: 'hidden' })
    await row(page, 6).click()
    await press('ControlOrMeta+a')
    await says(page, /^3 rows selected/)
    await filterBy(page, '')
    await row(page, 7).waitFor()
    await says(page, /^3 rows selected/)
    assert.deepEqual(await selectedSeqs(page), [6, 8, 11])
    await press('ControlOrMeta+c')
    assert.deepEqual(await copied(), [
      'ascii',
      [
        [6, 6],
        [8, 8],
        [11, 11],
      ],
    ])
  })

  it('are the same while frames come in', async () => {
    const page = await openRows()
    await row(page, 4).click()
    await press('ControlOrMeta+a')
    await host((fake) => fake.add(500))
    await says(page, /^1,000,000 rows selected/)
    await press('ControlOrMeta+c')
    assert.deepEqual(await copied(), ['ascii', [[1, 1_000_000]]])
  })

  it('stand for the frames that are folded into them', async () => {
    const page = await open({ scene: 'polls', width: 1400 })
    await press('Home')
    await waitForSelected(1)
    await press('ArrowDown')
    await waitForSelected(2)
    await press('Shift+ArrowDown')
    await says(page, /^\d+ rows selected · \d+ frames/)
    await press('ControlOrMeta+c')
    assert.match(JSON.stringify(await copied()), /^\["ascii",\[\[2,\d\d\]\]\]$/)
    const told = await bar(page).locator('.told').textContent()
    await host((fake) => fake.perform('fold-everything'))
    await row(page, 6).waitFor()
    const frames = Number(/· (\d+) frames/.exec(told ?? '')?.[1])
    await says(page, new RegExp(`^${frames} rows selected`))
  })

  it('are copied in the format that the bar or the command names', async () => {
    const page = await openRows()
    await row(page, 2).click()
    await row(page, 4).click({ modifiers: ['Shift'] })
    await bar(page).getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('menuitem', { name: 'Markdown table' }).click()
    assert.deepEqual(await copied(), ['markdown', [[2, 4]]])
    await host((fake) => fake.perform('copy-rows-ndjson'))
    assert.deepEqual(await copied(), ['ndjson', [[2, 4]]])
    await bar(page).getByRole('button', { name: 'Clear the selection' }).click()
    await bar(page).waitFor({ state: 'hidden' })
    await host((fake) => fake.perform('copy-rows-markdown'))
    assert.deepEqual(await copied(), ['markdown', [[4, 4]]])
  })

  it('stay selected under a right click, which chooses any other row alone', async () => {
    const page = await openRows()
    await row(page, 2).click()
    await row(page, 4).click({ modifiers: ['Shift'] })
    await row(page, 3).click({ button: 'right' })
    assert.deepEqual(await selectedSeqs(page), [2, 3, 4])
    assert.match(
      (await rows().getAttribute('data-vscode-context')) ?? '',
      /"lifelineSelected":"many"/,
    )
    await row(page, 6).click({ button: 'right' })
    assert.deepEqual(await selectedSeqs(page), [6])
    assert.match(
      (await rows().getAttribute('data-vscode-context')) ?? '',
      /"lifelineSelected":"one"/,
    )
  })

  it('of which there are two are compared, the older one with the newer', async () => {
    const page = await openRows()
    await row(page, 9).click()
    await row(page, 4).click({ modifiers: ['ControlOrMeta'] })
    await bar(page).getByRole('button', { name: 'Difference' }).click()
    const difference = page.locator('lifeline-difference')
    await difference.getByText(/from #4 to #9/).waitFor()
    await difference.getByText('884204').waitFor()
    await difference.getByRole('button', { name: 'Open in Diff Editor' }).click()
    const calls = await askHost(({ calls }) =>
      calls.filter(({ method }) => method === 'openDifference'),
    )
    assert.deepEqual(calls.at(-1)?.args, [4, 9])
    // The other end becomes the active one, and both stay selected.
    await difference.getByRole('button', { name: '#9' }).click()
    await page.getByRole('region', { name: 'Frame 9' }).waitFor()
    assert.deepEqual(await selectedSeqs(page), [4, 9])
    await row(page, 5).click()
    await difference.getByText(/from #4 to #5/).waitFor()
  })

  it('of which there are not two are not compared, which is said', async () => {
    const page = await openRows()
    await row(page, 4).click()
    await host((fake) => fake.perform('compare-rows'))
    await page.getByRole('alert').getByText('Select two rows first').waitFor()
  })
})
